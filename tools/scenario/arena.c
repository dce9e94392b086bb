// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of a scenario: handed out piece by piece, given back all at once.
 * A parse that stops half-way therefore has nothing to clean up.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parser.h"

struct scn_arena {
	struct scn_arena *next;
	char data[] __attribute__((aligned(16)));
};

/**
 * scn_alloc() - zeroed memory that lives as long as the scenario
 * @scn:	owner
 * @size:	bytes
 *
 * Return: the memory; there is no failure, the process ends when none is left.
 */
void *scn_alloc(struct scenario *scn, size_t size)
{
	struct scn_arena *a = calloc(1, sizeof(*a) + size);

	if (!a) {
		fputs("vfiosim: out of memory while reading a scenario\n", stderr);
		abort();
	}
	a->next = scn->arena;
	scn->arena = a;
	return a->data;
}

/**
 * scn_strndup() - copy of a piece of text
 * @scn:	owner
 * @s:		first byte
 * @len:	bytes
 *
 * Return: the copy, NUL-terminated.
 */
char *scn_strndup(struct scenario *scn, const char *s, size_t len)
{
	char *copy = scn_alloc(scn, len + 1);

	memcpy(copy, s, len);
	return copy;
}

/**
 * scn_grow() - make room for one more element
 * @scn:	owner
 * @array:	elements so far, NULL when @n is 0
 * @n:		their number
 * @size:	of one
 *
 * Return: the array, perhaps at a new place; element @n is zeroed.
 */
void *scn_grow(struct scenario *scn, void *array, unsigned int n, size_t size)
{
	void *bigger;

	if (n && (n & (n - 1)))
		return array;
	bigger = scn_alloc(scn, (n ? 2 * (size_t)n : 1) * size);
	if (n)
		memcpy(bigger, array, n * size);
	return bigger;
}

/**
 * scn_arena_free() - give everything back
 * @arena:	newest piece, or NULL
 */
void scn_arena_free(struct scn_arena *arena)
{
	while (arena) {
		struct scn_arena *next = arena->next;

		free(arena);
		arena = next;
	}
}
