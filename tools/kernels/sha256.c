// SPDX-License-Identifier: GPL-2.0-only
/*
 * SHA-256 (FIPS 180-4), for the checksums of what was downloaded. The round
 * constants are the fractional parts of the cube roots of the first 64
 * primes; they are computed in integers, so there is no table to mistype.
 */
#include "sha256.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static uint32_t round_k[64];

/* frac(root(p)) * 2^32 by bisection: the largest x with x^n <= p * 2^(32n) */
static uint32_t root_fraction(unsigned int prime, unsigned int degree)
{
	uint64_t lo = 0, hi = (uint64_t)20 << 32;

	while (hi - lo > 1) {
		uint64_t mid = lo + (hi - lo) / 2;
		long double x = (long double)mid / 4294967296.0L;
		long double power = degree == 2 ? x * x : x * x * x;

		if (power <= (long double)prime)
			lo = mid;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

static void constants(uint32_t *initial)
{
	unsigned int n = 2, found = 0;

	for (; found < 64; n++) {
		unsigned int d = 2;

		while (d * d <= n && n % d)
			d++;
		if (d * d <= n)
			continue;
		round_k[found] = root_fraction(n, 3);
		if (found < 8)
			initial[found] = root_fraction(n, 2);
		found++;
	}
}

static uint32_t ror(uint32_t v, unsigned int n)
{
	return v >> n | v << (32 - n);
}

static void compress(uint32_t *h, const unsigned char *p)
{
	uint32_t w[64], v[8];
	int i;

	for (i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	for (; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + (ror(a, 7) ^ ror(a, 18) ^ a >> 3) + w[i - 7] +
		       (ror(b, 17) ^ ror(b, 19) ^ b >> 10);
	}
	memcpy(v, h, sizeof(v));
	for (i = 0; i < 64; i++) {
		uint32_t e = v[4], a = v[0];
		uint32_t t1 = v[7] + (ror(e, 6) ^ ror(e, 11) ^ ror(e, 25)) +
			      ((e & v[5]) ^ (~e & v[6])) + round_k[i] + w[i];
		uint32_t t2 = (ror(a, 2) ^ ror(a, 13) ^ ror(a, 22)) +
			      ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, 7 * sizeof(*v));
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (i = 0; i < 8; i++)
		h[i] += v[i];
}

void sha256_init(struct sha256 *s)
{
	static uint32_t initial[8];

	if (!round_k[0])
		constants(initial);
	memcpy(s->state, initial, sizeof(initial));
	s->total = 0;
}

void sha256_update(struct sha256 *s, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len) {
		size_t have = s->total % 64, take = 64 - have;

		if (take > len)
			take = len;
		memcpy(s->block + have, p, take);
		s->total += take;
		p += take;
		len -= take;
		if (have + take == 64)
			compress(s->state, s->block);
	}
}

void sha256_final(struct sha256 *s, char *hex)
{
	uint64_t bits = s->total * 8;
	unsigned char tail[72] = { 0x80 };
	size_t pad = 64 - (s->total + 8) % 64;
	int i;

	for (i = 0; i < 8; i++)
		tail[pad + i] = (unsigned char)(bits >> (56 - 8 * i));
	sha256_update(s, tail, pad + 8);
	for (i = 0; i < 8; i++)
		sprintf(hex + 8 * i, "%08x", (unsigned int)s->state[i]);
}

int sha256_file(const char *path, char *hex)
{
	static unsigned char buf[1 << 16];
	FILE *f = fopen(path, "rb");
	struct sha256 s;
	size_t n;
	int err;

	if (!f)
		return -errno;
	sha256_init(&s);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		sha256_update(&s, buf, n);
	err = ferror(f) ? -EIO : 0;
	fclose(f);
	sha256_final(&s, hex);
	return err;
}
