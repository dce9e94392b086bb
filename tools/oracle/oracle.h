/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Oracles that look from outside: they know what VFIO promises, which the
 * shim does not.
 */
#ifndef ORACLE_ORACLE_H
#define ORACLE_ORACLE_H

#include <stdbool.h>

#include "report/lifecycle.h"

/* contract.c: the lifecycle contract, observed through the drivers. */
void contract_init(void);
void contract_save(void);
void contract_restore(void);
/* All tasks have ended and everything is closed. */
void contract_end(void);
long contract_requests(const char *dev);
long contract_opens(const char *dev);
long contract_releases(const char *dev);
/* Of a device by its name. */
enum life_state contract_state(const char *dev);
/* Is unregistering under way? @dev NULL: of any device. */
bool contract_leaving(const char *dev);
/* Does a driver have a user, by open() and release()? */
bool contract_in_use(void);
/* Called when a driver is asked to give its device back; NULL: nobody. */
extern void (*contract_requested)(const char *dev);
/* Called for all that drivers tell, enum vfio_contract, before it changes the state. */
extern void (*contract_watch)(enum life_state state, int what, long value);

/* leak.c: what is still there when all is closed and unplugged. */
void leak_baseline(void);
void leak_check(void);
unsigned long leak_fingerprint(void);

#endif
