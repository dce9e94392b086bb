/* SPDX-License-Identifier: GPL-2.0-only */
/* Mirrors linux/byteorder/generic.h for a little-endian machine. */
#ifndef _ASM_BYTEORDER_H
#define _ASM_BYTEORDER_H

#include <uapi/linux/byteorder/little_endian.h>

#define cpu_to_le64	__cpu_to_le64
#define le64_to_cpu	__le64_to_cpu
#define cpu_to_le32	__cpu_to_le32
#define le32_to_cpu	__le32_to_cpu
#define cpu_to_le16	__cpu_to_le16
#define le16_to_cpu	__le16_to_cpu
#define cpu_to_be64	__cpu_to_be64
#define be64_to_cpu	__be64_to_cpu
#define cpu_to_be32	__cpu_to_be32
#define be32_to_cpu	__be32_to_cpu
#define cpu_to_be16	__cpu_to_be16
#define be16_to_cpu	__be16_to_cpu
#define cpu_to_le32s	__cpu_to_le32s
#define le32_to_cpus	__le32_to_cpus
#define le32_to_cpup	__le32_to_cpup
#define le16_to_cpup	__le16_to_cpup
#define swab16		__swab16
#define swab32		__swab32
#define swab64		__swab64

#endif
