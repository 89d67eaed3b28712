/* SPDX-License-Identifier: MIT */
#include "bed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

enum { USB_MAJOR = 189, HIDRAW_MAJOR = 240, TEXT_MAX = 192 };

/* umockdev wants NULL-terminated lists of names and values. */
struct list {
    char *text[2 * 16 + 1];
    size_t count;
};

__attribute__((format(printf, 3, 4))) static void
put(struct list *list, const char *name, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    list->text[list->count++] = g_strdup(name);
    list->text[list->count++] = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

/* Add a device below the latest one, and empty the lists. */
static const char *add(struct bed *bed, struct bed_place *place,
                       const char *subsystem, const char *name,
                       struct list both[static 2])
{
    char *device = umockdev_testbed_add_devicev(
        bed->testbed, subsystem, name,
        place->devices == 0 ? NULL : place->device[place->devices - 1],
        both[0].text, both[1].text);

    if (device == NULL)
        abort();
    place->device[place->devices++] = device;
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < both[i].count; j++)
            g_free(both[i].text[j]);
        both[i] = (struct list){0};
    }
    return device;
}

bool bed_make(struct bed *bed)
{
    bed->testbed = umockdev_testbed_new();
    bed->root = umockdev_testbed_get_root_dir(bed->testbed);
    /* Programs of other users are let in, as /dev and /sys let them. */
    return chmod(bed->root, 0755) == 0;
}

void bed_free(struct bed *bed)
{
    g_object_unref(bed->testbed);
    g_free(bed->root);
}

void bed_place(struct bed_place *place, const struct facts *facts,
               unsigned port, unsigned address)
{
    *place = (struct bed_place){.port = port, .address = address};
    snprintf(place->usb, sizeof place->usb, "/dev/bus/usb/001/%03u", address);
    if (facts->hid.in != 0)
        snprintf(place->hidraw, sizeof place->hidraw, "/dev/hidraw%u",
                 port - 1);
}

char *bed_real(const struct bed *bed, const char *node)
{
    char *path = g_build_filename(bed->root, node, NULL);
    char *folder = g_path_get_dirname(path);

    if (g_mkdir_with_parents(folder, 0755) != 0)
        abort();
    g_free(folder);
    return path;
}

/* --- /sys ----------------------------------------------------------------*/

static void add_usb(struct bed *bed, struct bed_place *place,
                    const struct facts *facts)
{
    struct list both[2] = {0};
    const char *device;
    char name[BED_NAME_MAX];
    uint8_t all[FACTS_DEVICE + FACTS_TREE_MAX];

    put(&both[0], "idVendor", "%04x", facts_vendor(facts));
    put(&both[0], "idProduct", "%04x", facts_product(facts));
    put(&both[0], "bcdDevice", "%02x%02x", facts->device[13],
        facts->device[12]);
    put(&both[0], "busnum", "1");
    put(&both[0], "devnum", "%u", place->address);
    put(&both[0], "speed", "12");
    put(&both[0], "bConfigurationValue", "%u", facts->tree[5]);
    put(&both[0], "manufacturer", "%s", facts->manufacturer);
    put(&both[0], "product", "%s", facts->product);
    put(&both[0], "serial", "%s", facts->serial);
    put(&both[0], "dev", "%u:%u", USB_MAJOR, place->address - 1);
    put(&both[1], "DEVTYPE", "usb_device");
    put(&both[1], "DEVNAME", "%s", place->usb);
    put(&both[1], "BUSNUM", "001");
    put(&both[1], "DEVNUM", "%03u", place->address);
    put(&both[1], "PRODUCT", "%x/%x/%x%02x", facts_vendor(facts),
        facts_product(facts), facts->device[13], facts->device[12]);
    snprintf(name, sizeof name, "1-%u", place->port);
    device = add(bed, place, "usb", name, both);
    memcpy(all, facts->device, FACTS_DEVICE);
    memcpy(all + FACTS_DEVICE, facts->tree, facts->tree_len);
    umockdev_testbed_set_attribute_binary(
        bed->testbed, device, "descriptors", all,
        (int)(FACTS_DEVICE + facts->tree_len));
}

/* The interface that is HID's, the HID device on it, and the node's. */
static void add_hid(struct bed *bed, struct bed_place *place,
                    const struct facts *facts)
{
    struct list both[2] = {0};
    char name[BED_NAME_MAX];
    const char *device;

    snprintf(name, sizeof name, "1-%u:1.%u", place->port, facts->hid.interface);
    put(&both[0], "bInterfaceNumber", "%02x", facts->hid.interface);
    put(&both[1], "DEVTYPE", "usb_interface");
    add(bed, place, "usb", name, both);

    snprintf(name, sizeof name, "0003:%04X:%04X.%04X", facts_vendor(facts),
             facts_product(facts), place->address);
    put(&both[1], "HID_ID", "0003:%08X:%08X", facts_vendor(facts),
        facts_product(facts));
    put(&both[1], "HID_NAME", "%s %s", facts->manufacturer, facts->product);
    put(&both[1], "HID_UNIQ", "%s", facts->serial);
    device = add(bed, place, "hid", name, both);
    umockdev_testbed_set_attribute_binary(
        bed->testbed, device, "report_descriptor",
        (guint8 *)(uintptr_t)facts->hid.report, (int)facts->hid.report_len);

    put(&both[0], "dev", "%u:%u", HIDRAW_MAJOR, place->port - 1);
    put(&both[1], "DEVNAME", "%s", place->hidraw);
    device = add(bed, place, "hidraw", place->hidraw + strlen("/dev/"), both);
    umockdev_testbed_set_attribute_link(bed->testbed, device, "device", "../");
}

void bed_add(struct bed *bed, struct bed_place *place,
             const struct facts *facts)
{
    add_usb(bed, place, facts);
    if (place->hidraw[0] != '\0')
        add_hid(bed, place, facts);
}

void bed_remove(struct bed *bed, struct bed_place *place)
{
    while (place->devices > 0) {
        char *device = place->device[--place->devices];

        umockdev_testbed_remove_device(bed->testbed, device);
        g_free(device);
    }
}

/* --- /dev ----------------------------------------------------------------*/

void bed_attach(struct bed *bed, const char *node, UMockdevIoctlBase *handler)
{
    if (!umockdev_testbed_attach_ioctl(bed->testbed, node, handler, NULL))
        abort();
}

void bed_detach(struct bed *bed, const char *node)
{
    if (!umockdev_testbed_detach_ioctl(bed->testbed, node, NULL))
        abort();
}
