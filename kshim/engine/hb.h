/* SPDX-License-Identifier: GPL-2.0-only */
/* Clocks of tasks and objects; see hb.c. */
#ifndef KSHIM_ENGINE_HB_H
#define KSHIM_ENGINE_HB_H

#include <stdbool.h>
#include <stdint.h>

#include "host.h"
#include "race.h"

/* hb_clock[t][u]: what task t knows of u's time; its own in [t][t], from 1. */
extern uint32_t hb_clock[KSHIM_MAX_TASKS][KSHIM_MAX_TASKS];

void hb_begin(void);

/* The part of race_move() that is about clocks. */
unsigned long hb_moved(void);
void hb_move(struct kshim_mover *m);

#endif
