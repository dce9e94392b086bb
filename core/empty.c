/* SPDX-License-Identifier: GPL-2.0-only */
/* The linker needs a language; everything else comes from the image. */
