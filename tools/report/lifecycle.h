/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lifecycle table: which event met a device in which state of its life,
 * and in how many schedules. Most of it can happen; what cannot has a reason.
 */
#ifndef REPORT_LIFECYCLE_H
#define REPORT_LIFECYCLE_H

#include <stdbool.h>
#include <stdio.h>

/* Of a device, by what its driver has asked of VFIO and VFIO of its driver */
enum life_state {
	LIFE_UNBOUND,		/* no driver has initialised it, or it was freed */
	LIFE_INITIALISED,	/* not registered, or registering has failed */
	LIFE_REGISTERING,
	LIFE_REGISTERED,	/* nobody has it open */
	LIFE_OPENED,
	LIFE_UNREGISTERING,	/* has begun, nobody has it open */
	LIFE_LEAVING,		/* has begun, and waits for those who have it open */
	LIFE_GONE,		/* unregistering has returned, not freed yet */
	LIFE_NR_STATES
};

enum life_event {
	/* steps of a scenario, when they begin */
	LIFE_BIND, LIFE_UNBIND, LIFE_REMOVE, LIFE_RMMOD,
	LIFE_OPEN_GROUP, LIFE_SET_CONTAINER, LIFE_SET_IOMMU, LIFE_DMA, LIFE_GET_DEVICE_FD,
	LIFE_DEVICE_IOCTL, LIFE_DEVICE_RW, LIFE_DEVICE_MMAP, LIFE_CLOSE_DEVICE,
	LIFE_UNSET_CONTAINER, LIFE_CLOSE_GROUP, LIFE_CLOSE_CONTAINER, LIFE_SIGNAL,
	/* what the driver asks of VFIO */
	LIFE_INIT, LIFE_REGISTER, LIFE_REGISTER_FAILS, LIFE_REGISTER_DONE, LIFE_UNREGISTER,
	LIFE_UNREGISTER_DONE, LIFE_FREE,
	/* what VFIO asks of the driver */
	LIFE_OPEN, LIFE_OPEN_FAILS, LIFE_RELEASE, LIFE_REQUEST, LIFE_CALLBACK,
	LIFE_NR_EVENTS
};

/**
 * struct lifetable - one table, or the sum of several
 * @n:		schedules in which the event was seen in the state
 */
struct lifetable {
	unsigned long n[LIFE_NR_EVENTS][LIFE_NR_STATES];
};

/* As they are called in tables and in JSON. */
const char *life_state_name(enum life_state s);
const char *life_event_name(enum life_event e);

/**
 * life_impossible() - why an event cannot meet a state
 * @e:		event
 * @s:		state
 *
 * Return: a letter for life_reason(); 0: it can.
 */
char life_impossible(enum life_event e, enum life_state s);

/* Would it break a promise of VFIO's? What is left are mistakes of a driver. */
bool life_broken(enum life_event e, enum life_state s);

/* The sentence behind a letter; NULL for a letter that there is not. */
const char *life_reason(char letter);

void life_add(struct lifetable *sum, const struct lifetable *t);
bool life_empty(const struct lifetable *t);

/* Cells that can be seen, and how many of them were. */
unsigned int life_cells(const struct lifetable *t, unsigned int *seen);

/**
 * life_print() - the table for people, and which of its cells were never seen
 * @f:		where to; at most 100 columns
 * @t:		table
 */
void life_print(FILE *f, const struct lifetable *t);

/* The same as a part of a page. */
void life_html(FILE *f, const struct lifetable *t);

struct json_object;

/**
 * life_json() - the table for programs
 * @t:		table
 *
 * Return: { EVENT: { STATE: schedules } }, cells that were seen only.
 */
struct json_object *life_json(const struct lifetable *t);

/* The same with { STATE: null } for what cannot be and 0 for what was not seen. */
struct json_object *life_json_whole(const struct lifetable *t);

/**
 * life_read() - a table from what life_json() made
 * @o:		that; NULL: nothing
 * @t:		filled
 *
 * Return: was there a table?
 */
bool life_read(struct json_object *o, struct lifetable *t);

#endif
