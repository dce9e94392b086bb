// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions that VFIO's lifecycle is made of, over all kernels: a tree has
 * those that it has. They are what coverage and mutation are measured on.
 */
#include "front.h"

#include <string.h>

static const char *const lifecycle[] = {
	/* a device appears and goes */
	"vfio_init_group_dev", "vfio_register_group_dev", "vfio_unregister_group_dev",
	"vfio_add_group_dev", "vfio_del_group_dev", "__vfio_register_dev",
	/* references to it */
	"vfio_device_put", "vfio_device_try_get", "vfio_device_put_registration",
	"vfio_device_try_get_registration", "vfio_device_get_from_dev",
	"vfio_device_get_from_name", "vfio_group_get_device",
	/* its group */
	"vfio_create_group", "vfio_group_unlock_and_free", "vfio_group_release", "vfio_group_get",
	"vfio_group_put", "vfio_group_put_bg", "vfio_group_schedule_put", "vfio_group_try_get",
	"vfio_group_get_from_iommu", "vfio_group_get_from_minor", "vfio_group_get_from_dev",
	"vfio_group_find_or_alloc", "vfio_group_alloc", "vfio_device_set_group",
	"vfio_device_remove_group", "vfio_device_group_register", "vfio_device_group_unregister",
	/* what drivers of other devices in the group do to it */
	"vfio_iommu_group_notifier", "vfio_group_nb_add_dev", "vfio_group_nb_verify",
	"vfio_dev_viable",
	/* open and release of the three files */
	"vfio_fops_open", "vfio_fops_release", "vfio_group_fops_open", "vfio_group_fops_release",
	"vfio_group_get_device_fd", "vfio_group_ioctl_get_device_fd", "vfio_device_open",
	"vfio_device_open_file", "vfio_device_first_open", "vfio_device_last_close",
	"vfio_df_open", "vfio_df_close", "vfio_df_group_open", "vfio_df_group_close",
	"vfio_device_fops_release",
	/* group and container */
	"vfio_container_get", "vfio_container_put", "vfio_container_release",
	"vfio_group_set_container", "vfio_group_ioctl_set_container", "vfio_group_unset_container",
	"vfio_group_ioctl_unset_container", "__vfio_group_unset_container",
	"vfio_group_try_dissolve_container", "vfio_container_attach_group",
	"vfio_group_detach_container", "vfio_group_use_container", "vfio_group_unuse_container",
};

bool lifecycle_function(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(lifecycle) / sizeof(*lifecycle); i++)
		if (!strcmp(lifecycle[i], name))
			return true;
	return false;
}
