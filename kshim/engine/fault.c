// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of the code under test become oopses: the handler runs on its own
 * stack, notes where it happened and leaves the run for good. A fault outside
 * any task is a bug of the harness and dies as such.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>

#include "task.h"

#define ALTSTACK_SIZE	(64 * 1024)

KSHIM_ORACLE(kshim_oracle_oops, "oops",
	     "NULL dereference, wild pointer, divide error in the code under test");
extern struct kshim_oracle kshim_oracle_livelock;

static volatile unsigned long watchdog_last;
static volatile unsigned int watchdog_ticks;
unsigned long kshim_run_serial;

void kshim_altstack_here(void)
{
	stack_t ss = { .ss_size = ALTSTACK_SIZE };

	ss.ss_sp = mmap(NULL, ALTSTACK_SIZE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (ss.ss_sp == MAP_FAILED || sigaltstack(&ss, NULL))
		abort();
}

static void host_fault(int sig)
{
	signal(sig, SIG_DFL);
	raise(sig);
}

static void on_fault(int sig, siginfo_t *si, void *ucp)
{
	const ucontext_t *uc = ucp;
	unsigned long addr = (unsigned long)si->si_addr;

	if (!kshim_self()) {
		host_fault(sig);
		return;
	}
	kshim_last_access.valid = 1;
	kshim_last_access.addr = si->si_addr;
	kshim_last_access.size = 0;
	kshim_last_access.write = 0;
	kshim_last_access.shadow = 0;
#ifdef __x86_64__
	kshim_last_access.write = !!(uc->uc_mcontext.gregs[REG_ERR] & 2);
	kshim_last_access.pc = (const void *)uc->uc_mcontext.gregs[REG_RIP];
	kshim_last_access.fp = (const void *)uc->uc_mcontext.gregs[REG_RBP];
	/* A call through a NULL pointer: blame the caller. */
	if (!kshim_last_access.pc)
		kshim_last_access.pc =
			*(const void **)uc->uc_mcontext.gregs[REG_RSP];
#endif
	if (sig == SIGFPE)
		kshim_die(&kshim_oracle_oops, "divide error");
	if (si->si_code == SI_KERNEL || sig == SIGBUS)
		kshim_die(&kshim_oracle_oops,
			  "general protection fault, probably for non-canonical address");
	if (addr < 4096)
		kshim_die(&kshim_oracle_oops,
			  "BUG: kernel NULL pointer dereference, address: %016lx", addr);
	kshim_die(&kshim_oracle_oops,
		  "BUG: unable to handle page fault for address: %016lx", addr);
}

/*
 * A loop without a point in it (over a corrupted list, say) never comes back
 * to the scheduler. Two seconds of CPU time in one run without a new run or
 * point is taken for one.
 */
static void on_tick(int sig)
{
	unsigned long mark = kshim_run_serial + kshim_hot.npoints;

	(void)sig;
	if (mark != watchdog_last || !kshim_self() || kshim_hot.parallel) {
		watchdog_last = mark;
		watchdog_ticks = 0;
		return;
	}
	if (++watchdog_ticks >= 4)
		kshim_die(&kshim_oracle_livelock, "soft lockup: a loop without an end");
}

void kshim_engine_forked(void)
{
	struct itimerval it = { { 0, 500000 }, { 0, 500000 } };

	setitimer(ITIMER_VIRTUAL, &it, NULL);
}

void kshim_fault_init(void)
{
	struct sigaction sa;
	static int done;

	if (done)
		return;
	done = 1;
	kshim_altstack_here();
	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = on_fault;
	sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	sigaction(SIGFPE, &sa, NULL);
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_tick;
	sa.sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART;
	sigaction(SIGVTALRM, &sa, NULL);
	kshim_engine_forked();
}
