/* SPDX-License-Identifier: MIT */
/* What AWS refused last, for a reason that stays. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/mint/refusal_memory.h"
#include "host/agent/state/cache.h"
#include "host/base/text.h"

#include <string.h>
#include <time.h>

enum { LATELY_S = 24 * 3600, AT_MOST = 8, QUOTE_MAX = 380 };

struct sight {
    struct doctor *doctor;
    size_t count;
};

/* Behind the kind and the duration stands the session's own name: one that was
 * made since, or before with another code, is there to be used. */
static bool is_mended(struct doctor *doctor, const char *name)
{
    const char *session = strchr(name, '\n');
    struct fob_secret content = {0};
    bool is_there;

    if (session != NULL)
        session = strchr(session + 1, '\n');
    if (session == NULL)
        return false;
    is_there =
        cache_get(doctor->request->agent, session + 1, &content) == FOB_OK;
    fob_secret_free(&content);
    return is_there;
}

static void check_refusal(void *context, const char *name,
                          const struct fob_secret *content)
{
    struct sight *sight = context;
    struct refusal_memory memory;
    int64_t now_s = time(NULL);
    char when[FOB_TEXT_TIME_LEN + 1];

    if (!refusal_memory_is_name(name) || sight->count == AT_MOST ||
        !refusal_memory_decode(&memory, content->data, content->len) ||
        memory.at_s > now_s || memory.at_s < now_s - LATELY_S ||
        is_mended(sight->doctor, name))
        return;
    sight->count++;
    fob_text_time(memory.at_s, when);
    doctor_report(sight->doctor, DOCTOR_NOTE, "refusals", memory.hint,
                  "refused at %s: %.*s", when, QUOTE_MAX, memory.text);
}

void doctor_check_refusals(struct doctor *doctor)
{
    struct sight sight = {.doctor = doctor};
    struct fob_error error = {0};

    if (cache_each(doctor->request->agent, check_refusal, &sight, &error) !=
        FOB_OK)
        doctor_report_error(doctor, "refusals", &error);
}
