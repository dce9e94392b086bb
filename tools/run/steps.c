// SPDX-License-Identifier: GPL-2.0-only
/*
 * run --steps: what each labelled step of one execution has answered, as a
 * program in the machine would print it:
 *
 *	LABEL: RESULT
 *	  K<level> line of the kernel log since the label before
 */
#include <errno.h>
#include <string.h>
#include <linux/vfio.h>

#include "kshim/inspect.h"
#include "kshim/user.h"
#include "machine.h"
#include "record.h"
#include "report/names.h"

FILE *run_steps_file;

static bool gives_fd(const struct scn_step *s)
{
	return s->verb == SCN_OPEN || s->verb == SCN_DUP ||
	       (s->verb == SCN_IOCTL && (s->arg[1].num & 0xffffffff) == VFIO_GROUP_GET_DEVICE_FD);
}

/* Steps that are a write to a file below /sys, and the like: done or not. */
static bool says_ok(const struct scn_step *s)
{
	switch (s->verb) {
	case SCN_BIND: case SCN_UNBIND: case SCN_DRIVER_OVERRIDE: case SCN_REMOVE:
	case SCN_ADD: case SCN_PROBE: case SCN_INSMOD: case SCN_RMMOD: case SCN_SYSFS:
	case SCN_MMAP:
		return true;
	default:
		return false;
	}
}

static void print_error(long result)
{
	const char *name = errno_name(-result);

	if (name)
		fprintf(run_steps_file, "-1 %s", name);
	else
		fprintf(run_steps_file, "-1 E%ld", -result);
}

static void print_status(long flags)
{
	fprintf(run_steps_file, "0 flags=%s%s%s", flags & 1 ? "VIABLE" : "",
		flags & 2 ? "|CONTAINER_SET" : "", flags & 3 ? "" : "0");
}

static void print_info(const struct scn_step *s, const char *mem)
{
	/* By name: devices and containers use the same numbers. */
	if (!strcmp(s->ioctl->name, "VFIO_DEVICE_GET_INFO")) {
		const struct vfio_device_info *i = (const void *)mem;

		fprintf(run_steps_file, "0 flags=0x%x regions=%u irqs=%u", i->flags,
			i->num_regions, i->num_irqs);
	} else if (!strcmp(s->ioctl->name, "VFIO_IOMMU_GET_INFO")) {
		const struct vfio_iommu_type1_info *i = (const void *)mem;

		fprintf(run_steps_file, "0 flags=0x%x pgsizes=0x%llx", i->flags,
			(unsigned long long)i->iova_pgsizes);
	} else {
		fputs("0", run_steps_file);
	}
}

static void print_stat(const struct scn_step *s, long result)
{
	if (!strncmp(s->arg[0].str, "/sys/", 5))
		fputs("exists", run_steps_file);
	else
		fprintf(run_steps_file, "chr mode=%lo major=%ld minor=%ld", result & 07777,
			result >> 32, (result >> 12) & 0xfffff);
}

static void print_result(const struct scn_step *s, long result, const char *mem);

/* A step of another task: has it returned, and with what. */
static void print_check(const struct scn_arg *a, long done)
{
	const struct scn_step *of = &run_interp.scn->steps[a->index];

	if (!done) {
		fputs("no (blocked)", run_steps_file);
	} else if (run_interp.flags[a->index] & SCN_STEP_KILLED) {
		fputs("task ended by SIGKILL", run_steps_file);
	} else {
		print_result(of, run_interp.result[a->index], "");
		if (of->task >= 0)
			fprintf(run_steps_file, " (sigs=%d)", run_interp.signals[of->task]);
	}
}

static void print_value(const struct scn_step *s, long result, const char *mem)
{
	const char *driver;

	switch (s->verb) {
	case SCN_STATE:
		fprintf(run_steps_file, "state=%c", (char)result);
		return;
	case SCN_CHECK:
		print_check(&s->arg[0], result);
		return;
	case SCN_DRIVER:
		driver = result ? kshim_device_driver(run_interp.scn->devices[s->arg[0].index].addr) :
			 NULL;
		fputs(driver ? driver : "(none)", run_steps_file);
		return;
	case SCN_STAT:
		print_stat(s, result);
		return;
	default:
		break;
	}
	if (s->ioctl && s->ioctl->arg == SCN_IOC_STATUS)
		print_status(result);
	else if (s->ioctl && s->ioctl->arg == SCN_IOC_STRUCT)
		print_info(s, mem);
	else if (s->ioctl && s->ioctl->arg == SCN_IOC_UNMAP)
		fprintf(run_steps_file, "0 unmapped=%ld", result);
	else
		fprintf(run_steps_file, "%ld", result);
}

static void print_result(const struct scn_step *s, long result, const char *mem)
{
	if (result < 0)
		print_error(result);
	else if (gives_fd(s))
		fputs("fd", run_steps_file);
	else if (says_ok(s))
		fputs("ok", run_steps_file);
	else
		print_value(s, result, mem);
}

/**
 * steps_print() - one line for a step, and the kernel's lines since the last
 * @s:		step with a label
 * @result:	its result
 * @mem:	what its ioctl has filled
 */
void steps_print(const struct scn_step *s, long result, const char *mem)
{
	static unsigned int printed;

	fprintf(run_steps_file, "%s: ", s->label);
	print_result(s, result, mem);
	fputc('\n', run_steps_file);
	if (printed > rec.nlog)
		printed = 0;
	for (; printed < rec.nlog; printed++)
		if (rec.log[printed].level >= 0)
			fprintf(run_steps_file, "  K%d %s\n", rec.log[printed].level,
				rec.log[printed].text);
}
