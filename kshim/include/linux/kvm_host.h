/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/kvm_host.h: there is no KVM, only its name. */
#ifndef __KVM_HOST_H
#define __KVM_HOST_H

struct kvm;

#endif
