/* SPDX-License-Identifier: GPL-2.0-only */
/* Every access of the code under test is checked anyway: nothing here. */
