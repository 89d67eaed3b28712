/* SPDX-License-Identifier: MIT */
/* Which locations there are when hidapi and PC/SC both have some. */
#include "host/token/locations_find.h"

#include "tests/lib/tap.h"

#include <string.h>

/* In the place of the real transports. */
static const char *hid_path, *readers[3];
static bool is_hid_closed;

static void list_hid(struct fob_token_locations *locations)
{
    if (hid_path != NULL)
        fob_token_locations_add(locations, &fob_token_hid, hid_path, "01");
    if (is_hid_closed)
        locations->location[0].is_closed = true;
}

static void list_readers(struct fob_token_locations *locations)
{
    for (size_t i = 0; i < 3 && readers[i] != NULL; i++)
        fob_token_locations_add(locations, &fob_token_pcsc, readers[i], NULL);
}

const struct fob_transport fob_token_hid = {.name = "hid", .list = list_hid};
const struct fob_transport fob_token_pcsc = {.name = "pcsc",
                                             .list = list_readers};
const struct fob_transport fob_token_sim = {.name = "sim"};

static bool finds(const char *wanted, const char *one, const char *two)
{
    const char *const want[] = {one, two};
    struct fob_token_locations locations;
    size_t count = two != NULL ? 2 : 1;

    fob_token_locations_find(&locations, wanted);
    for (size_t i = 0; i < count && i < locations.count; i++)
        if (strcmp(locations.location[i].path, want[i]) != 0)
            return false;
    return locations.count == count;
}

static void test_faces(void)
{
    hid_path = "/dev/hidraw0";
    readers[0] = "fob token [CCID] (01) 00 00";
    readers[1] = "Yubico YubiKey 01 00";
    tap_ok(finds("", "/dev/hidraw0", "Yubico YubiKey 01 00"),
           "a fob token that HID shows is no reader as well");
    is_hid_closed = true;
    tap_ok(finds("", readers[0], readers[1]),
           "but where HID is not ours to open, the reader is the way");
    is_hid_closed = false;
    readers[0] = "fob token [CCID] (02) 00 00";
    tap_ok(finds("", "/dev/hidraw0", readers[0]) == false,
           "another token's reader stays");
    readers[0] = "fob token [CCID] (01) 00 00";
    hid_path = NULL;
    tap_ok(finds("", readers[0], readers[1]), "without HID it is one");
    tap_ok(finds("0123", readers[0], readers[1]),
           "a serial that is wanted rules no location out");
}

static void test_sim(void)
{
    hid_path = "/dev/hidraw0";
    tap_ok(finds("sim:/run/token", "/run/token", NULL),
           "with a simulated one no real device is looked for");
}

static void test_limits(void)
{
    char path[FOB_TOKEN_PATH_MAX + 1];
    struct fob_token_locations locations = {0};

    memset(path, 'a', FOB_TOKEN_PATH_MAX);
    path[FOB_TOKEN_PATH_MAX] = '\0';
    fob_token_locations_add(&locations, &fob_token_hid, path, NULL);
    tap_ok(locations.count == 0, "a path that is too long is no location");
    fob_token_locations_add(&locations, &fob_token_hid, path + 1, NULL);
    tap_ok(locations.count == 1, "one byte less is");
    for (int i = 0; i < FOB_TOKEN_LOCATIONS_MAX + 3; i++)
        fob_token_locations_add(&locations, &fob_token_hid, "x", NULL);
    tap_ok(locations.count == FOB_TOKEN_LOCATIONS_MAX,
           "and so many are enough");
}

static void test_serials(void)
{
    const struct fob_token_location known = {.serial = "01"}, unknown = {0};

    tap_ok(fob_token_location_may_be(&known, "01") &&
               !fob_token_location_may_be(&known, "02") &&
               fob_token_location_may_be(&known, ""),
           "a location whose serial is known");
    tap_ok(fob_token_location_may_be(&unknown, "02"),
           "one that only the token can tell may be any");
}

int main(void)
{
    test_faces();
    test_sim();
    test_limits();
    test_serials();
    return tap_done();
}
