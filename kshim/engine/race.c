// SPDX-License-Identifier: GPL-2.0-only
/*
 * Data races by happens-before: FastTrack's epochs, byte-precise.
 *
 * Two accesses race when one of them writes, not both are marked, and nothing
 * orders them; whether they came one right after the other does not matter.
 * Order comes from hb.c.
 *
 * Given: an index word for each 8 bytes of the arena and of the guest's globals
 * leads to cells that partition these 8 bytes by how they were accessed, each
 * with the accesses that no later one makes superfluous. The index is
 * forgotten between runs by a generation number. Not given: more than
 * CELL_ENTRIES such accesses at once; then the oldest is forgotten.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "hb.h"
#include "task.h"

#define CELL_BITS	18
#define CELL_MAX	(1U << CELL_BITS)
#define CELL_ENTRIES	7
#define GEN_MAX		(1U << (32 - CELL_BITS))
#define PAIR_SLOTS	4096U

KSHIM_ORACLE(kshim_oracle_race, "data-race",
	     "two accesses that nothing orders; listed only, unless --races=fail");

/* An entry is pc << 32 | clock << 8 | task << 2 | kind. */
struct cell {
	uint32_t next;		/* for other bytes of these 8; 0: none */
	uint8_t mask;		/* of these bytes */
	uint8_t n;
	uint16_t unused;
	uint64_t e[CELL_ENTRIES];
};

/* While a trace is recorded, for each entry: everything. */
struct record {
	struct kshim_race_side side[CELL_ENTRIES];
};

extern unsigned long kshim_guest_lo, kshim_guest_len;

static struct cell *cells;
static uint32_t ncells, gen;
static uint32_t *arena_index, *guest_index;
static uint32_t **first_of;		/* for each cell: the index word that leads to it, or NULL */
static unsigned long arena_indexed;	/* words of arena_index that were ever used */
static struct record *records;
static bool recording;
unsigned long race_code_lo, race_code_len;
static uint64_t pairs[PAIR_SLOTS];
static unsigned int npairs;

int kshim_code_has(const void *pc)
{
	return race_under_test(pc);
}

void kshim_code_range(const void *start, const void *end)
{
	race_code_lo = (unsigned long)start;
	race_code_len = (unsigned long)end - (unsigned long)start;
}

void kshim_race_forget(void)
{
	memset(pairs, 0, sizeof(pairs));
	npairs = 0;
}

static void *map(unsigned long size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		abort();
	return p;
}

static unsigned long guest_granules(void)
{
	return (kshim_guest_len >> 3) + 2;
}

void race_begin(void)
{
	if (!cells) {
		cells = map(CELL_MAX * sizeof(*cells));
		first_of = map(CELL_MAX * sizeof(*first_of));
		arena_index = map((KSHIM_ARENA_SIZE >> 3) * sizeof(*arena_index));
		guest_index = map(guest_granules() * sizeof(*guest_index));
	}
	if (++gen == GEN_MAX) {
		memset(arena_index, 0, arena_indexed * sizeof(*arena_index));
		memset(guest_index, 0, guest_granules() * sizeof(*guest_index));
		gen = 1;
	}
	recording = kshim_hot.slow;
	if (recording && !records)
		records = map(CELL_MAX * sizeof(*records));
	ncells = 1;
	hb_begin();
}

unsigned int race_run(void)
{
	return gen;
}

unsigned long race_moved(void)
{
	return sizeof(ncells) + ncells * sizeof(*cells) + hb_moved();
}

void race_move(struct kshim_mover *m)
{
	uint32_t used = ncells, i;

	kshim_move(m, &ncells, sizeof(ncells));
	for (i = ncells; i < used; i++)
		if (first_of[i])
			*first_of[i] = 0;
	kshim_move(m, cells, ncells * sizeof(*cells));
	hb_move(m);
}

/* Is a later access of one kind as good as an earlier one of another? */
static inline int covers(unsigned int later, unsigned int earlier)
{
	/* plain write: all; plain read and marked write: themselves and marked reads */
	enum {
		BY_READ = 1 << RACE_READ | 1 << RACE_MARKED_READ,
		BY_WRITE = 0xf,
		BY_MARKED_READ = 1 << RACE_MARKED_READ,
		BY_MARKED_WRITE = 1 << RACE_MARKED_WRITE | 1 << RACE_MARKED_READ,
	};
	static_assert(RACE_WRITE == 1 && RACE_MARKED_READ == 2, "the order of the shifts");

	return (BY_READ | BY_WRITE << 4 | BY_MARKED_READ << 8 | BY_MARKED_WRITE << 12) >>
		(4 * later + earlier) & 1;
}

static inline int conflicts(unsigned int a, unsigned int b)
{
	return ((a | b) & 1) && !(a & b & 2);
}

