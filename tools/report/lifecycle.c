// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the lifecycle table is made of: names, and which cells are empty for a
 * reason. The reasons are the promises of Documentation/driver-api/vfio.rst,
 * which the oracle lifecycle-contract checks one by one, and the order in which
 * a driver goes about it.
 */
#include <stddef.h>

#include "lifecycle.h"

static const char *const states[] = {
	"unbound", "initialised", "registering", "registered", "opened", "unregistering",
	"unregistering, open", "gone",
};

static const char *const events[] = {
	[LIFE_BIND] = "bind, probe", [LIFE_UNBIND] = "unbind", [LIFE_REMOVE] = "remove device",
	[LIFE_RMMOD] = "rmmod driver",
	[LIFE_OPEN_GROUP] = "open group", [LIFE_SET_CONTAINER] = "SET_CONTAINER",
	[LIFE_SET_IOMMU] = "SET_IOMMU", [LIFE_DMA] = "MAP_DMA, UNMAP_DMA",
	[LIFE_GET_DEVICE_FD] = "GET_DEVICE_FD", [LIFE_DEVICE_IOCTL] = "device ioctl",
	[LIFE_DEVICE_RW] = "device read, write", [LIFE_DEVICE_MMAP] = "device mmap",
	[LIFE_CLOSE_DEVICE] = "close device", [LIFE_UNSET_CONTAINER] = "UNSET_CONTAINER",
	[LIFE_CLOSE_GROUP] = "close group", [LIFE_CLOSE_CONTAINER] = "close container",
	[LIFE_SIGNAL] = "signal, kill",
	[LIFE_INIT] = "init", [LIFE_REGISTER] = "register begins",
	[LIFE_REGISTER_FAILS] = "register fails", [LIFE_REGISTER_DONE] = "register returns",
	[LIFE_UNREGISTER] = "unregister begins", [LIFE_UNREGISTER_DONE] = "unregister returns",
	[LIFE_FREE] = "last put, free",
	[LIFE_OPEN] = "open()", [LIFE_OPEN_FAILS] = "open() fails", [LIFE_RELEASE] = "release()",
	[LIFE_REQUEST] = "request()", [LIFE_CALLBACK] = "read(), ioctl() ...",
};

/* A column for each state; '-' can be seen */
static const char *const impossible[] = {
	/* unbound ... gone */
	[LIFE_BIND] = "--------", [LIFE_UNBIND] = "--------", [LIFE_REMOVE] = "--------",
	[LIFE_RMMOD] = "--------",
	[LIFE_OPEN_GROUP] = "--------", [LIFE_SET_CONTAINER] = "--------",
	[LIFE_SET_IOMMU] = "--------", [LIFE_DMA] = "--------", [LIFE_GET_DEVICE_FD] = "--------",
	[LIFE_DEVICE_IOCTL] = "uu-u-u-u", [LIFE_DEVICE_RW] = "uu-u-u-u",
	[LIFE_DEVICE_MMAP] = "uu-u-u-u", [LIFE_CLOSE_DEVICE] = "uu-u-u-u",
	[LIFE_UNSET_CONTAINER] = "--------", [LIFE_CLOSE_GROUP] = "--------",
	[LIFE_CLOSE_CONTAINER] = "--------", [LIFE_SIGNAL] = "--------",
	[LIFE_INIT] = "-ttttttt", [LIFE_REGISTER] = "t-tttttt",
	[LIFE_REGISTER_FAILS] = "tt-ttttt", [LIFE_REGISTER_DONE] = "tt-ttttt",
	[LIFE_UNREGISTER] = "ttt--ttt", [LIFE_UNREGISTER_DONE] = "ttttt-wt",
	[LIFE_FREE] = "t-ttttt-",
	[LIFE_OPEN] = "bb-----a", [LIFE_OPEN_FAILS] = "bb-----a", [LIFE_RELEASE] = "bb-u-u-a",
	[LIFE_REQUEST] = "bbrrr--a", [LIFE_CALLBACK] = "bb-u-u-a",
};

static const struct {
	char letter;
	const char *text;
} reasons[] = {
	{ 'a', "after unregistering has returned there is no callback" },
	{ 'b', "before registering is asked for there is no callback" },
	{ 'r', "only unregistering asks for the device back" },
	{ 't', "a driver initialises, registers, unregisters, frees in turn; else it is its mistake" },
	{ 'u', "nobody has it open: there is no such file" },
	{ 'w', "unregistering waits for the last user" },
};

const char *life_state_name(enum life_state s)
{
	return states[s];
}

const char *life_event_name(enum life_event e)
{
	return events[e];
}

char life_impossible(enum life_event e, enum life_state s)
{
	return impossible[e][s] == '-' ? 0 : impossible[e][s];
}

const char *life_reason(char letter)
{
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].letter == letter)
			return reasons[i].text;
	return NULL;
}

bool life_broken(enum life_event e, enum life_state s)
{
	return life_impossible(e, s) && life_impossible(e, s) != 't';
}

void life_add(struct lifetable *sum, const struct lifetable *t)
{
	int e, s;

	for (e = 0; e < LIFE_NR_EVENTS; e++)
		for (s = 0; s < LIFE_NR_STATES; s++)
			sum->n[e][s] += t->n[e][s];
}

bool life_empty(const struct lifetable *t)
{
	int e, s;

	for (e = 0; e < LIFE_NR_EVENTS; e++)
		for (s = 0; s < LIFE_NR_STATES; s++)
			if (t->n[e][s])
				return false;
	return true;
}

unsigned int life_cells(const struct lifetable *t, unsigned int *seen)
{
	unsigned int cells = 0;
	int e, s;

	*seen = 0;
	for (e = 0; e < LIFE_NR_EVENTS; e++)
		for (s = 0; s < LIFE_NR_STATES; s++) {
			if (life_impossible((enum life_event)e, (enum life_state)s))
				continue;
			cells++;
			*seen += t->n[e][s] > 0;
		}
	return cells;
}
