// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mailboxes, as git format-patch and list archives write them: messages are
 * taken apart, their transfer encoding undone, and put in the order of their
 * [PATCH n/m]. Parts of multipart messages are not looked for: kernel patches
 * are sent inline.
 */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE	/* strcasecmp() */
#include "patch.h"
#include "sysutil.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* "From x@y.z Thu Jan  1 00:00:00 1970", and what format-patch writes */
static bool is_separator(const char *p)
{
	const char *end = p + strcspn(p, "\r\n");

	if (strncmp(p, "From ", 5) || end - p < 24)
		return false;
	/* ends with the time and a year */
	return isdigit((unsigned char)end[-1]) && isdigit((unsigned char)end[-4]) &&
	       end[-5] == ' ' && end[-8] == ':' && end[-11] == ':';
}

static const char *next_line(const char *p)
{
	p = strchr(p, '\n');
	return p ? p + 1 : NULL;
}

/* "Name: value" with a name of letters and dashes */
static bool is_header(const char *p)
{
	size_t n = 0;

	while (isalnum((unsigned char)p[n]) || p[n] == '-')
		n++;
	return n && p[n] == ':' && (p[n + 1] == ' ' || p[n + 1] == '\t' || p[n + 1] == '\n');
}

/* Value of a header, continuation lines joined; empty when it is not there */
static char *header(const char *head, const char *end, const char *name)
{
	size_t n = strlen(name), used = 0;
	char *value = str_dup("");
	const char *p;

	for (p = head; p && p < end; p = next_line(p)) {
		if (strncasecmp(p, name, n) || p[n] != ':')
			continue;
		p += n + 1;
		free(value);
		value = str_dup(p);
		do {
			p += strspn(p, " \t");
			if (used)
				value[used++] = ' ';
			memmove(value + used, p, strcspn(p, "\r\n"));
			used += strcspn(p, "\r\n");
			p = next_line(p);
		} while (p && p < end && (*p == ' ' || *p == '\t'));
		value[used] = '\0';
		break;
	}
	return value;
}

static int hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' :
	       isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

static void quoted_printable(char *s)
{
	char *out = s;

	while (*s) {
		if (*s == '=' && (s[1] == '\n' || (s[1] == '\r' && s[2] == '\n'))) {
			s += s[1] == '\n' ? 2 : 3;
		} else if (*s == '=' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			*out++ = (char)(hex(s[1]) * 16 + hex(s[2]));
			s += 3;
		} else {
			*out++ = *s++;
		}
	}
	*out = '\0';
}

static void base64(char *s)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned int bits = 0, n = 0;
	char *out = s;
	const char *d;

	for (; *s; s++) {
		d = strchr(digits, *s);
		if (!d)
			continue;
		bits = bits << 6 | (unsigned int)(d - digits);
		n += 6;
		if (n >= 8) {
			n -= 8;
			*out++ = (char)(bits >> n);
		}
	}
	*out = '\0';
}

static unsigned int number_of(const char *subject)
{
	const char *slash = strchr(subject, '/'), *open = strchr(subject, '['), *p;

	if (!slash || !open || open > slash || slash > open + strcspn(open, "]"))
		return 0;
	for (p = slash; p > open + 1 && isdigit((unsigned char)p[-1]); p--)
		;
	return p < slash ? (unsigned int)strtoul(p, NULL, 10) : 0;
}

static struct mail read_mail(const char *p, const char *end)
{
	const char *head = p, *body;
	struct mail m = { 0 };
	char *encoding;

	for (body = p; body && body < end && *body != '\n' && *body != '\r'; body = next_line(body))
		;
	if (!body || body > end)
		body = end;
	encoding = header(head, body, "Content-Transfer-Encoding");
	m.subject = header(head, body, "Subject");
	m.number = number_of(m.subject);
	m.body = str_printf("%.*s", (int)(end - body), body);
	if (!strcasecmp(encoding, "quoted-printable"))
		quoted_printable(m.body);
	else if (!strcasecmp(encoding, "base64"))
		base64(m.body);
	free(encoding);
	return m;
}

/* Few and nearly in order: insertion keeps equal ones as they came */
static void insert(struct mail *mails, size_t n, struct mail m)
{
	while (n && m.number && mails[n - 1].number > m.number) {
		mails[n] = mails[n - 1];
		n--;
	}
	mails[n] = m;
}

struct mail *mails_split(const char *text, size_t *n)
{
	bool box = is_separator(text);
	struct mail *mails = NULL, m;
	const char *p, *end;
	size_t room = 0;

	*n = 0;
	if (!box && !is_header(text))
		return NULL;
	for (p = text; p && *p; p = end) {
		if (box)
			p = next_line(p);
		for (end = p; box && end && !is_separator(end); end = next_line(end))
			;
		if (!p)
			break;
		if (!box || !end)
			end = p + strlen(p);
		m = read_mail(p, end);
		if (!strncasecmp(m.subject, "Re:", 3)) {
			free(m.body);
			free(m.subject);
			continue;
		}
		if (*n == room) {
			room = room ? 2 * room : 16;
			mails = realloc(mails, room * sizeof(*mails));
			if (!mails)
				abort();
		}
		insert(mails, (*n)++, m);
	}
	return mails;
}