static bool pair_is_new(uint32_t a, uint32_t b)
{
	uint64_t key = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
	unsigned int i = (unsigned int)((key * 0x9e3779b97f4a7c15UL) >> 40) % PAIR_SLOTS;

	while (pairs[i]) {
		if (pairs[i] == key)
			return false;
		i = (i + 1) % PAIR_SLOTS;
	}
	if (npairs == PAIR_SLOTS / 2)
		return false;
	npairs++;
	pairs[i] = key;
	return true;
}

static void fill_side(struct kshim_race_side *s, const void *addr, unsigned long size,
		      unsigned int kind, const void *pc)
{
	memset(s, 0, sizeof(*s));
	s->task = kshim_hot.cur->id;
	s->addr = addr;
	s->size = size;
	s->write = kind & 1;
	s->marked = kind >> 1;
	s->pc = pc;
	if (!recording)
		return;
	s->nstack = kshim_stack(s->stack, KSHIM_RACE_STACK);
	if (kshim_sink.held)
		s->nlocks = kshim_sink.held(s->task, s->locks, KSHIM_RACE_LOCKS);
	s->has_value = size <= 8 && kshim_addressable(addr, size);
	if (s->has_value)
		memcpy(&s->value, addr, size);
}

static __attribute__((noinline, cold))
void race(const struct cell *c, unsigned int i, const void *addr, unsigned long size,
	  unsigned int kind, const void *pc)
{
	struct kshim_race r;
	uint64_t e = c->e[i];
	const char *text;

	if (!pair_is_new((uint32_t)(e >> 32), (uint32_t)(unsigned long)pc))
		return;
	memset(&r, 0, sizeof(r));
	fill_side(&r.now, addr, size, kind, pc);
	if (recording) {
		r.before = records[c - cells].side[i];
	} else {
		r.before.task = e >> 2 & 63;
		r.before.write = e & 1;
		r.before.marked = e >> 1 & 1;
		r.before.pc = (const void *)(e >> 32);
		r.before.addr = addr;
		r.before.size = size;
	}
	text = kshim_sink.race ? kshim_sink.race(&r) : NULL;
	if (text)
		kshim_report(&kshim_oracle_race, 0, "%s", text);
}

struct access {
	const void *addr;
	unsigned long size;
	unsigned int kind;
	const void *pc;
	uint32_t epoch;
	const uint32_t *clock;
};

static inline void put(struct cell *c, unsigned int i, const struct access *a)
{
	c->e[i] = (uint64_t)(unsigned long)a->pc << 32 | a->epoch | a->kind;
	c->n = i + 1;
	if (__builtin_expect(recording, 0))
		fill_side(&records[c - cells].side[i], a->addr, a->size, a->kind, a->pc);
}

static inline void move(struct cell *c, unsigned int to, unsigned int from)
{
	c->e[to] = c->e[from];
	if (__builtin_expect(recording, 0))
		records[c - cells].side[to] = records[c - cells].side[from];
}

static __attribute__((noinline)) void drop_oldest(struct cell *c)
{
	unsigned int i;

	for (i = 1; i < CELL_ENTRIES; i++)
		move(c, i - 1, i);
}

static inline __attribute__((always_inline))
void cell_access(struct cell *c, const struct access *a)
{
	unsigned int i, out = 0, n = c->n;

	for (i = 0; i < n; i++) {
		uint32_t e = (uint32_t)c->e[i];

		/* The same task in the same epoch has said so before. */
		if ((e ^ a->epoch) < 4 && covers(e & 3, a->kind) && out == i)
			return;
		if (e >> 8 <= a->clock[e >> 2 & 63]) {
			if (covers(a->kind, e & 3))
				continue;
		} else if (conflicts(a->kind, e & 3)) {
			race(c, i, a->addr, a->size, a->kind, a->pc);
		}
		if (__builtin_expect(out != i, 0))
			move(c, out, i);
		out++;
	}
	if (__builtin_expect(out == CELL_ENTRIES, 0)) {
		drop_oldest(c);
		out--;
	}
	put(c, out, a);
}

static inline struct cell *cell_new(uint8_t mask, uint32_t next)
{
	struct cell *c = &cells[ncells];

	if (ncells == CELL_MAX - 1)
		return NULL;	/* the rest of this run goes unwatched */
	first_of[ncells++] = NULL;
	c->mask = mask;
	c->next = next;
	c->n = 0;
	return c;
}

/* The first cell of these 8 bytes in this run; its one entry is the caller's to fill. */
static inline struct cell *cell_first(uint32_t *slot, uint8_t mask)
{
	unsigned long i = (unsigned long)(slot - arena_index);
	struct cell *c = cell_new(mask, 0);

	if (!c)
		return NULL;
	if (i >= arena_indexed && i < KSHIM_ARENA_SIZE >> 3)
		arena_indexed = i + 1;
	*slot = gen << CELL_BITS | (uint32_t)(c - cells);
	first_of[c - cells] = slot;
	c->n = 1;
	return c;
}

