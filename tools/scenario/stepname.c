// SPDX-License-Identifier: GPL-2.0-only
/* Names for steps that the author did not name: unbind_d0, set_container_2. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "parser.h"

/* The last part of a path, without what no name may have. */
static void path_word(char *out, size_t size, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = 0;

	for (const char *c = slash ? slash + 1 : path; *c && n + 1 < size; c++)
		if (isalnum((unsigned char)*c) || *c == '_')
			out[n++] = *c;
	out[n] = '\0';
}

static void make_name(const struct scn_step *s, char *out, size_t size)
{
	const char *verb = scn_verb_name(s->verb), *object = NULL;
	char word[32] = "";

	switch (s->verb) {
	case SCN_IOCTL:
		snprintf(out, size, "%s", s->ioctl ? scn_ioctl_short(s->ioctl) : "ioctl");
		for (char *c = out; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		return;
	case SCN_API:
		snprintf(out, size, "%s_%s", scn_api_name(s->arg[0].num), s->arg[1].str);
		return;
	case SCN_OPEN:
	case SCN_STAT:
	case SCN_CHMOD:
		path_word(word, sizeof(word), s->arg[0].str);
		object = word;
		break;
	case SCN_SLEEP:
	case SCN_WAIT:
	case SCN_SYSFS:
	case SCN_SYSFS_READ:
		break;
	default:
		if (s->nargs && s->arg[0].str) {
			object = strrchr(s->arg[0].str, '.');
			object = object ? object + 1 : s->arg[0].str;
		}
	}
	if (object && *object)
		snprintf(out, size, "%s_%s", verb, object);
	else
		snprintf(out, size, "%s", verb);
	for (char *c = out; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
}

/* Among the first @n steps; those that are named already, that is. */
static bool taken(const struct scenario *scn, unsigned int n, const struct scn_step *self,
		  const char *name)
{
	for (unsigned int i = 0; i < n; i++) {
		const struct scn_step *s = &scn->steps[i];

		if (s == self || s->task != self->task)
			continue;
		if ((s->name && !strcmp(s->name, name)) || (s->var && !strcmp(s->var, name)))
			return true;
	}
	return false;
}

/**
 * scn_name_steps() - give every step its name, report doubles
 * @p:	parser; called while the arguments are still words
 */
void scn_name_steps(struct scn_parser *p)
{
	struct scenario *scn = p->scn;
	char base[96], name[112];

	for (unsigned int i = 0; i < scn->nsteps; i++) {
		struct scn_step *s = &scn->steps[i];
		const char *given[2] = { s->label, s->var };

		for (int k = 0; k < 2; k++) {
			if (!given[k])
				continue;
			if (taken(scn, i, s, given[k]))
				scn_error(p, s->pos, "'%s' is already the name of a step of this task",
					  given[k]);
			else if (scn_find_device(scn, given[k]) >= 0 ||
				 scn_find_group(scn, given[k]) >= 0)
				scn_error(p, s->pos, "'%s' is already the name of a device or group",
					  given[k]);
		}
		s->name = s->label ? s->label : s->var;
	}
	for (unsigned int i = 0; i < scn->nsteps; i++) {
		struct scn_step *s = &scn->steps[i];

		if (s->name || s->verb == SCN_NR_VERBS)
			continue;
		make_name(s, base, sizeof(base));
		snprintf(name, sizeof(name), "%s", base);
		for (unsigned int n = 2; taken(scn, scn->nsteps, s, name) || scn_reserved(name); n++)
			snprintf(name, sizeof(name), "%s_%u", base, n);
		s->name = scn_strndup(scn, name, strlen(name));
	}
}
