// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which events met a device in which state. A step of the scenario is an event
 * for each device that it is about; which ones those are is read from the
 * scenario once. What drivers and VFIO ask of each other comes from the
 * tracepoint that the lifecycle contract is checked with.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/contract.h"
#include "lifecycle.h"
#include "oracle/oracle.h"

/* What a step is: an event, or LIFE_NR_EVENTS, for devices of a bit mask */
struct life_step {
	enum life_event event;
	unsigned long devices;
	bool needs_file;	/* -EBADF: it was none */
};

enum file { FILE_NONE, FILE_CONTAINER, FILE_GROUP, FILE_DEVICE };

const struct life_step *lifecycle_steps;
static const struct scenario *scn;
static unsigned char seen[LIFE_NR_EVENTS];
static bool counting;

static unsigned long devices_of_group(const char *name)
{
	unsigned long mask = 0;
	unsigned int i;

	for (i = 0; i < scn->ndevices; i++)
		if (scn->devices[i].group >= 0 &&
		    !strcmp(scn->groups[scn->devices[i].group].name, name))
			mask |= 1UL << i;
	return mask;
}

static bool is_ioctl(const struct scn_step *s, const char *name)
{
	return s->verb == SCN_IOCTL && s->ioctl && !strcmp(s->ioctl->name, name);
}

/* What a step opens, and of which devices; not for containers */
static enum file opened(const struct scn_step *s, unsigned long *devices)
{
	const char *name;

	*devices = 0;
	if (s->verb == SCN_DUP && s->arg[0].kind == SCN_ARG_STEP)
		return opened(&scn->steps[s->arg[0].index], devices);
	if (is_ioctl(s, "VFIO_GROUP_GET_DEVICE_FD")) {
		if (s->arg[2].kind == SCN_ARG_DEV)
			*devices = 1UL << s->arg[2].index;
		return FILE_DEVICE;
	}
	if (s->verb != SCN_OPEN || strncmp(s->arg[0].str, "/dev/vfio/", 10))
		return FILE_NONE;
	if (!strcmp(s->arg[0].str, "/dev/vfio/vfio"))
		return FILE_CONTAINER;
	name = strchr(s->arg[0].str, '$');
	if (!name)
		return FILE_NONE;
	*devices = devices_of_group(name + 1);
	return FILE_GROUP;
}

static enum file file_of(const struct scn_arg *a, unsigned long *devices)
{
	*devices = 0;
	return a->kind == SCN_ARG_STEP ? opened(&scn->steps[a->index], devices) : FILE_NONE;
}

/* The groups that are somewhere put into the container that a step opens */
static unsigned long devices_in(unsigned int container)
{
	unsigned long mask = 0, devices;
	unsigned int i;

	for (i = 0; i < scn->nsteps; i++) {
		const struct scn_step *s = &scn->steps[i];

		if (is_ioctl(s, "VFIO_GROUP_SET_CONTAINER") && s->nargs > 2 &&
		    s->arg[2].kind == SCN_ARG_STEP && s->arg[2].index == container &&
		    file_of(&s->arg[0], &devices) == FILE_GROUP)
			mask |= devices;
	}
	return mask;
}

static struct life_step on_ioctl(const struct scn_step *s)
{
	static const struct {
		const char *name;
		enum life_event event;
	} named[] = {
		{ "VFIO_GROUP_SET_CONTAINER", LIFE_SET_CONTAINER },
		{ "VFIO_GROUP_UNSET_CONTAINER", LIFE_UNSET_CONTAINER },
		{ "VFIO_SET_IOMMU", LIFE_SET_IOMMU },
		{ "VFIO_IOMMU_MAP_DMA", LIFE_DMA }, { "VFIO_IOMMU_UNMAP_DMA", LIFE_DMA },
	};
	struct life_step l = { LIFE_NR_EVENTS, 0, true };
	enum file file = file_of(&s->arg[0], &l.devices);
	size_t i;

	if (is_ioctl(s, "VFIO_GROUP_GET_DEVICE_FD")) {
		l.event = LIFE_GET_DEVICE_FD;
		opened(s, &l.devices);
		return l;
	}
	if (file == FILE_DEVICE)
		l.event = LIFE_DEVICE_IOCTL;
	for (i = 0; file != FILE_DEVICE && i < sizeof(named) / sizeof(*named); i++)
		if (is_ioctl(s, named[i].name))
			l.event = named[i].event;
	if (file == FILE_CONTAINER)
		l.devices = devices_in(s->arg[0].index);
	return l;
}

static struct life_step on_close(const struct scn_step *s)
{
	static const enum life_event events[] = {
		LIFE_NR_EVENTS, LIFE_CLOSE_CONTAINER, LIFE_CLOSE_GROUP, LIFE_CLOSE_DEVICE,
	};
	struct life_step l = { LIFE_NR_EVENTS, 0, true };
	enum file file = file_of(&s->arg[0], &l.devices);

	l.event = events[file];
	if (file == FILE_CONTAINER)
		l.devices = devices_in(s->arg[0].index);
	return l;
}

/* Reading and so on, which only a device's file has */
static struct life_step on_file(const struct scn_step *s, enum life_event event)
{
	struct life_step l = { event, 0, true };

	if (file_of(&s->arg[0], &l.devices) != FILE_DEVICE)
		l.event = LIFE_NR_EVENTS;
	return l;
}

