// SPDX-License-Identifier: GPL-2.0-only
/* What every page is made of: escaping, head and foot. */
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "html.h"

/* page.css and page.js as strings; see CMakeLists.txt for where they are */
#define EMBED(name, file)						\
	__asm__(".section .rodata\n"					\
		#name ": .incbin \"" VFIOSIM_PAGE_DIR "/" file "\"\n"	\
		"\t.byte 0\n"						\
		"\t.previous");						\
	extern const char name[]

EMBED(html_page_css, "page.css");
EMBED(html_page_js, "page.js");

void html_text(FILE *f, const char *s)
{
	for (; s && *s; s++) {
		switch (*s) {
		case '&':
			fputs("&amp;", f);
			break;
		case '<':
			fputs("&lt;", f);
			break;
		case '>':
			fputs("&gt;", f);
			break;
		case '"':
			fputs("&quot;", f);
			break;
		case '\'':
			fputs("&#39;", f);
			break;
		default:
			/* no reference to a control character is allowed either */
			if ((unsigned char)*s < ' ' && *s != '\n' && *s != '\t')
				fputs("&#xfffd;", f);
			else
				fputc(*s, f);
		}
	}
}

static void vformat(FILE *f, const char *fmt, va_list ap)
{
	char *text;

	if (vasprintf(&text, fmt, ap) < 0)
		return;
	html_text(f, text);
	free(text);
}

void html_format(FILE *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vformat(f, fmt, ap);
	va_end(ap);
}

void html_elem(FILE *f, const char *tag, const char *text)
{
	fprintf(f, "<%s>", tag);
	html_text(f, text);
	fprintf(f, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void html_path(FILE *f, const char *path)
{
	for (; *path; path++)
		if (isalnum((unsigned char)*path) || strchr("/-._~", *path))
			fputc(*path, f);
		else
			fprintf(f, "%%%02X", (unsigned char)*path);
}

void html_command(FILE *f, const char *fmt, ...)
{
	va_list ap;

	fputs("<div class=\"cmd\"><code>", f);
	va_start(ap, fmt);
	vformat(f, fmt, ap);
	va_end(ap);
	fputs("</code><button type=\"button\" class=\"copy\">copy</button></div>\n", f);
}

void html_begin(FILE *f, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n"
	      "<meta name=\"generator\" content=\"vfiosim\">\n"
	      "<link rel=\"icon\" href=\"data:,\">\n", f);
	html_elem(f, "title", title);
	fprintf(f, "\n<style>\n%s</style>\n</head>\n<body>\n", html_page_css);
}

void html_end(FILE *f)
{
	fprintf(f, "<script>\n%s</script>\n</body>\n</html>\n", html_page_js);
}

void html_coverage(FILE *f, const char *dir)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s/coverage.html", dir);
	fputs(access(path, R_OK) ? HTML_COVERAGE_ROOM : HTML_COVERAGE_LINK, f);
	fputc('\n', f);
}
