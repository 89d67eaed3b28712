/* SPDX-License-Identifier: MIT */
#include "tests/usb/facts.h"

#include <string.h>

enum descriptor {
    DEVICE = 1,
    TREE = 2,
    TEXT = 3,
    INTERFACE = 4,
    ENDPOINT = 5,
    REPORT = 0x22
};

enum {
    OF_DEVICE = 0x80,
    OF_INTERFACE = 0x81,
    GET = 6,
    ENGLISH = 0x0409,
    CLASS_HID = 3,
    IN = 0x80,
    ANSWER_MAX = 4096
};

static size_t get_descriptor(const struct facts_source *source,
                             uint8_t recipient, unsigned value, unsigned index,
                             uint8_t data[ANSWER_MAX])
{
    const uint8_t setup[8] = {recipient,      GET,
                              (uint8_t)value, (uint8_t)(value >> 8),
                              (uint8_t)index, (uint8_t)(index >> 8),
                              0xff,           0};

    return source->ask(source->context, setup, data);
}

static bool get_into(const struct facts_source *source, enum descriptor kind,
                     uint8_t *into, size_t cap, size_t *len)
{
    uint8_t data[ANSWER_MAX];

    *len = get_descriptor(source, OF_DEVICE, (unsigned)kind << 8, 0, data);
    if (*len == 0 || *len > cap)
        return false;
    memcpy(into, data, *len);
    return true;
}

/* Characters beyond ASCII are shown as '?'. */
static void get_text(const struct facts_source *source, uint8_t number,
                     char text[FACTS_TEXT_MAX + 1])
{
    uint8_t data[ANSWER_MAX];
    size_t len = 0, count = 0;

    if (number != 0)
        len = get_descriptor(source, OF_DEVICE, TEXT << 8 | number, ENGLISH,
                             data);
    for (size_t at = 2; at + 1 < len && count < FACTS_TEXT_MAX; at += 2)
        text[count++] = data[at + 1] == 0 ? (char)data[at] : '?';
    text[count] = '\0';
}

static void take_part(struct facts *facts, const uint8_t *part, bool *is_hid)
{
    struct facts_hid *hid = &facts->hid;

    if (part[1] == INTERFACE) {
        *is_hid = part[5] == CLASS_HID;
        if (*is_hid)
            hid->interface = part[2];
    } else if (part[1] == ENDPOINT && *is_hid) {
        if (part[2] & IN)
            hid->in = part[2];
        else
            hid->out = part[2];
    }
}

static void find_hid(struct facts *facts)
{
    bool is_hid = false;

    for (size_t at = 0; at + 6 <= facts->tree_len && facts->tree[at] >= 2;
         at += facts->tree[at])
        take_part(facts, facts->tree + at, &is_hid);
}

static void get_report(struct facts *facts, const struct facts_source *source)
{
    struct facts_hid *hid = &facts->hid;
    uint8_t data[ANSWER_MAX];

    if (hid->in == 0)
        return;
    hid->report_len =
        get_descriptor(source, OF_INTERFACE, REPORT << 8, hid->interface, data);
    if (hid->report_len > sizeof(hid->report))
        hid->report_len = 0;
    memcpy(hid->report, data, hid->report_len);
}

bool facts_read(struct facts *facts, const struct facts_source *source)
{
    size_t len;

    *facts = (struct facts){0};
    if (!get_into(source, DEVICE, facts->device, sizeof(facts->device), &len) ||
        len != sizeof(facts->device) ||
        !get_into(source, TREE, facts->tree, sizeof(facts->tree),
                  &facts->tree_len))
        return false;
    get_text(source, facts->device[14], facts->manufacturer);
    get_text(source, facts->device[15], facts->product);
    get_text(source, facts->device[16], facts->serial);
    find_hid(facts);
    get_report(facts, source);
    return true;
}

unsigned facts_vendor(const struct facts *facts)
{
    return facts->device[8] | (unsigned)facts->device[9] << 8;
}

unsigned facts_product(const struct facts *facts)
{
    return facts->device[10] | (unsigned)facts->device[11] << 8;
}
