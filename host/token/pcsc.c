/* SPDX-License-Identifier: MIT */
/*
 * Any card that speaks YKOATH, through PC/SC.  Its calls block for as long as
 * a card or another program likes and cannot be called back, so each link has
 * a thread that makes them, and whoever waits can leave: the thread then tidies
 * up by itself once the call is over.
 */
#include "transport.h"

#include "host/base/monotonic.h"
#include "pcsc_library.h"
#include "src/wipe.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    LIST_MS = 3000,
    OPEN_MS = 20000, /* another program may hold a transaction */
    ANSWER_MS = 60000,
    GLANCE_MS = 300, /* how often the watcher is looked at */
    SHARING_TRIES = 50,
    SHARING_PAUSE_MS = 100,
};

enum task { TASK_NONE, TASK_LIST, TASK_OPEN, TASK_EXCHANGE, TASK_END };

struct pcsc {
    const struct pcsc_library *library;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    enum task task; /* TASK_NONE: the thread is idle */
    bool is_left;   /* nobody waits any more */

    /* The thread's while it has a task. */
    enum fob_status status;
    bool has_context, has_card;
    long context;
    long card;
    unsigned long protocol;
    char path[FOB_TOKEN_PATH_MAX];
    uint8_t command[FOB_TOKEN_COMMAND_MAX];
    size_t command_len;
    uint8_t reply[FOB_TOKEN_REPLY_MAX];
    size_t reply_len;
};

/* --- on the link's thread ------------------------------------------------*/

static enum fob_status status_of(enum pcsc_code code)
{
    switch (code) {
    case PCSC_OK:
        return FOB_OK;
    case PCSC_SHARING_VIOLATION:
        return FOB_E_BUSY;
    case PCSC_NO_SERVICE:
    case PCSC_SERVICE_STOPPED:
    case PCSC_NO_MEMORY:
    case PCSC_SECURITY_VIOLATION:
        return FOB_E_FAILED;
    case PCSC_INSUFFICIENT_BUFFER:
        return FOB_E_DAMAGED;
    default:
        return FOB_E_TOKEN_ABSENT;
    }
}

static enum pcsc_code establish(struct pcsc *pcsc)
{
    enum pcsc_code code = pcsc_library_code(pcsc->library->establish(
        PCSC_SCOPE_SYSTEM, NULL, NULL, &pcsc->context));

    pcsc->has_context = code == PCSC_OK;
    return code;
}

/* The readers' names one after the other, each with its NUL, into `reply`. */
static void do_list(struct pcsc *pcsc)
{
    unsigned long len = sizeof(pcsc->reply);
    enum pcsc_code code = establish(pcsc);

    if (code == PCSC_OK) {
        code = pcsc_library_code(pcsc->library->readers(
            pcsc->context, NULL, (char *)pcsc->reply, &len));
        if (code == PCSC_OK && len <= sizeof(pcsc->reply))
            pcsc->reply_len = len;
        if (code == PCSC_NO_READERS)
            code = PCSC_OK;
    }
    pcsc->status = status_of(code);
}

/* Other programs poll their cards: a violation passes. */
static enum pcsc_code connect_shared(struct pcsc *pcsc)
{
    const struct timespec pause = {.tv_nsec = SHARING_PAUSE_MS * 1000000L};
    enum pcsc_code code = PCSC_SHARING_VIOLATION;

    for (int i = 0; i < SHARING_TRIES; i++) {
        code = pcsc_library_code(pcsc->library->connect(
            pcsc->context, pcsc->path, PCSC_SHARE_SHARED, PCSC_PROTOCOLS,
            &pcsc->card, &pcsc->protocol));
        if (code != PCSC_SHARING_VIOLATION)
            break;
        nanosleep(&pause, NULL);
    }
    pcsc->has_card = code == PCSC_OK;
    return code;
}

/* A transaction keeps others from selecting their own application between
 * two commands of ours. */
static enum pcsc_code begin(struct pcsc *pcsc)
{
    const struct pcsc_library *library = pcsc->library;
    enum pcsc_code code = pcsc_library_code(library->begin(pcsc->card));

