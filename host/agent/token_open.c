/* SPDX-License-Identifier: MIT */
/* Which token is meant, among those that there are. */
#include "host/agent/token.h"

#include <string.h>

enum { WANTED_MAX = FOB_TOKEN_PATH_MAX + 8 };

/* FOB_TOKEN of the caller, or "". */
static void read_wanted(const struct fob_request *request,
                        char wanted[static WANTED_MAX])
{
    static const char name[] = "FOB_TOKEN=";
    struct fob_reader fields;
    struct fob_field field;
    size_t skip = sizeof(name) - 1;

    wanted[0] = '\0';
    fob_message_fields(&request->message, &fields);
    while (fob_message_next(&fields, &field))
        if (field.tag == FOB_TAG_ENV && field.len > skip &&
            field.len - skip < WANTED_MAX &&
            memcmp(field.data, name, skip) == 0) {
            memcpy(wanted, field.data + skip, field.len - skip);
            wanted[field.len - skip] = '\0';
        }
}

enum fob_status token_read_serial(struct fob_request *request,
                                  char serial[static FOB_TOKEN_SERIAL_MAX + 1])
{
    enum fob_status status = fob_message_text(&request->message, FOB_TAG_TOKEN,
                                              serial, FOB_TOKEN_SERIAL_MAX + 1);

    if (status == FOB_OK || status == FOB_E_NOT_FOUND)
        return FOB_OK;
    return request_text(request, FOB_TAG_TOKEN, "serial", serial,
                        FOB_TOKEN_SERIAL_MAX + 1);
}

void token_find_places(struct fob_request *request,
                       struct fob_token_places *places)
{
    char wanted[WANTED_MAX];

    read_wanted(request, wanted);
    fob_token_places_find(places, wanted);
}

/* --- words ---------------------------------------------------------------*/

/* What keeps fob from a token of its own is the likelier reason. */
static void hint_absent(const struct fob_token_places *places,
                        const char *serial, struct fob_error *error)
{
    const char *other = places->other_trouble;

    if (places->own_trouble != NULL)
        fob_error_hint(error, "%s", places->own_trouble);
    else if (serial[0] == '\0')
        fob_error_hint(error, "%s",
                       other != NULL ? other
                                     : "plug one in, then: fob token list");
    else if (other == NULL)
        fob_error_hint(error, "plug in token %s", serial);
    else
        fob_error_hint(error, "plug in token %s; %s", serial, other);
}

static enum fob_status word_absent(struct fob_request *request,
                                   const struct fob_token_places *places,
                                   const char *serial)
{
    struct fob_error *error = &request->error;

    if (serial[0] == '\0')
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "no token is plugged in");
    else
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "token %s is not there",
                      serial);
    hint_absent(places, serial, error);
    return FOB_E_TOKEN_ABSENT;
}

static enum fob_status word_ambiguous(struct fob_request *request)
{
    fob_error_set(&request->error, FOB_E_AMBIGUOUS,
                  "more than one token is plugged in");
    fob_error_hint(&request->error, "name one in FOB_TOKEN; they are listed "
                                    "by: fob token list");
    return FOB_E_AMBIGUOUS;
}

static enum fob_status word_denied(struct fob_request *request,
                                   const struct fob_token_place *place)
{
    struct fob_error *error = &request->error;

    fob_error_set(error, FOB_E_TOKEN_ABSENT,
                  "the system does not let fob near the token at %s",
                  place->path);
    if (place->transport == &fob_token_pcsc)
        fob_error_hint(error, "allow org.debian.pcsc-lite.access_card in "
                              "polkit");
    else
        fob_error_hint(error, "install fob's udev rules, then plug it in "
                              "again");
    return FOB_E_TOKEN_ABSENT;
}

