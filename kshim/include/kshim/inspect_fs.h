/* SPDX-License-Identifier: GPL-2.0-only */
/* What the end of a run looks at. Plain types only. */
#ifndef KSHIM_INSPECT_FS_H
#define KSHIM_INSPECT_FS_H

/* Open files alive in the whole system, deferred releases included. */
long kshim_nr_open_files(void);

#endif
