/* SPDX-License-Identifier: GPL-2.0-only */
/* RCU of the parallel engine: liburcu, for code that cannot include it. */
#ifndef KSHIM_ENGINE_RCU_H
#define KSHIM_ENGINE_RCU_H

/* The calling thread is registered on its first call, until it ends. */
void kshim_urcu_read_lock(void);
void kshim_urcu_read_unlock(void);
void kshim_urcu_synchronize(void);

#endif
