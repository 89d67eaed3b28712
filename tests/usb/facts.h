/* SPDX-License-Identifier: MIT */
/* What a device tells of itself when it is plugged in: USB 2.0, 9.6, and HID
 * 1.11, 7.1. */
#ifndef FOB_TESTS_USB_FACTS_H
#define FOB_TESTS_USB_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FACTS_DEVICE = 18,
    FACTS_TREE_MAX = 512,
    FACTS_REPORT_MAX = 512,
    FACTS_TEXT_MAX = 127,
};

struct facts_hid {
    uint8_t interface;
    uint8_t in, out; /* endpoints; in is 0 without such an interface */
    uint8_t report[FACTS_REPORT_MAX];
    size_t report_len;
};

struct facts {
    uint8_t device[FACTS_DEVICE];
    uint8_t tree[FACTS_TREE_MAX]; /* the configuration and all below it */
    size_t tree_len;
    char manufacturer[FACTS_TEXT_MAX + 1];
    char product[FACTS_TEXT_MAX + 1];
    char serial[FACTS_TEXT_MAX + 1];
    struct facts_hid hid;
};

/* A request in: its data, and how much came; 0 when it was refused. */
struct facts_source {
    size_t (*ask)(void *context, const uint8_t setup[static 8], uint8_t *data);
    void *context;
};

bool facts_read(struct facts *facts, const struct facts_source *source);

unsigned facts_vendor(const struct facts *facts);
unsigned facts_product(const struct facts *facts);

#endif
