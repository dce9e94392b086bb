/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GROUNDTRUTH_TRANSLATE_H
#define GROUNDTRUTH_TRANSLATE_H

#include <stdbool.h>

#define LEN		256
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

void our_words(char *text);
void forget_task(char *line);
bool our_group(char *line, const char *our, unsigned int file);
void canonical(char *r);

#endif
