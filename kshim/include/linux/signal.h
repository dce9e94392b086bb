/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/signal.h and the numbers of asm/signal.h. */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/types.h>

#define SIGHUP		1
#define SIGINT		2
#define SIGQUIT		3
#define SIGBUS		7
#define SIGKILL		9
#define SIGUSR1		10
#define SIGSEGV		11
#define SIGUSR2		12
#define SIGALRM		14
#define SIGTERM		15
#define SIGCHLD		17
#define SIGIO		29
#define _NSIG		64

typedef struct {
	u64 sig;
} sigset_t;

struct kernel_siginfo;
#define SEND_SIG_NOINFO	((struct kernel_siginfo *)0)
#define SEND_SIG_PRIV	((struct kernel_siginfo *)1)

#endif
