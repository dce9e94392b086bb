// SPDX-License-Identifier: GPL-2.0-only
/* Good, bad, or no opinion: what a result says about the kernel it was found on. */
#define _XOPEN_SOURCE 700
#include <string.h>

#include "compare.h"

static bool all_reached(const struct run_result *r)
{
	unsigned int i;

	for (i = 0; i < r->nsometimes; i++)
		if (!r->sometimes[i].reached)
			return false;
	return true;
}

/* The kernel could not be brought to where the scenario begins */
static bool kernel_in_the_way(const struct run_result *r)
{
	static const char *const words[] = { "boot failed: ", "setup failed: ",
					     "the setup alone cannot be undone: " };
	/* the self-check is the first to need the kernel */
	static const char first[] = "self-check failed: ";
	const char *reason = r->reason ? r->reason : "";
	size_t i;

	if (!strncmp(reason, first, strlen(first)))
		reason += strlen(first);
	for (i = 0; i < 3; i++)
		if (!strncmp(reason, words[i], strlen(words[i])))
			return true;
	return false;
}

enum compare_opinion compare_opinion(const struct run_result *r)
{
	switch (r->status) {
	case RUN_PASS:
		return OPINION_GOOD;
	case RUN_KNOWN:
		return OPINION_BAD;
	case RUN_FAIL:
		return r->nfailures || !all_reached(r) ? OPINION_BAD : OPINION_GOOD;
	case RUN_ERROR:
		return kernel_in_the_way(r) ? OPINION_BAD : OPINION_NONE;
	case RUN_SKIP:
		break;
	}
	return OPINION_NONE;
}
