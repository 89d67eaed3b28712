/* SPDX-License-Identifier: MIT */
/* What endpoints have taught of their clocks: of all, whoever called them. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/state/clock_file.h"
#include "host/agent/state/server_clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The clocks that are least and most ahead of this machine's. */
struct span {
    struct doctor *doctor;
    size_t count;
    struct clock_file_record first;
    struct clock_file_record last;
};

/* Of its name: what vouched for it is not for reading. */
static int url_len(const struct clock_file_record *record)
{
    return (int)strcspn(record->name, "\n");
}

static void tell_clock(struct doctor *doctor,
                       const struct clock_file_record *record)
{
    int64_t off_s = server_clock_round_s(&record->clock);
    const char *side = off_s < 0 ? "ahead of" : "behind";

    if (fob_clock_is_far(&record->clock))
        doctor_report(doctor, DOCTOR_PROBLEM, "clock",
                      "timedatectl set-ntp true",
                      "this machine's clock is %lld s %s that of %.*s: fob "
                      "signs nothing for it without --trust-clock",
                      llabs(off_s), side, url_len(record), record->name);
    else if (fob_clock_must_tell(&record->clock))
        doctor_report(doctor, DOCTOR_PROBLEM, "clock",
                      "timedatectl set-ntp true",
                      "this machine's clock is %lld s %s that of %.*s; fob "
                      "allows for it, other tools fail",
                      llabs(off_s), side, url_len(record), record->name);
    else
        doctor_report(doctor, DOCTOR_OK, "clock", "",
                      "%" PRId64 " s off that of %.*s", off_s, url_len(record),
                      record->name);
}

static void check_clock(void *context, const struct clock_file_record *record)
{
    struct span *span = context;
    int64_t off_s = server_clock_round_s(&record->clock);

    tell_clock(span->doctor, record);
    if (span->count == 0 || off_s < server_clock_round_s(&span->first.clock))
        span->first = *record;
    if (span->count == 0 || off_s > server_clock_round_s(&span->last.clock))
        span->last = *record;
    span->count++;
}

/* One of two that differ is wrong, whichever this machine agrees with. */
static void compare_clocks(const struct span *span)
{
    const struct clock_file_record *first = &span->first, *last = &span->last;

    if (span->count > 1 && last->clock.low_ms - first->clock.high_ms >
                               INT64_C(1000) * FOB_CLOCK_TOLD_S)
        doctor_report(span->doctor, DOCTOR_NOTE, "clock", "",
                      "the clock of %.*s is %" PRId64 " s ahead of that of "
                      "%.*s; each serves its own calls alone",
                      url_len(last), last->name,
                      server_clock_round_s(&last->clock) -
                          server_clock_round_s(&first->clock),
                      url_len(first), first->name);
}

void doctor_check_clocks(struct doctor *doctor)
{
    struct span span = {.doctor = doctor};

    if (doctor->is_blind)
        return;
    clock_file_each(check_clock, &span);
    compare_clocks(&span);
    if (span.count == 0)
        doctor_report(doctor, DOCTOR_NOTE, "clock", "fob doctor --online",
                      "nothing is known of AWS's before the first session");
}