    if (code != PCSC_RESET_CARD)
        return code;
    code = pcsc_library_code(library->reconnect(pcsc->card, PCSC_SHARE_SHARED,
                                                PCSC_PROTOCOLS, PCSC_LEAVE_CARD,
                                                &pcsc->protocol));
    return code == PCSC_OK ? pcsc_library_code(library->begin(pcsc->card))
                           : code;
}

static void do_open(struct pcsc *pcsc)
{
    enum pcsc_code code = establish(pcsc);

    if (code == PCSC_OK)
        code = connect_shared(pcsc);
    if (code == PCSC_OK)
        code = begin(pcsc);
    pcsc->status = status_of(code);
}

static void do_exchange(struct pcsc *pcsc)
{
    const struct pcsc_request request = {pcsc->protocol, sizeof(request)};
    unsigned long len = sizeof(pcsc->reply);
    enum pcsc_code code = pcsc_library_code(
        pcsc->library->transmit(pcsc->card, &request, pcsc->command,
                                pcsc->command_len, NULL, pcsc->reply, &len));

    pcsc->status = status_of(code);
    pcsc->reply_len = code == PCSC_OK ? len : 0;
    if (code == PCSC_OK && (len < 2 || len > sizeof(pcsc->reply)))
        pcsc->status = FOB_E_DAMAGED;
}

static void release(struct pcsc *pcsc)
{
    if (pcsc->has_card) {
        pcsc->library->end(pcsc->card, PCSC_LEAVE_CARD);
        pcsc->library->disconnect(pcsc->card, PCSC_LEAVE_CARD);
    }
    if (pcsc->has_context)
        pcsc->library->release(pcsc->context);
    pthread_mutex_destroy(&pcsc->mutex);
    pthread_cond_destroy(&pcsc->changed);
    fob_wipe(pcsc, sizeof(*pcsc));
    free(pcsc);
}

static enum task await_task(struct pcsc *pcsc)
{
    enum task task;

    pthread_mutex_lock(&pcsc->mutex);
    while (pcsc->task == TASK_NONE && !pcsc->is_left)
        pthread_cond_wait(&pcsc->changed, &pcsc->mutex);
    task = pcsc->is_left ? TASK_END : pcsc->task;
    pthread_mutex_unlock(&pcsc->mutex);
    return task;
}

static void end_task(struct pcsc *pcsc)
{
    pthread_mutex_lock(&pcsc->mutex);
    pcsc->task = TASK_NONE;
    pthread_cond_broadcast(&pcsc->changed);
    pthread_mutex_unlock(&pcsc->mutex);
}

static void *serve(void *argument)
{
    struct pcsc *pcsc = argument;
    enum task task;

    while ((task = await_task(pcsc)) != TASK_END) {
        if (task == TASK_LIST)
            do_list(pcsc);
        else if (task == TASK_OPEN)
            do_open(pcsc);
        else
            do_exchange(pcsc);
        end_task(pcsc);
    }
    release(pcsc);
    return NULL;
}

/* --- on the caller's -----------------------------------------------------*/

static struct pcsc *start(void)
{
    const struct pcsc_library *library = pcsc_library_load();
    struct pcsc *pcsc = library == NULL ? NULL : calloc(1, sizeof(*pcsc));
    pthread_t thread;

    if (pcsc == NULL)
        return NULL;
    pcsc->library = library;
    pthread_mutex_init(&pcsc->mutex, NULL);
    pthread_cond_init(&pcsc->changed, NULL);
    if (pthread_create(&thread, NULL, serve, pcsc) != 0) {
        release(pcsc);
        return NULL;
    }
    pthread_detach(thread);
    return pcsc;
}

/* Leave the link to its thread. */
static void leave(struct pcsc *pcsc)
{
    pthread_mutex_lock(&pcsc->mutex);
    pcsc->is_left = true;
    pthread_cond_broadcast(&pcsc->changed);
    pthread_mutex_unlock(&pcsc->mutex);
}

/* Until the thread is done, at most so long; whether it is. */
static bool await_end(struct pcsc *pcsc, int wait_ms)
{
    struct timespec end;
    int code = 0;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += wait_ms % 1000 * 1000000L;
    end.tv_sec += wait_ms / 1000 + end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    while (pcsc->task != TASK_NONE && code == 0)
        code = pthread_cond_timedwait(&pcsc->changed, &pcsc->mutex, &end);
    return pcsc->task == TASK_NONE;
}

