/* SPDX-License-Identifier: MIT */
#include "firmware/app/log/crc32.h"
#include "tests/lib/tap.h"

int main(void)
{
    tap_ok(crc32_update(0, "123456789", 9) == 0xcbf43926,
           "the check value of the catalogue of CRCs");
    tap_ok(crc32_update(crc32_update(0, "1234", 4), "56789", 5) == 0xcbf43926,
           "in two parts as well");
    tap_ok(crc32_update(0, NULL, 0) == 0, "of nothing it is 0");
    return tap_done();
}