/* Of a card nobody knows whose it is before it is open. */
static enum fob_status word_card_busy(struct fob_request *request,
                                      const struct fob_token_place *place)
{
    fob_error_set(&request->error, FOB_E_TOKEN_BLOCKED,
                  "another program has the card in %s", place->path);
    fob_error_hint(&request->error, "end it, then run the command again");
    return FOB_E_TOKEN_BLOCKED;
}

static enum fob_status word_open(struct fob_request *request,
                                 const struct fob_token_place *place,
                                 enum fob_status status)
{
    struct fob_token token = {0};

    if (request->error.status != FOB_OK)
        return request->error.status;
    if (status == FOB_E_FAILED)
        return word_denied(request, place);
    if (place->transport == &fob_token_pcsc)
        return word_card_busy(request, place);
    strcpy(token.serial, place->serial[0] != '\0' ? place->serial : "there");
    return fob_token_word(&token, status, "nothing was asked of it",
                          &request->error);
}

/* --- the search ----------------------------------------------------------*/

struct search {
    struct fob_request *request;
    const char *serial; /* "": the only one */
    struct token_session *session;
    bool found;                           /* then `session` is open */
    const struct fob_token_place *closed; /* a card that may be it; or NULL */
    enum fob_status why;
};

static bool is_it(const struct token_session *session, const char *serial)
{
    return serial[0] == '\0' || strcmp(session->token.serial, serial) == 0;
}

/* With "" the search goes on after the first, for there may be a second. */
static bool is_over(const struct search *search)
{
    return search->found && search->serial[0] != '\0';
}

/* A card that is no token, or not ours to open, is told of only when nothing
 * else is found: it may be anything. */
static enum fob_status word_unopened(struct search *search,
                                     const struct fob_token_place *place,
                                     enum fob_status status)
{
    bool is_closed = status == FOB_E_BUSY || status == FOB_E_TOKEN_BLOCKED ||
                     status == FOB_E_FAILED;

    if (place->transport != &fob_token_pcsc && status != FOB_E_TOKEN_ABSENT &&
        status != FOB_E_UNSUPPORTED)
        return word_open(search->request, place, status);
    fob_error_clear(&search->request->error);
    if (is_closed && search->closed == NULL) {
        search->closed = place;
        search->why = status;
    }
    return FOB_OK;
}

/* A fault is the end of the search. */
static enum fob_status try_place(struct search *search,
                                 const struct fob_token_place *place)
{
    struct token_session other;
    struct token_session *into = search->found ? &other : search->session;
    enum fob_status status =
        token_open_place(search->request, place, true, into);

    if (status != FOB_OK)
        return word_unopened(search, place, status);
    if (!is_it(into, search->serial)) {
        token_close(into);
        return FOB_OK;
    }
    if (search->found) {
        token_close(into);
        return word_ambiguous(search->request);
    }
    search->found = true;
    return FOB_OK;
}

static enum fob_status search_places(struct search *search,
                                     const struct fob_token_places *places)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < places->count && !is_over(search); i++) {
        const struct fob_token_place *place = &places->place[i];

        if (fob_token_place_may_be(place, search->serial))
            status = try_place(search, place);
        if (status != FOB_OK)
            break;
    }
    if (status != FOB_OK && search->found)
        token_close(search->session);
    if (status != FOB_OK || search->found)
        return status;
    return search->closed != NULL
               ? word_open(search->request, search->closed, search->why)
               : word_absent(search->request, places, search->serial);
}

enum fob_status token_open(struct fob_request *request, const char *serial,
                           struct token_session *session)
{
    char wanted[WANTED_MAX];
    struct fob_token_places places;
    struct search search = {
        .request = request, .serial = serial, .session = session};

    *session = (struct token_session){.request = request, .lock = -1};
    read_wanted(request, wanted);
    fob_token_places_find(&places, wanted);
    if (serial[0] == '\0' && strncmp(wanted, "sim:", 4) != 0)
        search.serial = wanted;
    return search_places(&search, &places);
}
