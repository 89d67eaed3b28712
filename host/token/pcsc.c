/* SPDX-License-Identifier: MIT */
/* Any card that speaks YKOATH, through PC/SC.  Each link has a thread for the
 * calls, which block. */
#include "pcsc_card.h"
#include "worker.h"

#include "src/wipe.h"

#include <stdlib.h>
#include <string.h>

enum {
    LIST_MS = 3000,
    OPEN_MS = 20000, /* another program may hold a transaction */
    ANSWER_MS = 60000,
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

static void end(void *context)
{
    struct pcsc *pcsc = context;

    pcsc_card_close(&pcsc->card);
    fob_wipe(pcsc, sizeof(*pcsc));
    free(pcsc);
}

/* --- on the caller's -----------------------------------------------------*/

/* FOB_E_UNSUPPORTED: there is no PC/SC here. */
static enum fob_status start(struct pcsc **link)
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
    if (worker_start(&pcsc->worker, end, pcsc) != FOB_OK) {
        free(pcsc);
        return FOB_E_FAILED;
    }
    *link = pcsc;
    return FOB_OK;
}

static enum fob_status run(struct pcsc *pcsc, void (*call)(void *context),
                           int whole_ms, const struct fob_token_watch *watch)
{
    enum fob_status status = worker_run(&pcsc->worker, call, whole_ms, watch);

    return status == FOB_OK ? pcsc->status : status;
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
    struct pcsc *pcsc;
    enum fob_status status = start(&pcsc);

    if (status == FOB_OK)
        status = run(pcsc, do_list, LIST_MS, NULL);
    if (status == FOB_OK)
        add_readers(pcsc, places);
    else if (status == FOB_E_UNSUPPORTED)
        places->other_trouble = "libpcsclite.so.1 is not installed, which "
                                "other makers' tokens need";
    else
        places->other_trouble =
            "pcscd is not running, which other makers' tokens need";
    if (pcsc != NULL)
        worker_leave(&pcsc->worker);
}

static enum fob_status pcsc_open(const char *path, void **link)
{
    struct pcsc *pcsc;
    enum fob_status status = start(&pcsc);

    *link = NULL;
    if (status != FOB_OK)
        return FOB_E_FAILED;
    strncpy(pcsc->path, path, sizeof(pcsc->path) - 1);
    status = run(pcsc, do_open, OPEN_MS, NULL);
    if (status == FOB_OK)
        *link = pcsc;
    else
        worker_leave(&pcsc->worker);
    return status;
}

static void take_reply(const struct pcsc *pcsc, struct fob_token_exchange *it)
{
    it->reply_len = pcsc->reply_len;
    memcpy(it->reply, pcsc->reply, pcsc->reply_len);
}

static enum fob_status pcsc_exchange(void *link, struct fob_token_exchange *it)
{
    struct pcsc *pcsc = link;
    enum fob_status status;

    it->reply_len = 0;
    if (it->command_len > sizeof(pcsc->command))
        return FOB_E_FAILED;
    if (worker_is_stuck(&pcsc->worker))
        return FOB_E_TOKEN_ABSENT;
    memcpy(pcsc->command, it->command, it->command_len);
    pcsc->command_len = it->command_len;
    status = run(pcsc, do_exchange, ANSWER_MS, it->watch);
    if (status == FOB_OK && pcsc->reply_len > it->reply_cap)
        status = FOB_E_DAMAGED;
    if (status == FOB_OK)
        take_reply(pcsc, it);
    if (!worker_is_stuck(&pcsc->worker)) {
        fob_wipe(pcsc->command, sizeof(pcsc->command));
        fob_wipe(pcsc->reply, sizeof(pcsc->reply));
    }
    return status;
}

static void pcsc_close(void *link)
{
    struct pcsc *pcsc = link;

    if (pcsc != NULL)
        worker_leave(&pcsc->worker);
}

const struct fob_transport fob_token_pcsc = {
    .name = "pcsc",
    .list = list,
    .open = pcsc_open,
    .exchange = pcsc_exchange,
    .close = pcsc_close,
};