/* These 8 bytes were accessed differently before: cut the cells to fit. */
static __attribute__((noinline))
void granule_split(struct cell *first, uint8_t mask, const struct access *a)
{
	struct cell *c = first, *d;
	uint8_t left = mask;

	for (;;) {
		uint8_t common = c->mask & left;

		if (common && common != c->mask) {
			d = cell_new(c->mask & ~common, c->next);
			if (!d)
				return;
			memcpy(d->e, c->e, sizeof(d->e));
			d->n = c->n;
			if (recording)
				records[d - cells] = records[c - cells];
			c->mask = common;
			c->next = (uint32_t)(d - cells);
		}
		if (common)
			cell_access(c, a);
		left &= ~common;
		if (!left || !c->next)
			break;
		c = &cells[c->next];
	}
	if (!left)
		return;
	d = cell_new(left, first->next);
	if (!d)
		return;
	first->next = (uint32_t)(d - cells);
	put(d, 0, a);
}

static inline uint32_t *index_of(unsigned long addr)
{
	unsigned long off = addr - KSHIM_ARENA_BASE;

	if (off < KSHIM_ARENA_SIZE)
		return &arena_index[off >> 3];
	off = addr - kshim_guest_lo;
	if (off < kshim_guest_len)
		return &guest_index[(off + (kshim_guest_lo & 7)) >> 3];
	return NULL;
}

static inline void granule(unsigned long addr, uint8_t mask, const struct access *a)
{
	uint32_t *slot = index_of(addr);
	struct cell *c;

	if (!slot)
		return;
	if (*slot >> CELL_BITS != gen) {
		c = cell_first(slot, mask);
		if (c)
			put(c, 0, a);
		return;
	}
	c = &cells[*slot & (CELL_MAX - 1)];
	if (c->mask == mask)
		cell_access(c, a);
	else
		granule_split(c, mask, a);
}

static __attribute__((noinline))
void access_any(const void *addr, unsigned long size, enum race_kind kind, const void *pc)
{
	unsigned long p = (unsigned long)addr;
	unsigned int me = kshim_hot.cur->id;
	struct access a = {
		.addr = addr, .size = size, .kind = kind, .pc = pc,
		.epoch = hb_clock[me][me] << 8 | me << 2, .clock = hb_clock[me],
	};

	while (size) {
		unsigned int off = p & 7, n = size < 8 - off ? (unsigned int)size : 8 - off;

		granule(p, (uint8_t)(((1U << n) - 1) << off), &a);
		p += n;
		size -= n;
	}
}

/*
 * The short way for what nearly all accesses are: the first one, one that this
 * epoch has seen before, or one that comes after all that are kept.
 */
static inline bool access_short(uint32_t *slot, uint8_t mask, enum race_kind kind,
				const void *pc, unsigned int me)
{
	const uint32_t *clock = hb_clock[me];
	uint32_t epoch = clock[me] << 8 | me << 2, e;
	unsigned int i, last;
	struct cell *c;

	if (*slot >> CELL_BITS != gen) {
		c = cell_first(slot, mask);
		if (!c)
			return true;
		last = 0;
	} else {
		c = &cells[*slot & (CELL_MAX - 1)];
		if (c->mask != mask)
			return false;
		last = c->n - 1U;
		e = (uint32_t)c->e[last];
		if ((e ^ epoch) < 4 && covers(e & 3, kind))
			return true;
		for (i = 0; i <= last; i++)
			if ((uint32_t)c->e[i] >> 8 > clock[c->e[i] >> 2 & 63])
				return false;
		if (kind == RACE_WRITE)
			last = 0;
		else if (!covers(kind, e & 3) && ++last == CELL_ENTRIES)
			return false;
		c->n = (uint8_t)(last + 1);
	}
	c->e[last] = (uint64_t)(unsigned long)pc << 32 | epoch | kind;
	return true;
}

void race_access(const void *addr, unsigned long size, enum race_kind kind, const void *pc)
{
	unsigned int off = (unsigned long)addr & 7;
	uint32_t *slot;

	if (__builtin_expect(!kshim_hot.cur || !cells, 0))
		return;
	if (__builtin_expect(off + size <= 8 && !recording, 1)) {
		slot = index_of((unsigned long)addr);
		if (!slot || access_short(slot, (uint8_t)(((1U << size) - 1) << off), kind, pc,
					  kshim_hot.cur->id))
			return;
	}
	access_any(addr, size, kind, pc);
}

/* What was never accessed needs no look; what comes later is a use after free. */
void kshim_hb_free_slow(const void *p, unsigned long size, const void *pc)
{
	unsigned long at = (unsigned long)p, end = at + size;

	if (!race_under_test(pc))
		return;
	for (; at < end; at += 8) {
		const uint32_t *slot = index_of(at);

		if (slot && *slot >> CELL_BITS == gen)
			race_access((const void *)at, end - at < 8 ? end - at : 8, RACE_WRITE, pc);
	}
}
