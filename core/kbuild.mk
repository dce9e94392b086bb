# SPDX-License-Identifier: GPL-2.0-only
# Reads the Kbuild Makefile of the current directory, whose path may have blanks
# in it, and prints "module: files" for what the given CONFIG_ options select.
include Makefile
objs := $(filter %.o,$(sort $(obj-y) $(obj-m)))
parts = $(or $(strip $($(1)-y) $($(1)-objs)),$(1).o)
all: ; @:$(foreach o,$(objs),$(info $(o:.o=): $(patsubst %.o,%.c,$(call parts,$(o:.o=)))))
.PHONY: all
