/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KSHIM_BOOT_H
#define KSHIM_BOOT_H

/**
 * kshim_boot() - bring the simulated kernel up
 *
 * Initialises the subsystems of the shim in the kernel's order. Runs outside
 * any task, before the first snapshot; a failure ends the program.
 */
void kshim_boot(void);

/* Debugging messages (dyndbg=+p of everything); before booting, else snapshots undo it. */
extern int kshim_dynamic_debug;

#endif
