/* SPDX-License-Identifier: GPL-2.0-only */
/* What all sample devices do the same way: 64 bytes of registers. */
#ifndef DRIVERS_DEVICE_OPS_H
#define DRIVERS_DEVICE_OPS_H

#include <linux/kernel.h>
#include <linux/uaccess.h>
#include <linux/vfio.h>

#define DEVICE_NR_REGS	16
#define DEVICE_SIZE	(DEVICE_NR_REGS * sizeof(u32))

static inline long device_ops_ioctl(unsigned int cmd, unsigned long arg)
{
	unsigned long minsz = offsetofend(struct vfio_device_info, num_irqs);
	struct vfio_device_info info;

	switch (cmd) {
	case VFIO_DEVICE_GET_INFO:
		if (copy_from_user(&info, (void __user *)arg, minsz))
			return -EFAULT;
		if (info.argsz < minsz)
			return -EINVAL;
		info.flags = VFIO_DEVICE_FLAGS_RESET;
		info.num_regions = 1;
		info.num_irqs = 0;
		return copy_to_user((void __user *)arg, &info, minsz) ? -EFAULT : 0;
	case VFIO_DEVICE_RESET:
		return 0;
	}
	return -ENOTTY;
}

static inline ssize_t device_ops_read(u32 *regs, char __user *buf, size_t count,
				      loff_t *ppos)
{
	if (*ppos < 0 || *ppos >= DEVICE_SIZE)
		return 0;
	if (count > DEVICE_SIZE - *ppos)
		count = DEVICE_SIZE - *ppos;
	if (copy_to_user(buf, (char *)regs + *ppos, count))
		return -EFAULT;
	*ppos += count;
	return count;
}

static inline ssize_t device_ops_write(u32 *regs, const char __user *buf, size_t count,
				       loff_t *ppos)
{
	if (*ppos < 0 || *ppos >= DEVICE_SIZE)
		return -EINVAL;
	if (count > DEVICE_SIZE - *ppos)
		count = DEVICE_SIZE - *ppos;
	if (copy_from_user((char *)regs + *ppos, buf, count))
		return -EFAULT;
	*ppos += count;
	return count;
}

#endif
