// SPDX-License-Identifier: GPL-2.0-only
/*
 * Building a mutant: one compilation with the flags of the pristine file
 * (compile_commands.json), then the link alone (relink.sh, which core/
 * generates). The pristine tree and build directory are only read.
 */
#define _XOPEN_SOURCE 700
#include "trial.h"
#include "../kernels/sysutil.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

static int shell(const char *command, const char *log)
{
	const char *argv[] = { "sh", "-c", command, NULL };
	struct proc_opts opts = { .output = log, .errors = log };

	return proc_run(argv, &opts);
}

static const char *text_of(struct json_object *o, const char *key)
{
	struct json_object *v;

	return json_object_object_get_ex(o, key, &v) ? json_object_get_string(v) : "";
}

/* "cd DIR && cc ... " without its output and input, and the object it makes */
static bool find_command(const struct lab *lab, const char *file, char **command, char **object)
{
	char *path = str_printf("%s/compile_commands.json", lab->build);
	char *wanted = str_printf("%s/%s", lab->kdir, file);
	struct json_object *all = json_object_from_file(path);
	const char *line, *out;
	size_t i;

	*command = *object = NULL;
	for (i = 0; all && i < json_object_array_length(all); i++) {
		struct json_object *o = json_object_array_get_idx(all, i);

		line = text_of(o, "command");
		out = strstr(line, " -o ");
		if (strcmp(text_of(o, "file"), wanted) || !out)
			continue;
		*command = str_printf("cd '%s' && %.*s", text_of(o, "directory"),
				      (int)(out - line), line);
		out += strlen(" -o ");
		*object = str_printf("%s%s%.*s", *out == '/' ? "" : lab->build, *out == '/' ? "" : "/",
				     (int)strcspn(out, " "), out);
		break;
	}
	json_object_put(all);
	free(path);
	free(wanted);
	return *command;
}

/* The object without what only a debugger reads */
static char *code_of(const struct workshop *w, size_t *len)
{
	char *bare = str_printf("%s/bare.o", w->dir), *text = NULL;
	char *log = str_printf("%s/log", w->dir);
	const char *argv[] = { "objcopy", "--strip-debug", w->object, bare, NULL };
	struct proc_opts opts = { .output = log, .errors = log };
	FILE *f;
	long size;

	*len = 0;
	f = proc_run(argv, &opts) ? NULL : fopen(bare, "rb");
	if (f && !fseek(f, 0, SEEK_END) && (size = ftell(f)) > 0) {
		rewind(f);
		text = malloc((size_t)size);
		if (text)
			*len = fread(text, 1, (size_t)size, f);
	}
	if (f)
		fclose(f);
	free(bare);
	free(log);
	return text;
}

static bool same_code(const struct workshop *w)
{
	size_t len, theirs;
	char *mine = code_of(w, &len), *other = NULL;
	FILE *f = fopen(w->pristine, "rb");
	bool same = false;

	if (f && mine) {
		other = malloc(len + 1);
		theirs = other ? fread(other, 1, len + 1, f) : 0;
		same = theirs == len && !memcmp(mine, other, len);
	}
	if (f)
		fclose(f);
	free(mine);
	free(other);
	return same;
}

static int compile(const struct workshop *w, const char *text)
{
	char *log = str_printf("%s/log", w->dir);
	FILE *f = fopen(w->source, "w");
	int status = -1;

	if (f) {
		fputs(text, f);
		status = ferror(f) | fclose(f) ? -1 : shell(w->compile, log);
	}
	free(log);
	return status;
}

bool workshop_open(const struct lab *lab, const char *file, unsigned int job, struct workshop *w)
{
	char *command, *object, *original = str_printf("%s/%s", lab->kdir, file), *text, *code;
	char *log, *said;
	size_t len;
	bool ok;
	FILE *f;

	memset(w, 0, sizeof(*w));
	if (!find_command(lab, file, &command, &object)) {
		fprintf(stderr, "vfiosim: %s is not built for this kernel; --file names one that is\n",
			file);
		free(original);
		return false;
	}
	w->dir = str_printf("%s/%u", lab->scratch, job);
	w->source = str_printf("%s/%s", w->dir, file);
	w->object = str_printf("%s/mutant.o", w->dir);
	w->runner = str_printf("%s/vfiosim-guest", w->dir);
	w->pristine = str_printf("%s/pristine.bare.o", w->dir);
	*strrchr(w->source, '/') = '\0';
	ok = !dir_make(w->source);
	w->source[strlen(w->source)] = '/';
	*strrchr(original, '/') = '\0';
	w->compile = str_printf("%s -iquote '%s' '-ffile-prefix-map=%s/=' -o '%s' -c '%s'", command,
				original, w->dir, w->object, w->source);
	original[strlen(original)] = '/';
	w->relink = str_printf("sh '%s/relink.sh' '%s' '%s' '%s'", lab->build, object, w->object,
			       w->dir);
	/* the same way as the mutants: then equal code is equal bytes */
	text = file_read(original);
	ok = ok && text && !compile(w, text);
	code = ok ? code_of(w, &len) : NULL;
	f = code ? fopen(w->pristine, "wb") : NULL;
	ok = f && fwrite(code, 1, len, f) == len;
	if (f)
		ok = !fclose(f) && ok;
	log = str_printf("%s/log", w->dir);
	ok = ok && !shell(w->relink, log);
	if (!ok) {
		said = file_read(log);
		fprintf(stderr, "%svfiosim: the unchanged %s cannot be compiled and linked again\n",
			said ? said : "", file);
		free(said);
	}
	free(log);
	free(code);
	free(text);
	free(original);
	free(command);
	free(object);
	return ok;
}

void workshop_close(struct workshop *w)
{
	free(w->dir);
	free(w->source);
	free(w->object);
	free(w->runner);
	free(w->compile);
	free(w->relink);
	free(w->pristine);
}

enum trial_end workshop_build(const struct lab *lab, struct workshop *w, const char *text)
{
	char *log = str_printf("%s/log", w->dir);
	enum trial_end end = TRIAL_WAITING;

	(void)lab;
	if (compile(w, text))
		end = TRIAL_STILLBORN;
	else if (same_code(w))
		end = TRIAL_SAME_CODE;
	else if (shell(w->relink, log))
		end = TRIAL_STILLBORN;
	free(log);
	return end;
}
