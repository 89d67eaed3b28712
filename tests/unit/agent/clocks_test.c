/* SPDX-License-Identifier: MIT */
/* Whose clock counts for what, and how far it is believed. */
#include "host/agent/state/clock_file.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/state/server_clock.h"
#include "host/base/secret.h"

#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>

enum { HOUR_S = 3600, DAY_S = 86400 };

static const char phone[] = "arn:aws:iam::111122223333:mfa/phone";

static struct fob_endpoint make_endpoint(const char *url, const char *trust)
{
    struct fob_endpoint endpoint = {0};

    snprintf(endpoint.url, sizeof(endpoint.url), "%s", url);
    snprintf(endpoint.trust, sizeof(endpoint.trust), "%s", trust);
    return endpoint;
}

/* A reply that says that it is so much later there. */
static void teach(const struct fob_endpoint *endpoint, int64_t ahead_s)
{
    int64_t sent_ms = server_clock_local_ms(), offset_s;

    (void)server_clock_learn(endpoint, sent_ms,
                             (uint64_t)(sent_ms / 1000 + ahead_s), &offset_s);
}

static bool is_near(int64_t got_s, int64_t want_s)
{
    return llabs(got_s - want_s) <= 2;
}

static void test_each_has_its_own(void)
{
    const struct fob_endpoint plain = make_endpoint("https://sts/", "");
    const struct fob_endpoint other = make_endpoint("https://other/", "");
    const struct fob_endpoint proxied = make_endpoint("https://sts/", "abc");

    teach(&plain, 100);
    teach(&other, -2 * HOUR_S);
    tap_ok(is_near(server_clock_offset_s(&plain), 100) &&
               is_near(server_clock_offset_s(&other), -2 * HOUR_S),
           "each endpoint has a clock of its own");
    tap_ok(server_clock_offset_s(&proxied) == 0,
           "and what another vouched for tells nothing");
    teach(&plain, 0);
    tap_ok(is_near(server_clock_offset_s(&plain), 0) &&
               is_near(server_clock_offset_s(&other), -2 * HOUR_S),
           "a reading takes the place of the last one there alone");
}

static void test_far(int64_t ahead_s)
{
    struct fob_endpoint far = make_endpoint("https://far/", "");
    struct fob_error error = {0};

    teach(&far, ahead_s);
    tap_ok(server_clock_check(&far, &error) == FOB_E_NOBODY &&
               strstr(error.text, far.url) != NULL,
           "%lld s off: nothing may be made for it", (long long)ahead_s);
    tap_ok(server_clock_offset_s(&far) == 0, "and it counts for nothing");
    far.may_be_far = true;
    tap_ok(server_clock_check(&far, &error) == FOB_OK &&
               is_near(server_clock_offset_s(&far), ahead_s),
           "but with a person's word");
    far.may_be_far = false;
    teach(&far, DAY_S - 60);
    tap_ok(server_clock_check(&far, &error) == FOB_OK,
           "a reading within a day is believed again");
}

/* The file as one that was read by a local clock that was set since. */
static void test_void(void)
{
    const struct fob_endpoint far = make_endpoint("https://void/", "");
    static const char name[] = "https://void/\n";
    struct clock_file_record record = {
        .clock = {true, INT64_C(9000) * DAY_S, INT64_C(9000) * DAY_S + 1000},
        .base_ms = 12345,
    };
    uint8_t data[CLOCK_FILE_MAX];
    struct fob_error error = {0};

    snprintf(record.name, sizeof(record.name), "%s", name);
    clock_file_write_bytes(name, data, clock_file_encode(&record, data));
    tap_ok(server_clock_check(&far, &error) == FOB_OK &&
               server_clock_offset_s(&far) == 0,
           "what was far off by a local clock that was set since is nothing");
}

static void test_typed(void)
{
    struct fob_endpoint first = make_endpoint("https://first/", "");
    struct fob_endpoint second = make_endpoint("https://second/", "");
    struct fob_endpoint aws = make_endpoint("https://sts.amazonaws.com/", "");

    aws.is_aws = true;
    teach(&second, HOUR_S);
    tap_ok(device_clock_offset_s(phone) == 0,
           "codes are typed by local time at first");
    teach(&first, 90);
    device_clock_bind(phone, &first);
    tap_ok(is_near(device_clock_offset_s(phone), 90),
           "then by that of the endpoint of the first session");
    device_clock_bind(phone, &second);
    tap_ok(is_near(device_clock_offset_s(phone), 90),
           "which no other displaces");
    tap_ok(device_clock_offset_s("arn:aws:iam::111122223333:mfa/x") == 0,
           "nor counts it for another device");
    teach(&first, 400 * DAY_S);
    tap_ok(device_clock_offset_s(phone) == 0, "nor when it is far off");
    teach(&aws, -60);
    tap_ok(is_near(device_clock_offset_s(phone), -60),
           "AWS's own clock goes before all");
    teach(&second, 2 * HOUR_S);
    tap_ok(is_near(device_clock_offset_s(phone), -60),
           "and a stand-in's reading after it changes nothing");
    teach(&aws, 0);
    tap_ok(is_near(device_clock_offset_s(phone), 0),
           "each of AWS's readings takes the place of the last");
}

int main(void)
{
    char home[] = "/tmp/fob-clocks.XXXXXX", command[64];

    if (fob_secret_start() != FOB_OK || mkdtemp(home) == NULL ||
        setenv("FOB_HOME", home, 1) != 0)
        return 1;
    test_each_has_its_own();
    test_far(2 * DAY_S);
    test_far(-DAY_S - 60);
    test_far(400 * DAY_S);
    test_void();
    test_typed();
    snprintf(command, sizeof(command), "rm -r '%s'", home);
    tap_ok(system(command) == 0, "the folder is removed");
    return tap_done();
}
