/* SPDX-License-Identifier: GPL-2.0-only */
/* Patches: what is in a file of them, and what they make of a tree. */
#ifndef VFIOSIM_PATCH_H
#define VFIOSIM_PATCH_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct patch_line - one line of a hunk
 * @op:		' ' context, '-' removed, '+' added
 * @text:	without @op and newline; not terminated
 * @len:	of @text
 * @open:	"\ No newline at end of file" follows
 */
struct patch_line {
	char op;
	const char *text;
	size_t len;
	bool open;
};

/**
 * struct patch_hunk - "@@ -@old,@nold +@new,@nnew @@ @where"
 * @old:	first line there, from 1; 0 for an empty file
 * @nold:	context and removed lines
 * @new:	first line afterwards
 * @nnew:	context and added lines
 * @where:	what diff put behind it: the function, allocated
 * @lines:	@n of them
 * @n:		see @lines
 */
struct patch_hunk {
	unsigned long old, nold, new, nnew;
	char *where;
	struct patch_line *lines;
	size_t n;
};

/**
 * struct patch_change - what happens to one file
 * @from:	its path, as written ("a/..." included); NULL: it is made
 * @to:		its path afterwards; NULL: it is removed
 * @copied:	@from stays
 * @binary:	its contents are not in a form that can be applied
 * @patch:	where this stands, for messages: file, or "file, subject"
 * @hunks:	@n of them
 * @n:		see @hunks
 */
struct patch_change {
	char *from, *to;
	bool copied, binary;
	char *patch;
	struct patch_hunk *hunks;
	size_t n;
};

/**
 * struct patch_set - changes in the order in which they are made
 * @c:		@n changes
 * @n:		see @c
 * @texts:	@ntexts buffers that the lines point into
 * @ntexts:	see @texts
 */
struct patch_set {
	struct patch_change *c;
	size_t n;
	char **texts;
	size_t ntexts;
};

/**
 * patch_read() - add what a file holds to a set
 * @set:	zeroed before the first time
 * @path:	a patch, a mailbox, or a file called "series" that lists patches;
 *		"-" is standard input
 * @err:	on failure one line without a newline; free() it
 *
 * The mails of a mailbox are taken in the order of their [n/m], replies are
 * left out. A file without any change in it is an error.
 *
 * Return: 0 or -1.
 */
int patch_read(struct patch_set *set, const char *path, char **err);
void patch_free(struct patch_set *set);

/* What patch_read() does for text that is in memory: one patch, no mail. */
int patch_parse(struct patch_set *set, char *text, const char *name, char **err);

/**
 * struct mail - one message of a mailbox
 * @body:	decoded text, allocated
 * @subject:	allocated, may be empty
 * @number:	n of "[PATCH n/m]", 0 without
 */
struct mail {
	char *body;
	char *subject;
	unsigned int number;
};

/**
 * mails_split() - the messages of a mailbox, or of a file with one mail
 * @text:	whole file
 * @n:		filled
 *
 * Return: messages in order, replies left out; NULL when it is no mail at all.
 */
struct mail *mails_split(const char *text, size_t *n);

/**
 * patch_path() - the file of a tree that a path of a patch means
 * @root:	the tree
 * @path:	"a/drivers/vfio/vfio.c", or without the "a/" where that is what exists
 *
 * Return: pointer into @path; NULL for what would leave the tree.
 */
const char *patch_path(const char *root, const char *path);

/**
 * patch_apply() - make one change
 * @root:	the tree, to be written to
 * @c:		change
 * @err:	which hunk does not apply, and why; free() it
 *
 * A hunk may lie elsewhere than it says, but all its lines have to be there.
 *
 * Return: 0 or -1, with the file as it was.
 */
int patch_apply(const char *root, const struct patch_change *c, char **err);

#endif
