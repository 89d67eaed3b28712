/* SPDX-License-Identifier: MIT */
#include "tests/usb/bed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

enum { USB_MAJOR = 189, HIDRAW_MAJOR = 240 };

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
    snprintf(place->usb, sizeof(place->usb), "/dev/bus/usb/001/%03u", address);
    if (facts->hid.in != 0)
        snprintf(place->hidraw, sizeof(place->hidraw), "/dev/hidraw%u",
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

/* A device as umockdev-record(1) writes it, which comes into being with all
 * of its attributes before anybody is told. */
static GString *begin_device(struct bed_place *place, const char *subsystem,
                             const char *name)
{
    GString *text = g_string_new("P: ");
    const char *parent = place->devices == 0
                             ? "/sys/devices"
                             : place->device[place->devices - 1];
    char *device = g_strdup_printf("%s/%s", parent, name);

    place->device[place->devices++] = device;
    g_string_append_printf(text, "%s\nE: SUBSYSTEM=%s\n",
                           device + strlen("/sys"), subsystem);
    return text;
}

static void put_bytes(GString *text, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        g_string_append_printf(text, "%02X", data[i]);
}

static void add_device(struct bed *bed, GString *text)
{
    if (!umockdev_testbed_add_from_string(bed->testbed, text->str, NULL))
        abort();
    g_string_free(text, TRUE);
}

static void add_usb(struct bed *bed, struct bed_place *place,
                    const struct facts *facts)
{
    unsigned release = facts->device[12] | (unsigned)facts->device[13] << 8;
    char name[BED_NAME_MAX];
    GString *text;

    snprintf(name, sizeof(name), "1-%u", place->port);
    text = begin_device(place, "usb", name);
    g_string_append_printf(
        text, "A: idVendor=%04x\nA: idProduct=%04x\nA: bcdDevice=%04x\n",
        facts_vendor(facts), facts_product(facts), release);
    g_string_append_printf(text,
                           "A: manufacturer=%s\nA: product=%s\nA: serial=%s\n",
                           facts->manufacturer, facts->product, facts->serial);
    g_string_append_printf(text,
                           "A: busnum=1\nA: devnum=%u\nA: speed=12\n"
                           "A: bConfigurationValue=%u\nA: dev=%u:%u\n",
                           place->address, facts->tree[5], USB_MAJOR,
                           place->address - 1);
    g_string_append(text, "H: descriptors=");
    put_bytes(text, facts->device, sizeof(facts->device));
    put_bytes(text, facts->tree, facts->tree_len);
    g_string_append_printf(
        text,
        "\nE: DEVTYPE=usb_device\nE: DEVNAME=%s\nE: BUSNUM=001\n"
        "E: DEVNUM=%03u\nE: PRODUCT=%x/%x/%x\n",
        place->usb, place->address, facts_vendor(facts), facts_product(facts),
        release);
    add_device(bed, text);
}

/* The interface that is HID's. */
static void add_interface(struct bed *bed, struct bed_place *place,
                          const struct facts *facts)
{
    char name[BED_NAME_MAX];
    GString *text;

    snprintf(name, sizeof(name), "1-%u:1.%u", place->port,
             facts->hid.interface);
    text = begin_device(place, "usb", name);
    g_string_append_printf(
        text, "A: bInterfaceNumber=%02x\nE: DEVTYPE=usb_interface\n",
        facts->hid.interface);
    add_device(bed, text);
}

static void add_hid(struct bed *bed, struct bed_place *place,
                    const struct facts *facts)
{
    char name[BED_NAME_MAX];
    GString *text;

    snprintf(name, sizeof(name), "0003:%04X:%04X.%04X", facts_vendor(facts),
             facts_product(facts), place->address);
    text = begin_device(place, "hid", name);
    g_string_append(text, "H: report_descriptor=");
    put_bytes(text, facts->hid.report, facts->hid.report_len);
    g_string_append_printf(
        text, "\nE: HID_ID=0003:%08X:%08X\nE: HID_NAME=%s %s\nE: HID_UNIQ=%s\n",
        facts_vendor(facts), facts_product(facts), facts->manufacturer,
        facts->product, facts->serial);
    add_device(bed, text);
}

static void add_hidraw(struct bed *bed, struct bed_place *place)
{
    GString *text =
        begin_device(place, "hidraw", place->hidraw + strlen("/dev/"));

    g_string_append_printf(text, "A: dev=%u:%u\nL: device=../\nE: DEVNAME=%s\n",
                           HIDRAW_MAJOR, place->port - 1, place->hidraw);
    add_device(bed, text);
}

void bed_add(struct bed *bed, struct bed_place *place,
             const struct facts *facts)
{
    add_usb(bed, place, facts);
    if (place->hidraw[0] == '\0')
        return;
    add_interface(bed, place, facts);
    add_hid(bed, place, facts);
    add_hidraw(bed, place);
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
