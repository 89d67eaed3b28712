/* SPDX-License-Identifier: MIT */
/*
 * A hidraw node: a pseudo terminal, whose followers are the programs that
 * have it open.  It is one stream for all of them, where a real one gives each
 * its own, and no message boundaries: reports have their full length.
 */
#ifndef FOB_TESTS_USB_HIDRAW_H
#define FOB_TESTS_USB_HIDRAW_H

#include "tests/usb/facts.h"

enum { HIDRAW_REPORT = 64 };

struct hidraw;
struct _UMockdevIoctlBase; /* umockdev.h */

/* `path` is where the node's link to the terminal goes. */
struct hidraw *hidraw_new(const struct facts_hid *hid, const char *path);
struct _UMockdevIoctlBase *hidraw_handler(struct hidraw *hidraw);

/* To be polled for what hidraw_get takes. */
int hidraw_fd(const struct hidraw *hidraw);

/* A report that a program has written; false when it is not whole yet. */
bool hidraw_get(struct hidraw *hidraw, uint8_t report[static HIDRAW_REPORT]);

/* A report for the programs that have it open. */
void hidraw_put(struct hidraw *hidraw, const uint8_t *report, size_t len);

/* The device is gone: they are told.  `hidraw` is of no use then. */
void hidraw_unplug(struct hidraw *hidraw);

#endif
