/* SPDX-License-Identifier: MIT */
/* What the endpoints of the profiles have taught of their clocks. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/state/server_clock.h"
#include "host/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ENDPOINTS_MAX = 16 };

struct seen {
    char url[ENDPOINTS_MAX][FOB_ENDPOINT_URL_MAX + 1];
    size_t count;
};

static bool is_new(struct seen *seen, const char *url)
{
    for (size_t i = 0; i < seen->count; i++)
        if (strcmp(seen->url[i], url) == 0)
            return false;
    if (seen->count == ENDPOINTS_MAX)
        return false;
    (void)!fob_text_copy(seen->url[seen->count], sizeof(seen->url[seen->count]),
                         url);
    seen->count++;
    return true;
}

static bool check_clock(struct doctor *doctor, const char *url)
{
    struct fob_clock clock;
    int64_t off_s;

    server_clock_read(url, &clock);
    if (!clock.known)
        return false;
    off_s = server_clock_offset_s(url);
    if (fob_clock_must_tell(&clock))
        doctor_report(
            doctor, DOCTOR_PROBLEM, "clock", "timedatectl set-ntp true",
            "this machine's clock is %" PRId64
            " s %s that of %s; fob allows for it, other tools fail",
            off_s < 0 ? -off_s : off_s, off_s < 0 ? "ahead of" : "behind", url);
    else
        doctor_report(doctor, DOCTOR_OK, "clock", "",
                      "%" PRId64 " s off that of %s", off_s, url);
    return true;
}

void doctor_check_clocks(struct doctor *doctor)
{
    struct profile *profile = &doctor->profile;
    struct fob_endpoint endpoint;
    struct seen seen = {.count = 0};
    struct fob_error ignored;
    bool known = false;

    for (size_t i = 0; i < profile->all.count; i++)
        if (fob_profile_find(&profile->all, profile->all.names[i],
                             &profile->found, &ignored) == FOB_OK &&
            profile_endpoint(profile, &endpoint, &ignored) == FOB_OK &&
            is_new(&seen, endpoint.url))
            known |= check_clock(doctor, endpoint.url);
    if (!known && !doctor->is_blind)
        doctor_report(doctor, DOCTOR_OK, "clock", "",
                      "nothing is known of AWS's before the first session");
}