static struct life_step on_driver(const struct scn_step *s)
{
	struct life_step l = { LIFE_RMMOD, 0, false };
	unsigned int i;

	for (i = 0; i < scn->ndevices; i++)
		if (scn->devices[i].driver && !strcmp(scn->devices[i].driver, s->arg[0].str))
			l.devices |= 1UL << i;
	return l;
}

static struct life_step what(const struct scn_step *s)
{
	struct life_step l = { LIFE_NR_EVENTS, 0, false };
	bool device = s->nargs && s->arg[0].kind == SCN_ARG_DEV;
	unsigned long one = device ? 1UL << s->arg[0].index : 0;

	switch (s->verb) {
	case SCN_OPEN:
		if (opened(s, &l.devices) == FILE_GROUP)
			l.event = LIFE_OPEN_GROUP;
		return l;
	case SCN_CLOSE:
		return on_close(s);
	case SCN_IOCTL:
		return on_ioctl(s);
	case SCN_READ: case SCN_WRITE: case SCN_PREAD: case SCN_PWRITE:
		return on_file(s, LIFE_DEVICE_RW);
	case SCN_MMAP:
		return on_file(s, LIFE_DEVICE_MMAP);
	case SCN_BIND: case SCN_PROBE:
		return (struct life_step){ LIFE_BIND, one, false };
	case SCN_UNBIND:
		return (struct life_step){ LIFE_UNBIND, one, false };
	case SCN_REMOVE:
		return (struct life_step){ LIFE_REMOVE, one, false };
	case SCN_RMMOD:
		return on_driver(s);
	default:
		return l;
	}
}

/* A signal is about what its receiver uses */
static void add_signals(struct life_step *l)
{
	unsigned int i, k;

	for (i = 0; i < scn->nsteps; i++) {
		const struct scn_step *s = &scn->steps[i];
		const struct scn_task *t;

		if (s->verb != SCN_SIGNAL && s->verb != SCN_KILL)
			continue;
		t = &scn->tasks[s->arg[0].index];
		l[i].event = LIFE_SIGNAL;
		for (k = t->first; k < t->first + t->nsteps; k++)
			if (l[k].event <= LIFE_CLOSE_CONTAINER)
				l[i].devices |= l[k].devices;
	}
}

static void meets(enum life_event e, enum life_state s)
{
	if (counting)
		seen[e] |= (unsigned char)(1u << s);
}

static void watch(enum life_state s, int what, long value)
{
	switch ((enum vfio_contract)what) {
	case CONTRACT_INIT:
		return meets(LIFE_INIT, s);
	case CONTRACT_REGISTER:
		return meets(LIFE_REGISTER, s);
	case CONTRACT_REGISTERED:
		return meets(value ? LIFE_REGISTER_FAILS : LIFE_REGISTER_DONE, s);
	case CONTRACT_UNREGISTER:
		return meets(LIFE_UNREGISTER, s);
	case CONTRACT_UNREGISTERED:
		return meets(LIFE_UNREGISTER_DONE, s);
	case CONTRACT_FREE:
		return meets(LIFE_FREE, s);
	case CONTRACT_OPEN:
		return meets(LIFE_OPEN, s);
	case CONTRACT_OPENED:
		if (value)
			meets(LIFE_OPEN_FAILS, s);
		return;
	case CONTRACT_RELEASE:
		return meets(LIFE_RELEASE, s);
	case CONTRACT_REQUEST:
		return meets(LIFE_REQUEST, s);
	case CONTRACT_CALL:
		return meets(LIFE_CALLBACK, s);
	case CONTRACT_RELEASED: case CONTRACT_REQUESTED: case CONTRACT_CALLED:
		return;
	}
}

void lifecycle_want(const struct scenario *of)
{
	struct life_step *l = calloc(of->nsteps + 1, sizeof(*l));
	unsigned int i;

	if (!l)
		abort();
	scn = of;
	for (i = 0; i < scn->nsteps; i++)
		l[i] = what(&scn->steps[i]);
	add_signals(l);
	lifecycle_steps = l;
	contract_watch = watch;
}

void lifecycle_begin(void)
{
	if (!lifecycle_steps)
		return;
	memset(seen, 0, sizeof(seen));
	counting = true;
}

void lifecycle_end(void)
{
	counting = false;
}

void lifecycle_count(struct lifetable *t)
{
	int e, s;

	if (!lifecycle_steps)
		return;
	for (e = 0; e < LIFE_NR_EVENTS; e++)
		for (s = 0; seen[e] >> s; s++)
			t->n[e][s] += seen[e] >> s & 1;
}

struct life_begun lifecycle_step(unsigned int step)
{
	const struct life_step *l = &lifecycle_steps[step];
	struct life_begun begun = { 0 };
	unsigned int i;

	if (l->event == LIFE_NR_EVENTS)
		return begun;
	for (i = 0; l->devices >> i; i++)
		if (l->devices >> i & 1)
			begun.states |= (unsigned char)(1u << contract_state(scn->devices[i].addr));
	/* A step may never come back */
	if (counting && !l->needs_file)
		seen[l->event] |= begun.states;
	return begun;
}

void lifecycle_answer(unsigned int step, struct life_begun begun, long result)
{
	const struct life_step *l = &lifecycle_steps[step];

	if (counting && l->needs_file && result != -EBADF)
		seen[l->event] |= begun.states;
}
