// SPDX-License-Identifier: GPL-2.0-only
/* What system calls say when a driver lacks the method, or the file the mode. */
#include <linux/mman.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include "fs_helper.h"

#define DEV	"/dev/ktest"

static struct cdev dev;
static const struct file_operations no_fops;
static char buf[16];

static ssize_t one_read(struct file *f, char __user *b, size_t n, loff_t *pos)
{
	if (n > 4)
		n = 4;
	if (copy_to_user(b, "data", n))
		return -EFAULT;
	*pos += n;
	return n;
}

static ssize_t one_write(struct file *f, const char __user *b, size_t n, loff_t *pos)
{
	*pos += n;
	return n;
}

static long one_ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	return cmd == 1 ? -ENOIOCTLCMD : -ERESTARTSYS;
}

static int one_mmap(struct file *f, struct vm_area_struct *vma)
{
	return vma->vm_pgoff ? -EINVAL : 0;
}

static const struct file_operations one_fops = {
	.read = one_read,
	.write = one_write,
	.unlocked_ioctl = one_ioctl,
	.mmap = one_mmap,
	.llseek = default_llseek,
};

static int stream_dev_open(struct inode *inode, struct file *file)
{
	return stream_open(inode, file);
}

static ssize_t stream_read(struct file *f, char __user *b, size_t n, loff_t *pos)
{
	KEXPECT(!pos);
	return 0;
}

static const struct file_operations stream_fops = {
	.open = stream_dev_open,
	.read = stream_read,
	.llseek = default_llseek,
};

static int open_fails(struct inode *inode, struct file *file)
{
	return -EBUSY;
}

static int never_released(struct inode *inode, struct file *file)
{
	KEXPECT(0);
	return 0;
}

static const struct file_operations fail_fops = {
	.open = open_fails,
	.release = never_released,
};

KTEST(errno_no_methods)
{
	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &no_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_read(3, buf, 4), -EINVAL);
	KEXPECT_EQ(kshim_sys_write(3, buf, 4), -EINVAL);
	KEXPECT_EQ(kshim_sys_pread(3, buf, 4, 0), -EINVAL);
	KEXPECT_EQ(kshim_sys_ioctl(3, 1, 0), -ENOTTY);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_READ, MAP_SHARED, 3, 0), -ENODEV);
	KEXPECT_EQ(kshim_sys_lseek(3, 0, SEEK_SET), -ESPIPE);
	KEXPECT_EQ(kshim_sys_poll(3, EPOLLIN | EPOLLOUT, -1), EPOLLIN | EPOLLOUT);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	ktest_dev_del(&dev, "ktest");
}

KTEST(errno_no_file)
{
	KEXPECT_EQ(kshim_sys_read(3, buf, 4), -EBADF);
	KEXPECT_EQ(kshim_sys_write(3, buf, 4), -EBADF);
	KEXPECT_EQ(kshim_sys_pwrite(3, buf, 4, 0), -EBADF);
	KEXPECT_EQ(kshim_sys_pread(3, buf, 4, -1), -EINVAL);
	KEXPECT_EQ(kshim_sys_ioctl(3, 1, 0), -EBADF);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_READ, MAP_SHARED, 3, 0), -EBADF);
	KEXPECT_EQ(kshim_sys_lseek(3, 0, SEEK_SET), -EBADF);
	KEXPECT_EQ(kshim_sys_poll(3, EPOLLIN, -1), EPOLLNVAL);
}

KTEST(errno_mode)
{
	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &one_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDONLY), 3);
	KEXPECT_EQ(kshim_sys_open(DEV, O_WRONLY), 4);
	KEXPECT_EQ(kshim_sys_write(3, buf, 4), -EBADF);
	KEXPECT_EQ(kshim_sys_read(4, buf, 4), -EBADF);
	KEXPECT_EQ(kshim_sys_read(3, buf, 4), 4);
	KEXPECT_EQ(kshim_sys_write(4, buf, 4), 4);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_WRITE, MAP_SHARED, 3, 0), -EACCES);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_READ, MAP_SHARED, 4, 0), -EACCES);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(kshim_sys_close(4), 0);
	ktest_dev_del(&dev, "ktest");
}

