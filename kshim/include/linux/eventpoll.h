/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/eventpoll.h: the event bits; there is no epoll. */
#ifndef _LINUX_EVENTPOLL_H
#define _LINUX_EVENTPOLL_H

#include <uapi/linux/eventpoll.h>

#endif
