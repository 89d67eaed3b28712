/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/failure_cache.h"

#include "host/base/monotonic.h"
#include "host/base/text.h"

#include <string.h>

static enum fob_status make_name(const struct session_attempt *attempt,
                                 char name[static AGENT_FAILURE_NAME_MAX + 1])
{
    char session[CACHE_NAME_MAX + 1];
    enum fob_status status = session_cache_make_name(&attempt->key, session);

    if (status == FOB_OK)
        status = fob_text_format(name, AGENT_FAILURE_NAME_MAX + 1, "%u\n%s\n%s",
                                 (unsigned)attempt->duration_s,
                                 attempt->key.endpoint->url, session);
    return status;
}

/* Another attempt would cost a code or a touch. */
static bool is_costly(enum fob_status status)
{
    return status == FOB_E_REFUSED || status == FOB_E_THROTTLED ||
           status == FOB_E_NETWORK || status == FOB_E_REPLY ||
           status == FOB_E_NOT_TOUCHED;
}

/* A failure whose caller has hung up, or is nobody who could touch a token,
 * may be that caller's doing. */
void failure_cache_put(struct fob_request *request,
                       const struct session_attempt *attempt,
                       enum fob_refusal refusal)
{
    struct fob_agent *agent = request->agent;
    struct agent_failure failure = {.at_ms = fob_monotonic_ms(),
                                    .refusal = refusal,
                                    .error = request->error};

    if (!is_costly(request->error.status) || request->fd == REQUEST_NOBODY ||
        request_is_abandoned(request) ||
        make_name(attempt, failure.name) != FOB_OK)
        return;
    pthread_mutex_lock(&agent->mutex);
    agent->failures[agent->next_failure++ % AGENT_FAILURES] = failure;
    pthread_mutex_unlock(&agent->mutex);
}

bool failure_cache_find(struct fob_request *request,
                        const struct session_attempt *attempt,
                        enum fob_refusal *refusal)
{
    struct fob_agent *agent = request->agent;
    char name[AGENT_FAILURE_NAME_MAX + 1];
    bool is_found = false;

    if (make_name(attempt, name) != FOB_OK)
        return false;
    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 0; i < AGENT_FAILURES && !is_found; i++) {
        const struct agent_failure *failure = &agent->failures[i];

        is_found = failure->at_ms > attempt->begun_ms &&
                   strcmp(failure->name, name) == 0;
        if (is_found) {
            *refusal = failure->refusal;
            request->error = failure->error;
        }
    }
    pthread_mutex_unlock(&agent->mutex);
    return is_found;
}
