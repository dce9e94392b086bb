// SPDX-License-Identifier: GPL-2.0-only
/* with_sigint COMMAND...: as from a terminal, where SIGINT is not ignored. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	signal(SIGINT, SIG_DFL);
	execv(argv[1], argv + 1);
	perror(argv[1]);
	return 2;
}
