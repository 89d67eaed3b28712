/* SPDX-License-Identifier: MIT */
#include "host/agent/state/session_cache.h"

#include "host/agent/state/server_clock.h"
#include "host/agent/state/state_file.h"
#include "host/base/text.h"

#include <string.h>

static const char prefix[] = "session\n";

enum fob_status session_make_name(const struct session_key *key,
                                  char name[static CACHE_NAME_MAX + 1])
{
    return fob_text_format(name, CACHE_NAME_MAX + 1, "%s%s\n%s\n%s\n%s", prefix,
                           key->access_key_id, key->serial, key->role,
                           key->endpoint);
}

enum fob_status session_lock(const struct session_key *key, int *lock,
                             struct fob_error *error)
{
    char name[CACHE_NAME_MAX + 1], path[FOB_PATH_MAX];
    enum fob_status status = session_make_name(key, name);

    if (status != FOB_OK)
        return fob_error_set(error, status, "the session's name is too long");
    status = state_file_make("locks", name, path, error);
    if (status == FOB_OK)
        status = state_file_lock(path, -1, lock, error);
    return status;
}

bool session_is_name(const char *name)
{
    return strncmp(name, prefix, sizeof(prefix) - 1) == 0;
}

enum fob_status session_get(struct fob_agent *agent,
                            const struct session_key *key, int64_t left_s,
                            struct fob_message *session)
{
    char name[CACHE_NAME_MAX + 1];
    int64_t expires_s;
    enum fob_status status;

    fob_message_start(session, FOB_REPLY_OK);
    if (session_make_name(key, name) != FOB_OK)
        return FOB_E_NOT_FOUND;
    status = cache_get(agent, name, &session->fields);
    if (status != FOB_OK)
        return status;
    expires_s = (int64_t)fob_message_number(session, FOB_TAG_EXPIRATION, 0);
    if (expires_s - server_clock_now_s(key->endpoint) >= left_s)
        return FOB_OK;
    fob_message_free(session);
    return FOB_E_NOT_FOUND;
}

enum fob_status session_put(struct fob_agent *agent,
                            const struct session_key *key,
                            const struct fob_message *session,
                            struct fob_error *error)
{
    char name[CACHE_NAME_MAX + 1];

    if (session->status != FOB_OK || session_make_name(key, name) != FOB_OK)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the session is too long to be kept");
    return cache_put(agent, name, &session->fields, error);
}

void session_fill(struct fob_message *session, const struct fob_session *made,
                  const char *profile, const char *serial, const char *account)
{
    fob_message_start(session, FOB_REPLY_OK);
    fob_message_put_text(session, FOB_TAG_ACCESS_KEY_ID, made->access_key_id);
    fob_message_put(session, FOB_TAG_SECRET_KEY, made->secret_key.data,
                    made->secret_key.len);
    fob_message_put(session, FOB_TAG_SESSION_TOKEN, made->token.data,
                    made->token.len);
    fob_message_put_number(session, FOB_TAG_EXPIRATION,
                           (uint64_t)made->expires_s);
    fob_message_put_text(session, FOB_TAG_SERIAL, serial);
    fob_message_put_text(session, FOB_TAG_PROFILE, profile);
    if (account[0] != '\0')
        fob_message_put_text(session, FOB_TAG_ACCOUNT_ID, account);
}
