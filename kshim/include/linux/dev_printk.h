/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/dev_printk.h: messages that name a device and its driver. */
#ifndef _DEVICE_PRINTK_H_
#define _DEVICE_PRINTK_H_

#include <linux/compiler.h>
#include <linux/printk.h>
#include <linux/types.h>

struct device;

#ifndef dev_fmt
#define dev_fmt(fmt) fmt
#endif

/* Prefix "DRIVER NAME: "; @level is a KERN_* string. */
__printf(3, 4)
void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...);

#define dev_printk(level, dev, fmt, ...)				\
	_dev_printk(level, dev, fmt, ##__VA_ARGS__)
#define dev_emerg(dev, fmt, ...)	_dev_printk(KERN_EMERG, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_alert(dev, fmt, ...)	_dev_printk(KERN_ALERT, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_crit(dev, fmt, ...)		_dev_printk(KERN_CRIT, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_err(dev, fmt, ...)		_dev_printk(KERN_ERR, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)		_dev_printk(KERN_WARNING, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...)	_dev_printk(KERN_NOTICE, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)		_dev_printk(KERN_INFO, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_dbg(dev, fmt, ...)						\
do {									\
	if (kshim_dyndbg())						\
		_dev_printk(KERN_DEBUG, dev, dev_fmt(fmt), ##__VA_ARGS__); \
} while (0)
#define dev_vdbg dev_dbg

#define dev_level_once(dev_level, dev, fmt, ...)			\
do {									\
	static bool __said;						\
	if (!__said) {							\
		__said = true;						\
		dev_level(dev, fmt, ##__VA_ARGS__);			\
	}								\
} while (0)
#define dev_err_once(dev, fmt, ...)	dev_level_once(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_once(dev, fmt, ...)	dev_level_once(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_info_once(dev, fmt, ...)	dev_level_once(dev_info, dev, fmt, ##__VA_ARGS__)
/* Nothing is rate limited: virtual time would make that arbitrary. */
#define dev_err_ratelimited	dev_err
#define dev_warn_ratelimited	dev_warn
#define dev_notice_ratelimited	dev_notice
#define dev_info_ratelimited	dev_info
#define dev_dbg_ratelimited	dev_dbg

#define dev_WARN(dev, format, arg...)					\
	WARN(1, "%s %s: " format, dev_driver_string(dev), dev_name(dev), ## arg)
#define dev_WARN_ONCE(dev, condition, format, arg...)			\
	WARN_ONCE(condition, "%s %s: " format,				\
		  dev_driver_string(dev), dev_name(dev), ## arg)

__printf(3, 4)
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...);

#endif