/* Have the thread do something.  No answer for a while can only be a card
 * that waits for a finger: cards compute for less than that. */
static enum fob_status run(struct pcsc *pcsc, enum task task, int whole_ms,
                           const struct fob_token_watch *watch)
{
    int64_t end_ms = fob_monotonic_ms() + whole_ms;
    enum fob_status status = FOB_OK;

    pthread_mutex_lock(&pcsc->mutex);
    pcsc->task = task;
    pthread_cond_broadcast(&pcsc->changed);
    while (status == FOB_OK && !await_end(pcsc, GLANCE_MS)) {
        if (fob_monotonic_ms() >= end_ms)
            status = FOB_E_TOKEN_ABSENT;
        else if (watch != NULL && !watch->wait(watch->context, FOB_TOKEN_TOUCH))
            status = FOB_E_NOT_TOUCHED;
    }
    if (status == FOB_OK)
        status = pcsc->status;
    pthread_mutex_unlock(&pcsc->mutex);
    return status;
}

static void add_readers(const struct pcsc *pcsc,
                        struct fob_token_places *places)
{
    const char *name = (const char *)pcsc->reply;
    size_t left = pcsc->reply_len, len;

    for (; left > 1 && (len = strnlen(name, left)) < left && len > 0;
         name += len + 1, left -= len + 1)
        fob_token_places_add(places, &fob_token_pcsc, name, NULL);
}

static void list(struct fob_token_places *places)
{
    struct pcsc *pcsc = start();
    enum fob_status status;

    if (pcsc == NULL) {
        if (places->trouble == NULL)
            places->trouble = "libpcsclite.so.1 is not installed, which other "
                              "makers' tokens need";
        return;
    }
    status = run(pcsc, TASK_LIST, LIST_MS, NULL);
    if (status == FOB_OK)
        add_readers(pcsc, places);
    else if (places->trouble == NULL)
        places->trouble =
            "pcscd is not running, which other makers' tokens need";
    leave(pcsc);
}

static enum fob_status pcsc_open(const char *path, void **link)
{
    struct pcsc *pcsc = start();
    enum fob_status status;

    *link = NULL;
    if (pcsc == NULL)
        return FOB_E_FAILED;
    strncpy(pcsc->path, path, sizeof(pcsc->path) - 1);
    status = run(pcsc, TASK_OPEN, OPEN_MS, NULL);
    if (status == FOB_OK)
        *link = pcsc;
    else
        leave(pcsc);
    return status;
}

/* A call that was given up on is still the thread's. */
static bool is_stuck(struct pcsc *pcsc)
{
    bool stuck;

    pthread_mutex_lock(&pcsc->mutex);
    stuck = pcsc->task != TASK_NONE;
    pthread_mutex_unlock(&pcsc->mutex);
    return stuck;
}

static enum fob_status pcsc_exchange(void *link, struct fob_token_exchange *it)
{
    struct pcsc *pcsc = link;
    enum fob_status status;

    it->reply_len = 0;
    if (it->command_len > sizeof(pcsc->command))
        return FOB_E_FAILED;
    if (is_stuck(pcsc))
        return FOB_E_TOKEN_ABSENT;
    memcpy(pcsc->command, it->command, it->command_len);
    pcsc->command_len = it->command_len;
    status = run(pcsc, TASK_EXCHANGE, ANSWER_MS, it->watch);
    if (status == FOB_OK && pcsc->reply_len > it->reply_cap)
        status = FOB_E_DAMAGED;
    if (status == FOB_OK) {
        it->reply_len = pcsc->reply_len;
        memcpy(it->reply, pcsc->reply, pcsc->reply_len);
    }
    if (!is_stuck(pcsc)) {
        fob_wipe(pcsc->command, sizeof(pcsc->command));
        fob_wipe(pcsc->reply, sizeof(pcsc->reply));
    }
    return status;
}

static void pcsc_close(void *link)
{
    if (link != NULL)
        leave(link);
}

const struct fob_transport fob_token_pcsc = {
    .name = "pcsc",
    .list = list,
    .open = pcsc_open,
    .exchange = pcsc_exchange,
    .close = pcsc_close,
};