KTEST(errno_arguments)
{
	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &one_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	KEXPECT_EQ(kshim_sys_read(3, buf, 2), 2);
	KEXPECT_EQ(kshim_sys_lseek(3, 0, SEEK_CUR), 2);
	KEXPECT_EQ(kshim_sys_lseek(3, 8, SEEK_SET), 8);
	KEXPECT_EQ(kshim_sys_lseek(3, -9, SEEK_CUR), -EINVAL);
	KEXPECT_EQ(kshim_sys_lseek(3, 0, 99), -EINVAL);
	KEXPECT_EQ(kshim_sys_pread(3, buf, 4, 100), 4);
	KEXPECT_EQ(kshim_sys_pread(3, buf, 4, -1), -EINVAL);
	KEXPECT_EQ(kshim_sys_lseek(3, 0, SEEK_CUR), 8);
	KEXPECT_EQ(kshim_sys_read(3, (void *)8, 4), -EFAULT);
	KEXPECT_EQ(kshim_sys_read(3, (void *)-4096L, 4), -EFAULT);
	KEXPECT_EQ(kshim_sys_ioctl(3, 1, 0), -ENOTTY);
	KEXPECT_EQ(kshim_sys_ioctl(3, 2, 0), -EINTR);
	KEXPECT_EQ(kshim_sys_mmap(0, PROT_READ, MAP_SHARED, 3, 0), -EINVAL);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_READ, MAP_SHARED, 3, 1), -EINVAL);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_READ, 0, 3, 0), -EINVAL);
	KEXPECT_EQ(kshim_sys_mmap(4096, PROT_READ, MAP_SHARED, 3, 4096), -EINVAL);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	ktest_dev_del(&dev, "ktest");
}

KTEST(errno_stream)
{
	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &stream_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDONLY), 3);
	KEXPECT_EQ(kshim_sys_read(3, buf, 4), 0);
	KEXPECT_EQ(kshim_sys_pread(3, buf, 4, 0), -ESPIPE);
	KEXPECT_EQ(kshim_sys_lseek(3, 0, SEEK_SET), -ESPIPE);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	ktest_dev_del(&dev, "ktest");
}

/* A file whose open() failed is never released, and its number is free. */
KTEST(errno_open_fails)
{
	long before = kshim_nr_open_files();

	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &fail_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), -EBUSY);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), -EBUSY);
	KEXPECT_EQ(kshim_nr_open_files(), before);
	KEXPECT_EQ(kshim_sys_eventfd(0, 0), 3);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	ktest_dev_del(&dev, "ktest");
}

static int nr_closed;

static void area_close(struct vm_area_struct *vma)
{
	nr_closed++;
}

static vm_fault_t area_fault(struct vm_fault *vmf)
{
	return vmf->pgoff ? VM_FAULT_SIGBUS : VM_FAULT_NOPAGE;
}

static const struct vm_operations_struct area_ops = {
	.close = area_close,
	.fault = area_fault,
};

static int area_mmap(struct file *f, struct vm_area_struct *vma)
{
	vma->vm_ops = &area_ops;
	return 0;
}

static int nr_released;

static int area_release(struct inode *inode, struct file *file)
{
	KEXPECT(nr_closed);
	nr_released++;
	return 0;
}

static const struct file_operations area_fops = {
	.mmap = area_mmap,
	.release = area_release,
};

/* An area holds its file; munmap closes the area, then gives the file back. */
KTEST(mmap_holds_file)
{
	long addr;

	nr_closed = nr_released = 0;
	KEXPECT_EQ(ktest_dev_add(&dev, "ktest", &area_fops, 0666), 0);
	KEXPECT_EQ(kshim_sys_open(DEV, O_RDWR), 3);
	addr = kshim_sys_mmap(8192, PROT_READ, MAP_SHARED, 3, 0);
	KEXPECT(addr > 0);
	KEXPECT_EQ(kshim_sys_close(3), 0);
	KEXPECT_EQ(nr_released, 0);
	KEXPECT_EQ(kshim_sys_touch(addr, 0), 0);
	KEXPECT_EQ(kshim_sys_touch(addr, 1), -EFAULT);
	KEXPECT_EQ(kshim_sys_touch(addr + 4096, 0), -EIO);
	KEXPECT_EQ(kshim_sys_touch(addr + 8192, 0), -EFAULT);
	KEXPECT_EQ(kshim_sys_munmap(addr + 1, 4096), -EINVAL);
	KEXPECT_EQ(kshim_sys_munmap(addr, 0), -EINVAL);
	KEXPECT_EQ(kshim_sys_munmap(addr + 16384, 4096), 0);
	KEXPECT_EQ(nr_closed, 0);
	KEXPECT_EQ(kshim_sys_munmap(addr, 8192), 0);
	KEXPECT_EQ(nr_closed, 1);
	KEXPECT_EQ(nr_released, 1);
	ktest_dev_del(&dev, "ktest");
}
