// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports of corrupted lists. Mirrors lib/list_debug.c.
 *
 * The kernel guarantees, with CONFIG_DEBUG_LIST: a corrupted neighbourhood is
 * reported before the list is changed, and the change does not happen. Given:
 * that, in the same order of checks; a report ends the run, because what
 * walks such a list may never stop.
 */
#include <linux/list.h>
#include "engine/engine.h"

KSHIM_ORACLE(kshim_oracle_list, "list",
	     "linked list corruption: double add, double del, wild neighbours");

#define CORRUPT(...)							\
({									\
	kshim_report(&kshim_oracle_list, 1, __VA_ARGS__);		\
	false;								\
})
#define L(p)	((unsigned long)(p))

/**
 * kshim_list_add_report() - say what is wrong with an insertion
 * @new:	to be inserted
 * @prev:	between this
 * @next:	and this
 *
 * Return: false: do not insert; true when it looks right by now.
 */
bool kshim_list_add_report(struct list_head *new, struct list_head *prev,
			   struct list_head *next)
{
	if (!prev)
		return CORRUPT("list_add corruption. prev is NULL.");
	if (!next)
		return CORRUPT("list_add corruption. next is NULL.");
	if (next->prev != prev)
		return CORRUPT("list_add corruption. next->prev should be prev (%016lx), but was %016lx. (next=%016lx).",
			       L(prev), L(next->prev), L(next));
	if (prev->next != next)
		return CORRUPT("list_add corruption. prev->next should be next (%016lx), but was %016lx. (prev=%016lx).",
			       L(next), L(prev->next), L(prev));
	if (new == prev || new == next)
		return CORRUPT("list_add double add: new=%016lx, prev=%016lx, next=%016lx.",
			       L(new), L(prev), L(next));
	return true;
}

/**
 * kshim_list_del_report() - say what is wrong with a removal
 * @entry:		to be removed
 * @name_neighbour:	name the neighbour whose link is wrong
 *
 * Return: false: do not remove; true when it looks right by now.
 */
bool kshim_list_del_report(struct list_head *entry, int name_neighbour)
{
	struct list_head *prev = entry->prev, *next = entry->next;

	if (!next)
		return CORRUPT("list_del corruption, %016lx->next is NULL", L(entry));
	if (!prev)
		return CORRUPT("list_del corruption, %016lx->prev is NULL", L(entry));
	if (next == LIST_POISON1)
		return CORRUPT("list_del corruption, %016lx->next is LIST_POISON1 (%016lx)",
			       L(entry), L(LIST_POISON1));
	if (prev == LIST_POISON2)
		return CORRUPT("list_del corruption, %016lx->prev is LIST_POISON2 (%016lx)",
			       L(entry), L(LIST_POISON2));
	if (prev->next != entry && name_neighbour)
		return CORRUPT("list_del corruption. prev->next should be %016lx, but was %016lx. (prev=%016lx)",
			       L(entry), L(prev->next), L(prev));
	if (prev->next != entry)
		return CORRUPT("list_del corruption. prev->next should be %016lx, but was %016lx",
			       L(entry), L(prev->next));
	if (next->prev != entry && name_neighbour)
		return CORRUPT("list_del corruption. next->prev should be %016lx, but was %016lx. (next=%016lx)",
			       L(entry), L(next->prev), L(next));
	if (next->prev != entry)
		return CORRUPT("list_del corruption. next->prev should be %016lx, but was %016lx",
			       L(entry), L(next->prev));
	return true;
}
