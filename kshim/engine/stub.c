// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stubs that are reached. The counts belong to the process, not to the state
 * that a schedule may change.
 */
#include <stdio.h>
#include <string.h>

#include "task.h"

#define MAX_STUBS	32

/* The only oracle that is off unless asked for; see --strict. */
struct kshim_oracle kshim_oracle_stub = {
	.name = "stub",
	.doc = "something that the shim only has a name for was reached (--strict only)",
	.off = 1,
};
static struct kshim_oracle *const stub_entry
__attribute__((used, section("kshim_oracles"))) = &kshim_oracle_stub;

static struct {
	const char *name;
	unsigned long count;
	unsigned char said;
} stubs[MAX_STUBS];

void kshim_stubs_forget(void)
{
	unsigned int i;

	for (i = 0; i < MAX_STUBS && stubs[i].name; i++)
		stubs[i].said = 0;
}

const char *kshim_stub_reached(unsigned int i, unsigned long *count)
{
	if (i >= MAX_STUBS || !stubs[i].name)
		return NULL;
	*count = stubs[i].count;
	return stubs[i].name;
}

/* The entry of a name; the last one is shared by those that found no room. */
static unsigned int find(const char *name)
{
	unsigned int i;

	for (i = 0; i < MAX_STUBS - 1; i++) {
		const char *none = NULL;

		if (__atomic_compare_exchange_n(&stubs[i].name, &none, name, 0,
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) ||
		    !strcmp(none, name))
			return i;
	}
	__atomic_store_n(&stubs[i].name, "others", __ATOMIC_SEQ_CST);
	return i;
}

void kshim_stub(const char *name)
{
	unsigned int i = find(name);
	char text[128];

	__atomic_fetch_add(&stubs[i].count, 1, __ATOMIC_SEQ_CST);
	if (kshim_hot.detail && !__atomic_exchange_n(&stubs[i].said, 1, __ATOMIC_SEQ_CST)) {
		snprintf(text, sizeof(text), "stub: %s() was reached", name);
		kshim_log(-1, text);
	}
	kshim_report(&kshim_oracle_stub, 0, "stub: %s() was reached", name);
}
