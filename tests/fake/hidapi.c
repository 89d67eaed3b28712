/* SPDX-License-Identifier: MIT */
/* hidapi with a keyboard and the token. */
#include "firmware/app/transport/hid.h"
#include "tests/fake/token.h"

#include <hidapi/hidapi.h>
#include <wchar.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT struct hid_device_info *hid_enumerate(unsigned short vendor,
                                             unsigned short product);
EXPORT void hid_free_enumeration(struct hid_device_info *list);
EXPORT hid_device *hid_open_path(const char *path);
EXPORT int hid_write(hid_device *device, const unsigned char *data, size_t len);
EXPORT int hid_read_timeout(hid_device *device, unsigned char *data, size_t len,
                            int wait_ms);
EXPORT void hid_close(hid_device *device);

static struct fob_hid hid;

static struct hid_device_info *describe(const wchar_t *product,
                                        const wchar_t *serial, unsigned page)
{
    struct hid_device_info *info = calloc(1, sizeof(*info));

    if (info == NULL)
        abort();
    info->path = strdup("/dev/null"); /* which everybody may open */
    info->product_string = wcsdup(product);
    info->serial_number = wcsdup(serial);
    info->usage_page = (unsigned short)page;
    info->usage = 1;
    return info;
}

struct hid_device_info *hid_enumerate(unsigned short vendor,
                                      unsigned short product)
{
    bool is_wrong = fake_goes_wrong();
    struct hid_device_info *first;

    (void)vendor, (void)product;
    if (is_wrong && fake.fault == FAKE_FAILS)
        return NULL;
    fake_opened();
    first = describe(L"keyboard", L"", 0xff00);
    first->next = describe(L"fob token", L"666f6273696d0001", 0xff00);
    return first;
}

void hid_free_enumeration(struct hid_device_info *list)
{
    struct hid_device_info *next;

    if (list != NULL)
        fake_closed();
    for (; list != NULL; list = next) {
        next = list->next;
        free(list->path);
        free(list->product_string);
        free(list->serial_number);
        free(list);
    }
}

hid_device *hid_open_path(const char *path)
{
    (void)path;
    if (fake_goes_wrong())
        return NULL;
    fake_opened();
    fob_hid_init(&hid, &fixture_app);
    return (hid_device *)&hid;
}

int hid_write(hid_device *device, const unsigned char *data, size_t len)
{
    (void)device;
    if (fake_goes_wrong())
        return fake.fault == FAKE_SHORT ? (int)len - 1 : -1;
    if (data[0] != 0)
        abort();
    fob_hid_take(&hid, data + 1);
    fob_app_poll(&fixture_app);
    return (int)len;
}

/* As long as is waited, in the token's time. */
static bool next_report(uint8_t *report, int wait_ms)
{
    while (!fob_hid_next(&hid, report)) {
        if (wait_ms-- <= 0)
            return false;
        if (fob_app_progress(&fixture_app, FOB_INTERFACE_HID) == FOB_TOUCH)
            fixture_press();
        else
            fixture_pass_ms(1);
    }
    return true;
}

int hid_read_timeout(hid_device *device, unsigned char *data, size_t len,
                     int wait_ms)
{
    bool is_wrong = fake_goes_wrong();

    (void)device;
    if (is_wrong && fake.fault == FAKE_FAILS)
        return -1;
    if ((is_wrong && fake.fault == FAKE_LATE) || !next_report(data, wait_ms)) {
        fake.now_ms += wait_ms;
        return 0;
    }
    if (is_wrong && fake.fault == FAKE_SHORT)
        return 10;
    if (is_wrong && fake.fault == FAKE_FLIPS)
        data[fake.place % len] ^= 0xff;
    return FOB_FRAME_REPORT;
}

void hid_close(hid_device *device)
{
    (void)device;
    fake_closed();
}
