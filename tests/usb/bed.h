/* SPDX-License-Identifier: MIT */
/* The /sys and /dev that programs under umockdev see: bus 1, and what is
 * plugged in there. */
#ifndef FOB_TESTS_USB_BED_H
#define FOB_TESTS_USB_BED_H

#include "tests/usb/facts.h"

enum { BED_NAME_MAX = 64 };

struct _UMockdevIoctlBase; /* umockdev.h */
struct _UMockdevTestbed;

struct bed {
    struct _UMockdevTestbed *testbed;
    char *root; /* on the real disk */
};

struct bed_place {
    unsigned port;             /* of bus 1, from 1 */
    unsigned address;          /* on the bus */
    char usb[BED_NAME_MAX];    /* node of usbfs */
    char hidraw[BED_NAME_MAX]; /* node; "" when it is no HID device */
    char *device[4];           /* in /sys, each the parent of the next */
    size_t devices;
};

bool bed_make(struct bed *bed);
void bed_free(struct bed *bed);

/* Name the nodes for a device. */
void bed_place(struct bed_place *place, const struct facts *facts,
               unsigned port, unsigned address);

/* The real file that stands for a node; to be freed with g_free. */
char *bed_real(const struct bed *bed, const char *node);

/* Show the device in /sys, where its nodes are ready, and tell udev's
 * listeners; and take all of it away again. */
void bed_add(struct bed *bed, struct bed_place *place,
             const struct facts *facts);
void bed_remove(struct bed *bed, struct bed_place *place);

/* Have requests on a node answered. */
void bed_attach(struct bed *bed, const char *node,
                struct _UMockdevIoctlBase *handler);
void bed_detach(struct bed *bed, const char *node);

#endif
