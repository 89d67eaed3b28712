/* SPDX-License-Identifier: MIT */
#include "host/agent/state/session.h"

#include "host/aws/arn.h"
#include "host/base/text.h"

void session_free(struct session *session)
{
    fob_session_free(&session->credentials);
    *session = (struct session){0};
}

static void set_text(char *text, size_t cap, const char *value)
{
    if (fob_text_copy(text, cap, value) != FOB_OK)
        text[0] = '\0';
}

void session_set_serial(struct session *session, const char *serial)
{
    set_text(session->serial, sizeof(session->serial),
             serial == NULL ? "" : serial);
}

void session_set_owner(struct session *session, const char *profile,
                       const char *serial, const char *owner)
{
    struct fob_arn arn;
    bool is_arn = fob_arn_parse(owner, &arn) == FOB_OK;

    set_text(session->profile, sizeof(session->profile), profile);
    session_set_serial(session, serial);
    set_text(session->account_id, sizeof(session->account_id),
             is_arn ? arn.account : "");
}

bool session_is_empty(const struct session *session)
{
    return session->credentials.access_key_id[0] == '\0';
}

bool session_is_temporary(const struct session *session)
{
    return session->credentials.token.len > 0;
}

bool session_has_end(const struct session *session)
{
    return session->credentials.expires_s != INT64_MAX;
}

int64_t session_left_s(const struct session *session, int64_t now_s)
{
    if (!session_has_end(session))
        return INT64_MAX;
    return session->credentials.expires_s - now_s;
}

struct fob_sigv4_key session_signing_key(const struct session *session)
{
    return fob_signing_key_of_session(&session->credentials);
}
