/* SPDX-License-Identifier: MIT */
/* Which of two versions comes first. */
#include "host/base/version.h"

#include "tests/lib/tap.h"

int main(void)
{
    static const char *const rising[] = {"0.0.9", "0.1.0-rc1+x", "0.1.0",
                                         "0.1.1", "0.10.0",      "1.0.0+abc",
                                         "10.0.0"};
    enum { COUNT = sizeof(rising) / sizeof(*rising) };
    bool good = true;

    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++)
            good =
                good && fob_version_is_before(rising[i], rising[j]) == (i < j);
    tap_ok(good, "versions come in their order");
    tap_ok(!fob_version_is_before("1.0.0+a", "1.0.0+b") &&
               !fob_version_is_before("1.0.0+b", "1.0.0"),
           "what comes after + does not count");
    tap_ok(!fob_version_is_before("", "1.0.0") &&
               !fob_version_is_before("1.0.0", "") &&
               !fob_version_is_before("1.0", "2.0.0") &&
               !fob_version_is_before("1.0.0", "2.0.0x") &&
               !fob_version_is_before("-1.0.0", "2.0.0"),
           "what is no version is neither before nor after");
    return tap_done();
}
