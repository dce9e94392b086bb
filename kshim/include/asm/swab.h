/* SPDX-License-Identifier: GPL-2.0-only */
/* The compiler knows better than any assembly. */
