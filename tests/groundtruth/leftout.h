/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Steps of the recorded logs that are not compared, and why. A pattern is of
 * fnmatch(3), matched against the step's name in the log; a kernel is that of
 * the log, NULL for all.
 */
#ifndef GROUNDTRUTH_LEFTOUT_H
#define GROUNDTRUTH_LEFTOUT_H

#include <stddef.h>

struct left_out {
	const char *kernel;
	const char *step;
	const char *why;
};

static const struct left_out left_out[] = {
	{ NULL, "A02 load_*", "a module that VFIO uses elsewhere and the guest does not have" },
	{ NULL, "A13 load_vfio_virqfd", "vfio-pci's interrupts: not in the guest" },
	{ NULL, "B03 load_vfio_pci_core", "vfio-pci is two modules, the sample driver one" },
	{ NULL, "B35 CHECK_EXT_DMA_CC_set", "the emulated IOMMU of the recorded machine does not "
	  "keep DMA coherent, the simulated one does" },
	{ NULL, "B60b GET_DEVICE_FD_suffix_space", "vfio-pci's own match() takes a blank behind "
	  "the name, the sample driver has none" },
	{ NULL, "B62 device_fd_flags", "there is no fcntl(2)" },
	{ NULL, "B63 device_fd_link", "there is no /proc" },
	{ NULL, "B66 DEVICE_GET_INFO", "vfio-pci's own ioctl" },
	{ NULL, "B67 DEVICE_GET_INFO_argsz4", "vfio-pci's own ioctl" },
	{ NULL, "B68 device_unknown_ioctl", "vfio-pci's own ioctl" },
	{ NULL, "B69 REGION_INFO_*", "vfio-pci's own ioctl" },
	{ NULL, "B70 IRQ_INFO_*", "vfio-pci's own ioctl" },
	{ NULL, "B7[12] pread_*", "vfio-pci's own read()" },
	{ NULL, "B73 DEVICE_RESET", "vfio-pci's own ioctl" },
	{ NULL, "D33 HOT_RESET_INFO", "vfio-pci's own ioctl" },
	{ NULL, "C00 bind_A", "was bound already: nothing is done" },
	{ NULL, "C[15] SET_IRQS_REQ_eventfd", "vfio-pci's own ioctl: here calls of request() are "
	  "counted without an eventfd" },
	{ "6.1", "C6 refcnt_vfio", "vfio-pci is two modules that need the core, the sample "
	  "driver one" },
};

/* The same for lines of the kernel log. */
static const struct left_out left_out_lines[] = {
	{ NULL, "*No device request channel registered*", "the driver's own message" },
	{ NULL, "*Relaying device request to user*", "the driver's own message" },
};

#endif
