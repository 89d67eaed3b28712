/* SPDX-License-Identifier: MIT */
#include "host/agent/state/server_clock.h"

#include "host/agent/state/clock_file.h"
#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>

enum { MS = 1000, DAY_S = 24 * 60 * 60 };

int64_t server_clock_local_ms(void)
{
    return clock_file_local_ms();
}

/* Both members are bounded: it fits. */
static void make_name(const struct fob_endpoint *endpoint,
                      char name[static CLOCK_FILE_NAME_MAX + 1])
{
    (void)!fob_text_format(name, CLOCK_FILE_NAME_MAX + 1, "%s\n%s",
                           endpoint->url, endpoint->trust);
}

static void read_clock(const struct fob_endpoint *endpoint,
                       struct fob_clock *clock)
{
    char name[CLOCK_FILE_NAME_MAX + 1];

    make_name(endpoint, name);
    clock_file_read(name, clock);
}

int64_t server_clock_round_s(const struct fob_clock *clock)
{
    int64_t offset_ms = fob_clock_offset_ms(clock);

    return (offset_ms + (offset_ms < 0 ? -MS / 2 : MS / 2)) / MS;
}

static void read_usable(const struct fob_endpoint *endpoint,
                        struct fob_clock *clock)
{
    read_clock(endpoint, clock);
    if (fob_clock_is_far(clock) && !endpoint->may_be_far)
        *clock = (struct fob_clock){0};
}

int64_t server_clock_now_s(const struct fob_endpoint *endpoint)
{
    struct fob_clock clock;

    read_usable(endpoint, &clock);
    return fob_clock_server_s(&clock, server_clock_local_ms());
}

int64_t server_clock_offset_s(const struct fob_endpoint *endpoint)
{
    struct fob_clock clock;

    read_usable(endpoint, &clock);
    return server_clock_round_s(&clock);
}

enum fob_status server_clock_check(const struct fob_endpoint *endpoint,
                                   struct fob_error *error)
{
    struct fob_clock clock;
    int64_t off_s;

    read_clock(endpoint, &clock);
    if (endpoint->may_be_far || !fob_clock_is_far(&clock))
        return FOB_OK;
    off_s = server_clock_round_s(&clock);
    fob_error_set(error, FOB_E_NOBODY,
                  "the clock of %s is %lld day%s %s this machine's: "
                  "nothing is signed for such a time unasked",
                  endpoint->url, llabs(off_s) / DAY_S,
                  llabs(off_s) / DAY_S == 1 ? "" : "s",
                  off_s < 0 ? "behind" : "ahead of");
    fob_error_advise(error, "timedatectl set-ntp true, or, if the endpoint's "
                            "clock is right, the same with --trust-clock");
    return FOB_E_NOBODY;
}

/* Each reading replaces the last; one that says the same is not written. */
static void keep_reading(const char *name, const struct fob_clock *clock)
{
    struct fob_clock before;

    clock_file_read(name, &before);
    if (!before.known ||
        server_clock_round_s(clock) != server_clock_round_s(&before))
        clock_file_write(name, clock);
}

bool server_clock_learn(const struct fob_endpoint *endpoint, int64_t sent_ms,
                        uint64_t date_s, int64_t *offset)
{
    char name[CLOCK_FILE_NAME_MAX + 1];
    struct fob_clock clock;

    make_name(endpoint, name);
    clock_file_read(name, &clock);
    fob_clock_learn(&clock, sent_ms, server_clock_local_ms(), date_s);
    *offset = server_clock_round_s(&clock);
    if (clock.known) {
        keep_reading(name, &clock);
        if (endpoint->is_aws)
            keep_reading(clock_file_aws, &clock);
    }
    return fob_clock_must_tell(&clock);
}
