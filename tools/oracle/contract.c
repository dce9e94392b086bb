// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lifecycle contract, as Documentation/driver-api/vfio.rst promises it to
 * drivers: no callback before registration is asked for, none after
 * unregistration has returned, open and release balanced, and unregistration
 * returns only when no user is left, asking with a growing count meanwhile.
 *
 * Observed through the tracepoint that every driver here has.
 */
#include <string.h>

#include "../../drivers/contract.h"
#include "kshim/inspect.h"
#include "oracle.h"
#include "run/run.h"

#define MAX_DEVS	16

struct dev_state {
	const void *dev;
	char name[24];
	enum life_state life;	/* never LIFE_OPENED or LIFE_LEAVING: see users */
	bool freed;
	int inside;		/* callbacks running */
	long users;		/* open minus release */
	long opens, releases, requests;
	long next_request;
};

KSHIM_ORACLE(kshim_oracle_contract, "lifecycle-contract",
	     "what VFIO promises its drivers about callbacks and unregistration");

void (*contract_requested)(const char *dev);
void (*contract_watch)(enum life_state state, int what, long value);

static struct dev_state devs[MAX_DEVS] KSHIM_COUNTED_ARRAY, saved[MAX_DEVS];
static unsigned int nr_devs KSHIM_RUN_STATE, saved_nr;
KSHIM_COUNTED(devs, nr_devs, 0);

static struct dev_state *state_of(const void *dev)
{
	unsigned int i;

	for (i = 0; i < nr_devs; i++)
		if (devs[i].dev == dev)
			return &devs[i];
	if (nr_devs == MAX_DEVS)
		return &devs[MAX_DEVS - 1];
	memset(&devs[nr_devs], 0, sizeof(devs[0]));
	devs[nr_devs].dev = dev;
	strncpy(devs[nr_devs].name, kshim_dev_name(dev), sizeof(devs[0].name) - 1);
	return &devs[nr_devs++];
}

static void broken(const struct dev_state *d, const char *what)
{
	kshim_report(&kshim_oracle_contract, 0, "lifecycle contract: %s: %s", d->name, what);
}

static void callback(struct dev_state *d, const char *before, const char *after)
{
	d->inside++;
	if (d->life == LIFE_UNBOUND || d->life == LIFE_INITIALISED)
		broken(d, before);
	else if (d->life == LIFE_GONE)
		broken(d, after);
}

static enum life_state state_now(const struct dev_state *d)
{
	if (d->freed)
		return LIFE_UNBOUND;
	if (d->users > 0 && d->life == LIFE_REGISTERED)
		return LIFE_OPENED;
	if (d->users > 0 && d->life == LIFE_UNREGISTERING)
		return LIFE_LEAVING;
	return d->life;
}

static void on_tracepoint(const char *name, long a, long b, long c)
{
	struct dev_state *d;

	(void)name;		/* there is one */
	d = state_of((const void *)a);
	if (contract_watch)
		contract_watch(state_now(d), (int)b, c);
	switch ((enum vfio_contract)b) {
	case CONTRACT_INIT:
		d->life = LIFE_INITIALISED;
		d->freed = false;
		d->next_request = 0;
		break;
	case CONTRACT_REGISTER:
		if (d->life != LIFE_REGISTERED)
			d->life = LIFE_REGISTERING;
		break;
	case CONTRACT_REGISTERED:
		if (d->life == LIFE_REGISTERING)
			d->life = c ? LIFE_INITIALISED : LIFE_REGISTERED;
		break;
	case CONTRACT_UNREGISTER:
		d->life = LIFE_UNREGISTERING;
		d->next_request = 0;
		break;
	case CONTRACT_UNREGISTERED:
		d->life = LIFE_GONE;
		if (d->inside)
			broken(d, "unregistered while a callback runs");
		else if (d->users > 0)
			broken(d, "unregistered while a user has it open");
		break;
	case CONTRACT_FREE:
		d->freed = true;
		break;
	case CONTRACT_OPEN:
		callback(d, "open() before registration", "open() after unregistration");
		break;
	case CONTRACT_OPENED:
		d->inside--;
		if (!c) {
			d->users++;
			d->opens++;
		}
		break;
	case CONTRACT_RELEASE:
		callback(d, "release() before registration",
			 "release() after unregistration");
		if (d->users <= 0)
			broken(d, "release() without open()");
		break;
	case CONTRACT_RELEASED:
		d->inside--;
		d->users--;
		d->releases++;
		break;
	case CONTRACT_REQUEST:
		callback(d, "request() before registration",
			 "request() after unregistration");
		d->requests++;
		if (d->life == LIFE_UNREGISTERING && c != d->next_request)
			broken(d, "request() with a count that does not grow by one");
		d->next_request = c + 1;
		if (contract_requested)
			contract_requested(d->name);
		break;
	case CONTRACT_REQUESTED:
		d->inside--;
		break;
	case CONTRACT_CALL:
		callback(d, "callback before registration", "callback after unregistration");
		break;
	case CONTRACT_CALLED:
		d->inside--;
		break;
	}
}

void contract_init(void)
{
	kshim_sink.tracepoint = on_tracepoint;
	nr_devs = 0;
}

void contract_save(void)
{
	memcpy(saved, devs, sizeof(devs));
	saved_nr = nr_devs;
}

void contract_restore(void)
{
	memcpy(devs, saved, saved_nr * sizeof(devs[0]));
	nr_devs = saved_nr;
}

void contract_end(void)
{
	unsigned int i;

	for (i = 0; i < nr_devs; i++)
		if (devs[i].opens != devs[i].releases)
			verdict_add(&kshim_oracle_contract,
				    "lifecycle contract: %s: %ld open(), %ld release()",
				    devs[i].name, devs[i].opens, devs[i].releases);
}

enum life_state contract_state(const char *dev)
{
	unsigned int i;

	/* what was plugged in again is behind what was there before */
	for (i = nr_devs; i--; )
		if (!strcmp(devs[i].name, dev))
			return state_now(&devs[i]);
	return LIFE_UNBOUND;
}

bool contract_leaving(const char *dev)
{
	unsigned int i;

	for (i = 0; i < nr_devs; i++)
		if (devs[i].life == LIFE_UNREGISTERING && (!dev || !strcmp(devs[i].name, dev)))
			return true;
	return false;
}

bool contract_in_use(void)
{
	unsigned int i;

	for (i = 0; i < nr_devs; i++)
		if (devs[i].users > 0)
			return true;
	return false;
}

static long sum(const char *name, size_t field)
{
	long n = 0;
	unsigned int i;

	for (i = 0; i < nr_devs; i++)
		if (!strcmp(devs[i].name, name))
			n += *(const long *)((const char *)&devs[i] + field);
	return n;
}

long contract_requests(const char *dev)
{
	return sum(dev, offsetof(struct dev_state, requests));
}

long contract_opens(const char *dev)
{
	return sum(dev, offsetof(struct dev_state, opens));
}

long contract_releases(const char *dev)
{
	return sum(dev, offsetof(struct dev_state, releases));
}
