/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/spinlock.h and rwlock.h; see kshim/locking/{spin,rw}lock.c. */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>
#if __has_include(<linux/cleanup.h>)
#include <linux/cleanup.h>
#endif

void spin_lock(spinlock_t *lock);
int spin_trylock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
int spin_is_locked(spinlock_t *lock);
int spin_is_contended(spinlock_t *lock);
void __spin_lock_init(spinlock_t *lock, const char *name, struct lock_class_key *key);
#define spin_lock_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
									\
	__spin_lock_init((lock), #lock, &__key);			\
} while (0)

/* Interrupts are tasks here, so all a saved flags word can say is "on". */
#define spin_lock_irq(l)		spin_lock(l)
#define spin_unlock_irq(l)		spin_unlock(l)
#define spin_lock_bh(l)			spin_lock(l)
#define spin_unlock_bh(l)		spin_unlock(l)
#define spin_lock_irqsave(l, f)		do { (f) = 0; spin_lock(l); } while (0)
#define spin_unlock_irqrestore(l, f)	do { (void)(f); spin_unlock(l); } while (0)
#define spin_trylock_irq(l)		spin_trylock(l)
#define spin_trylock_bh(l)		spin_trylock(l)
#define spin_trylock_irqsave(l, f)	({ (f) = 0; spin_trylock(l); })
void spin_lock_nested(spinlock_t *lock, unsigned int sub);
void kshim_spin_lock_nest(spinlock_t *lock, const void *nest);
#define spin_lock_nest_lock(l, n)	kshim_spin_lock_nest(l, n)
#define spin_lock_bh_nested(l, sub)	spin_lock_nested(l, sub)
#define spin_lock_irq_nested(l, sub)	spin_lock_nested(l, sub)
#define spin_lock_irqsave_nested(l, f, sub)	do { (f) = 0; spin_lock_nested(l, sub); } while (0)
#define assert_spin_locked(l)		BUG_ON(!spin_is_locked(l))

#define raw_spin_lock(l)		spin_lock(l)
#define raw_spin_trylock(l)		spin_trylock(l)
#define raw_spin_unlock(l)		spin_unlock(l)
#define raw_spin_lock_irq(l)		spin_lock(l)
#define raw_spin_unlock_irq(l)		spin_unlock(l)
#define raw_spin_lock_irqsave(l, f)	spin_lock_irqsave(l, f)
#define raw_spin_unlock_irqrestore(l, f) spin_unlock_irqrestore(l, f)
#define raw_spin_lock_nested(l, sub)	spin_lock_nested(l, sub)
#define raw_spin_lock_init(l)		spin_lock_init(l)

int atomic_dec_and_lock(atomic_t *cnt, spinlock_t *lock);
#define atomic_dec_and_lock_irqsave(cnt, l, f)				\
	({ (f) = 0; atomic_dec_and_lock(cnt, l); })

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key);
#define rwlock_init(lock)						\
do {									\
	static struct lock_class_key __key;				\
									\
	__rwlock_init((lock), #lock, &__key);				\
} while (0)
void read_lock(rwlock_t *lock);
void read_unlock(rwlock_t *lock);
int read_trylock(rwlock_t *lock);
void write_lock(rwlock_t *lock);
void write_unlock(rwlock_t *lock);
int write_trylock(rwlock_t *lock);
#define read_lock_irq(l)		read_lock(l)
#define read_unlock_irq(l)		read_unlock(l)
#define read_lock_bh(l)			read_lock(l)
#define read_unlock_bh(l)		read_unlock(l)
#define read_lock_irqsave(l, f)		do { (f) = 0; read_lock(l); } while (0)
#define read_unlock_irqrestore(l, f)	do { (void)(f); read_unlock(l); } while (0)
#define write_lock_irq(l)		write_lock(l)
#define write_unlock_irq(l)		write_unlock(l)
#define write_lock_bh(l)		write_lock(l)
#define write_unlock_bh(l)		write_unlock(l)
#define write_lock_irqsave(l, f)	do { (f) = 0; write_lock(l); } while (0)
#define write_unlock_irqrestore(l, f)	do { (void)(f); write_unlock(l); } while (0)

#ifdef DEFINE_LOCK_GUARD_1
DEFINE_LOCK_GUARD_1(raw_spinlock, raw_spinlock_t, raw_spin_lock(_T->lock),
		    raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(raw_spinlock_irqsave, raw_spinlock_t,
		    raw_spin_lock_irqsave(_T->lock, _T->flags),
		    raw_spin_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1(spinlock, spinlock_t, spin_lock(_T->lock),
		    spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irq, spinlock_t, spin_lock_irq(_T->lock),
		    spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_bh, spinlock_t, spin_lock_bh(_T->lock),
		    spin_unlock_bh(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irqsave, spinlock_t,
		    spin_lock_irqsave(_T->lock, _T->flags),
		    spin_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1(read_lock, rwlock_t, read_lock(_T->lock),
		    read_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(write_lock, rwlock_t, write_lock(_T->lock),
		    write_unlock(_T->lock))
#endif

#endif
