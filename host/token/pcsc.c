/* SPDX-License-Identifier: MIT */
/* Any card that speaks YKOATH, through PC/SC.  Each link has a thread for the
 * calls, which block. */
#include "host/token/locations.h"
#include "host/token/pcsc_card.h"
#include "host/token/worker.h"

#include "host/base/text.h"
#include "src/wipe.h"

#include <stdlib.h>
#include <string.h>

enum {
    LIST_MS = 3000,
    OPEN_MS = 20000,     /* another program may hold a transaction */
    OPEN_SURE_MS = 1000, /* and does, when a card takes so long */
    ANSWER_MS = 60000,
    ANSWER_SURE_MS = 300, /* few cards compute for so long: most likely it
                             waits for a finger */
};

struct pcsc {
    struct worker worker;

    /* The thread's while it makes a call. */
    enum fob_status status; /* of the latest one */
    struct pcsc_card card;
    char path[FOB_TOKEN_PATH_MAX];
    uint8_t command[FOB_TOKEN_COMMAND_MAX];
    size_t command_len;
    uint8_t reply[FOB_TOKEN_REPLY_MAX];
    size_t reply_len;
};

/* --- on the link's thread ------------------------------------------------*/

static void do_list(void *context)
{
    struct pcsc *pcsc = context;

    pcsc->status =
        pcsc_card_list_readers(&pcsc->card, pcsc->reply, &pcsc->reply_len);
}

static void do_open(void *context)
{
    struct pcsc *pcsc = context;

    pcsc->status = pcsc_card_open(&pcsc->card, pcsc->path);
}

static void do_exchange(void *context)
{
    struct pcsc *pcsc = context;

    pcsc->status =
        pcsc_card_transmit(&pcsc->card, pcsc->command, pcsc->command_len,
                           pcsc->reply, &pcsc->reply_len);
}

static void end_link(void *context)
{
    struct pcsc *pcsc = context;

    pcsc_card_close(&pcsc->card);
    fob_wipe(pcsc, sizeof(*pcsc));
    free(pcsc);
}

/* --- on the caller's -----------------------------------------------------*/

/* FOB_E_UNSUPPORTED: there is no PC/SC here. */
static enum fob_status start_link(struct pcsc **link)
{
    const struct pcsc_library *library = pcsc_library_load();
    struct pcsc *pcsc;

    *link = NULL;
    if (library == NULL)
        return FOB_E_UNSUPPORTED;
    pcsc = calloc(1, sizeof(*pcsc));
    if (pcsc == NULL)
        return FOB_E_FAILED;
    pcsc->card.library = library;
    if (worker_start(&pcsc->worker, end_link, pcsc) != FOB_OK) {
        free(pcsc);
        return FOB_E_FAILED;
    }
    *link = pcsc;
    return FOB_OK;
}

static enum fob_status run_call(struct pcsc *pcsc, void (*call)(void *context),
                                const struct worker_wait *wait)
{
    enum fob_status status = worker_run(&pcsc->worker, call, wait);

    return status == FOB_OK ? pcsc->status : status;
}

static void add_readers(const struct pcsc *pcsc,
                        struct fob_token_locations *locations)
{
    const char *name = (const char *)pcsc->reply;
    size_t left = pcsc->reply_len, len;

    for (; left > 1 && (len = strnlen(name, left)) < left && len > 0;
         name += len + 1, left -= len + 1)
        fob_token_locations_add(locations, &fob_token_pcsc, name, NULL);
}

static const char *word_trouble(enum fob_status status)
{
    switch (status) {
    case FOB_OK:
        return NULL;
    case FOB_E_UNSUPPORTED:
        return "libpcsclite.so.1 is not installed, which third-party tokens "
               "need";
    case FOB_E_TOKEN_ABSENT:
        return "pcscd is not running, which third-party tokens need";
    case FOB_E_BUSY:
        return "pcscd does not answer, which third-party tokens need";
    default:
        return "pcscd does not let you in, which third-party tokens need";
    }
}

static void list_readers(struct fob_token_locations *locations)
{
    static const struct worker_wait wait = {.whole_ms = LIST_MS};
    struct pcsc *pcsc;
    enum fob_status status = start_link(&pcsc);

    if (status == FOB_OK)
        status = run_call(pcsc, do_list, &wait);
    if (status == FOB_OK)
        add_readers(pcsc, locations);
    locations->third_party_trouble = word_trouble(status);
    if (pcsc != NULL)
        worker_leave(&pcsc->worker);
}

static enum fob_status
pcsc_open(const char *path, const struct fob_token_watch *watch, void **link)
{
    const struct worker_wait wait = {OPEN_MS, OPEN_SURE_MS, FOB_TOKEN_BUSY,
                                     watch};
    struct pcsc *pcsc;
    enum fob_status status = start_link(&pcsc);

    *link = NULL;
    if (status != FOB_OK)
        return FOB_E_FAILED;
    (void)!fob_text_copy(pcsc->path, sizeof(pcsc->path), path);
    status = run_call(pcsc, do_open, &wait);
    if (status == FOB_OK)
        *link = pcsc;
    else
        worker_leave(&pcsc->worker);
    return status;
}

static enum fob_status take_reply(const struct pcsc *pcsc,
                                  struct fob_token_exchange *it)
{
    if (pcsc->reply_len > it->reply_cap)
        return FOB_E_DAMAGED;
    it->reply_len = pcsc->reply_len;
    memcpy(it->reply, pcsc->reply, pcsc->reply_len);
    return FOB_OK;
}

static enum fob_status pcsc_exchange(void *link, struct fob_token_exchange *it)
{
    const struct worker_wait wait = {
        ANSWER_MS, ANSWER_SURE_MS,
        it->may_take_touch ? FOB_TOKEN_TOUCH : FOB_TOKEN_WORKING, it->watch};
    struct pcsc *pcsc = link;
    enum fob_status status;

    it->reply_len = 0;
    if (it->command_len > sizeof(pcsc->command))
        return FOB_E_FAILED;
    if (worker_is_stuck(&pcsc->worker))
        return FOB_E_TOKEN_ABSENT;
    memcpy(pcsc->command, it->command, it->command_len);
    pcsc->command_len = it->command_len;
    status = run_call(pcsc, do_exchange, &wait);
    if (status == FOB_OK)
        status = take_reply(pcsc, it);
    if (!worker_is_stuck(&pcsc->worker)) {
        fob_wipe(pcsc->command, sizeof(pcsc->command));
        fob_wipe(pcsc->reply, sizeof(pcsc->reply));
    }
    return status == FOB_E_BUSY ? FOB_E_TOKEN_ABSENT : status;
}

static void pcsc_close(void *link)
{
    struct pcsc *pcsc = link;

    if (pcsc != NULL)
        worker_leave(&pcsc->worker);
}

const struct fob_transport fob_token_pcsc = {
    .name = "pcsc",
    .list = list_readers,
    .open = pcsc_open,
    .exchange = pcsc_exchange,
    .close = pcsc_close,
};
