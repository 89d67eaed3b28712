/* SPDX-License-Identifier: MIT */
#include "host/agent/state/session_cache.h"

#include "host/agent/state/printed_keys.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/session_file.h"
#include "host/agent/state/state_file.h"
#include "host/agent/state/state_lock.h"
#include "host/base/text.h"
#include "src/digest.h"
#include "src/sha256.h"

#include <string.h>

static const char prefix[] = "session\n";

enum { MEMORY_NAME_LEN = 2 * FOB_SHA256_LEN };

enum fob_status session_cache_make_name(const struct session_key *key,
                                        char name[static CACHE_NAME_MAX + 1])
{
    return fob_text_format(name, CACHE_NAME_MAX + 1, "%s%s\n%s\n%s\n%s\n%s",
                           prefix, key->access_key_id, key->serial, key->role,
                           fob_endpoint_scope(key->endpoint),
                           key->endpoint->trust);
}

enum fob_status session_cache_lock(struct fob_request *request,
                                   const struct session_key *key, int *lock)
{
    char name[CACHE_NAME_MAX + 1], path[FOB_PATH_MAX];
    struct fob_error *error = &request->error;
    enum fob_status status = session_cache_make_name(key, name);

    if (status != FOB_OK)
        return fob_error_set(error, status, "the session's name is too long");
    status = state_file_make("locks", name, path, error);
    if (status == FOB_OK)
        status = state_lock_wait(request, path, lock);
    return status;
}

bool session_cache_is_name(const char *name)
{
    return strncmp(name, prefix, sizeof(prefix) - 1) == 0;
}

/* What is kept under a session's name ends, or was not kept by fob. */
static bool is_usable(const struct session *session, int64_t now_s,
                      int64_t left_s)
{
    return session_has_end(session) && session_left_s(session, now_s) >= left_s;
}

/* Without a vault there is no key to seal with: what is asked for again by the
 * same agent is in its memory. */
static enum fob_status make_memory_name(const struct session_key *key,
                                        char name[static MEMORY_NAME_LEN + 1])
{
    char text[CACHE_NAME_MAX + 1];
    struct fob_digest digest;
    uint8_t hash[FOB_SHA256_LEN];
    enum fob_status status = session_cache_make_name(key, text);

    if (status != FOB_OK)
        return status;
    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, text, strlen(text));
    fob_digest_final(&digest, hash);
    fob_text_hex(hash, sizeof(hash), name);
    return FOB_OK;
}

static enum fob_status get_sealed(struct fob_agent *agent,
                                  const struct session_key *key,
                                  struct session *session)
{
    char name[CACHE_NAME_MAX + 1];
    struct fob_secret content = {0};
    enum fob_status status = session_cache_make_name(key, name);

    if (status == FOB_OK)
        status = cache_get(agent, name, &content);
    if (status == FOB_OK)
        status = session_file_decode(&content, session);
    fob_secret_free(&content);
    return status;
}

static enum fob_status get_remembered(struct fob_agent *agent,
                                      const struct session_key *key,
                                      struct session *session)
{
    char name[MEMORY_NAME_LEN + 1];
    enum fob_status status = make_memory_name(key, name);

    return status == FOB_OK ? printed_keys_get(agent, name, session) : status;
}

static bool is_without_key(struct fob_agent *agent)
{
    struct fob_secret key = {0};
    enum fob_status status = agent_cache_key(agent, &key);

    fob_secret_free(&key);
    return status == FOB_E_LOCKED;
}

enum fob_status session_cache_get(struct fob_agent *agent,
                                  const struct session_key *key, int64_t left_s,
                                  struct session *session)
{
    enum fob_status status = get_sealed(agent, key, session);

    if (status != FOB_OK && status != FOB_E_NO_MEMORY)
        status = get_remembered(agent, key, session);
    if (status == FOB_E_NO_MEMORY)
        return status;
    if (status == FOB_OK &&
        is_usable(session, server_clock_now_s(key->endpoint), left_s))
        return FOB_OK;
    session_free(session);
    return FOB_E_NOT_FOUND;
}

static enum fob_status put_session(struct fob_request *request,
                                   const struct session_key *key,
                                   const struct session *session)
{
    char name[CACHE_NAME_MAX + 1];
    struct fob_secret content = {0};
    struct fob_error *error = &request->error;
    enum fob_status status = session_file_encode(session, &content);

    if (status == FOB_OK)
        status = session_cache_make_name(key, name);
    if (status == FOB_OK)
        status = cache_put(request->agent, name, &content, error);
    else
        fob_error_set(error, status, "the session is too long to be kept");
    fob_secret_free(&content);
    return status;
}

void session_cache_keep(struct fob_request *request,
                        const struct session_key *key,
                        const struct session *session)
{
    char name[MEMORY_NAME_LEN + 1];

    if (is_without_key(request->agent)) {
        if (make_memory_name(key, name) == FOB_OK)
            printed_keys_put(request->agent, name, session);
        return;
    }
    if (put_session(request, key, session) != FOB_OK)
        request_note(request, "the session is not kept: %s",
                     request->error.text);
    fob_error_clear(&request->error);
}

struct visitor {
    void (*call)(void *context, const struct session *session);
    void *context;
};

static void visit_record(void *context, const char *name,
                         const struct fob_secret *content)
{
    const struct visitor *visitor = context;
    struct session session = {0};

    if (session_cache_is_name(name) &&
        session_file_decode(content, &session) == FOB_OK)
        visitor->call(visitor->context, &session);
    session_free(&session);
}

enum fob_status session_cache_each(struct fob_agent *agent,
                                   void (*visit)(void *context,
                                                 const struct session *session),
                                   void *context, struct fob_error *error)
{
    struct visitor visitor = {.call = visit, .context = context};

    return cache_each(agent, visit_record, &visitor, error);
}
