/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_lock.h"

#include "host/base/monotonic.h"

#include <string.h>
#include <time.h>

enum {
    AWAIT_MS = 2000, /* whoever locks waits so long, or stops the agent */
    TRY_MS = 60000,  /* a token that is in use is tried again */
    PAUSE_MS = 200,
    STACK_LEN = 256 * 1024,
};

struct open_token {
    struct fob_token_location place;       /* as its lock is named by */
    char serial[FOB_TOKEN_SERIAL_MAX + 1]; /* "": none is here */
    uint32_t uptime_s;                     /* when it was opened */
    bool is_due;                           /* the vault was locked since */
};

/* One process is one agent. */
static struct {
    pthread_mutex_t mutex;
    struct open_token token[FOB_TOKEN_LOCATIONS_MAX];
    bool is_working; /* a thread is at it */
} open_tokens = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/* --- which ---------------------------------------------------------------*/

/* Under the mutex; with "" a free place, the first when there is none. */
static struct open_token *find_token(const char *serial)
{
    for (size_t i = 0; i < FOB_TOKEN_LOCATIONS_MAX; i++)
        if (strcmp(open_tokens.token[i].serial, serial) == 0)
            return &open_tokens.token[i];
    return serial[0] == '\0' ? &open_tokens.token[0] : NULL;
}

static void begin_locking(struct fob_agent *agent);

static void tell_count(struct fob_agent *agent)
{
    size_t count = 0;

    for (size_t i = 0; i < FOB_TOKEN_LOCATIONS_MAX; i++)
        count += open_tokens.token[i].serial[0] != '\0';
    agent_set_tokens(agent, count, begin_locking);
}

void token_lock_note(const struct token_session *session)
{
    const struct fob_token *token = &session->token;
    struct fob_agent *agent = session->request->agent;
    struct open_token *open;

    if (!agent->is_shared || !token->is_own)
        return;
    pthread_mutex_lock(&open_tokens.mutex);
    open = find_token(token->serial);
    if (open == NULL)
        open = find_token("");
    *open = (struct open_token){.place = session->place,
                                .uptime_s = token->info.uptime_s};
    memcpy(open->serial, token->serial, sizeof(open->serial));
    tell_count(agent);
    pthread_mutex_unlock(&open_tokens.mutex);
}

static void forget_token(struct fob_agent *agent, const char *serial)
{
    struct open_token *open;

    pthread_mutex_lock(&open_tokens.mutex);
    open = find_token(serial);
    if (open != NULL)
        *open = (struct open_token){0};
    tell_count(agent);
    pthread_mutex_unlock(&open_tokens.mutex);
}

/* The next one at or after *i that is to be locked. */
static bool next_due(size_t *i, struct open_token *due)
{
    bool found = false;

    pthread_mutex_lock(&open_tokens.mutex);
    for (; *i < FOB_TOKEN_LOCATIONS_MAX && !found; ++*i) {
        *due = open_tokens.token[*i];
        found = due->is_due;
    }
    pthread_mutex_unlock(&open_tokens.mutex);
    return found;
}

/* --- locking -------------------------------------------------------------*/

enum fob_status token_lock_now(struct token_session *session)
{
    enum fob_status status = fob_token_lock(&session->token);

    if (status == FOB_OK)
        forget_token(session->request->agent, session->token.serial);
    return fob_token_word(&session->token, status, "it stays unlocked",
                          &session->request->error);
}

/* Whoever has the token's lock may have been given its passphrase anew. */
static bool is_still_due(const char *serial)
{
    const struct open_token *open;
    bool due;

    pthread_mutex_lock(&open_tokens.mutex);
    open = find_token(serial);
    due = open != NULL && open->is_due;
    pthread_mutex_unlock(&open_tokens.mutex);
    return due;
}

/* Without power for a while it has locked itself, and who opened it since is
 * not known here. */
static bool is_as_opened(const struct fob_token *token,
                         const struct open_token *open)
{
    return token->is_own && strcmp(token->serial, open->serial) == 0 &&
           token->info.is_sealed && !token->info.is_locked &&
           token->info.uptime_s >= open->uptime_s;
}

/* One that is in use stays due. */
static void lock_token(struct fob_agent *agent, const struct open_token *open)
{
    const char *serial = open->serial;
    struct fob_request request = {.agent = agent, .fd = REQUEST_NOBODY};
    struct token_session session;
    enum fob_status status =
        token_open_at(&request, &open->place, false, &session);

    if (status == FOB_OK && is_still_due(serial) &&
        is_as_opened(&session.token, open))
        status = fob_token_lock(&session.token);
    if (status == FOB_E_TOKEN_ABSENT || status == FOB_E_UNSUPPORTED)
        status = FOB_OK;
    if (status == FOB_OK && is_still_due(serial))
        forget_token(agent, serial);
    token_close(&session);
    request_free(&request);
}

static void lock_due(struct fob_agent *agent)
{
    struct open_token due;

    for (size_t i = 0; next_due(&i, &due);)
        lock_token(agent, &due);
}

/* Nothing is due, or it was tried for long.  From here on another thread is
 * started for what becomes due. */
static bool may_leave(bool is_late)
{
    bool is_done = true;

    pthread_mutex_lock(&open_tokens.mutex);
    for (size_t i = 0; i < FOB_TOKEN_LOCATIONS_MAX; i++)
        is_done &= !open_tokens.token[i].is_due;
    is_done |= is_late;
    open_tokens.is_working = !is_done;
    pthread_mutex_unlock(&open_tokens.mutex);
    return is_done;
}

static void *run_locking(void *argument)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    int64_t end_ms = fob_monotonic_ms() + TRY_MS;
    struct fob_agent *agent = argument;

    lock_due(agent);
    while (!may_leave(fob_monotonic_ms() >= end_ms)) {
        nanosleep(&pause, NULL);
        lock_due(agent);
    }
    agent_count_lockers(agent, -1);
    return NULL;
}

static bool start_thread(struct fob_agent *agent)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int fault;

    agent_count_lockers(agent, 1);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_LEN);
    fault = pthread_create(&thread, &attributes, run_locking, agent);
    pthread_attr_destroy(&attributes);
    if (fault != 0)
        agent_count_lockers(agent, -1);
    return fault == 0;
}

/* Of the agent: the vault was locked. */
static void begin_locking(struct fob_agent *agent)
{
    bool is_due = false;

    pthread_mutex_lock(&open_tokens.mutex);
    for (size_t i = 0; i < FOB_TOKEN_LOCATIONS_MAX; i++) {
        struct open_token *open = &open_tokens.token[i];

        open->is_due = open->serial[0] != '\0';
        is_due |= open->is_due;
    }
    if (is_due && !open_tokens.is_working)
        open_tokens.is_working = start_thread(agent);
    pthread_mutex_unlock(&open_tokens.mutex);
}

void token_lock_await(struct fob_request *request, const char *what)
{
    struct open_token due;

    agent_await_lockers(request->agent, AWAIT_MS);
    for (size_t i = 0; next_due(&i, &due);)
        request_note(request, "token %s %s", due.serial, what);
}
