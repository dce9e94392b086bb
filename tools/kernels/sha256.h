/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VFIOSIM_SHA256_H
#define VFIOSIM_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_HEX_LEN 64

struct sha256 {
	uint32_t state[8];
	uint64_t total;		/* bytes so far */
	unsigned char block[64];
};

void sha256_init(struct sha256 *s);
void sha256_update(struct sha256 *s, const void *data, size_t len);

/**
 * sha256_final() - close the sum and write it as lower-case hex
 * @s:		not to be used afterwards without sha256_init()
 * @hex:	SHA256_HEX_LEN + 1 bytes
 */
void sha256_final(struct sha256 *s, char *hex);

/**
 * sha256_file() - the sum of a file's bytes
 * @path:	a readable file
 * @hex:	SHA256_HEX_LEN + 1 bytes
 *
 * Return: 0, or -errno when the file cannot be read.
 */
int sha256_file(const char *path, char *hex);

#endif
