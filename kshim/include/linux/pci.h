/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mirrors linux/pci.h as far as code that only asks "is this a PCI device?"
 * needs it. There is no PCI bus: the answer is no.
 */
#ifndef LINUX_PCI_H
#define LINUX_PCI_H

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/mod_devicetable.h>
#include <linux/types.h>
#include <uapi/linux/pci.h>

#define PCI_DEVFN_SLOT(devfn)	PCI_SLOT(devfn)

/* What a driver core that meets PCI devices may look at. */
struct pci_dev {
	struct device dev;
	u8 hdr_type;
};
struct pci_bus;
struct pci_driver;

#define dev_is_pci(d)	((void)(d), false)
#define to_pci_dev(n)	container_of(n, struct pci_dev, dev)

#endif
