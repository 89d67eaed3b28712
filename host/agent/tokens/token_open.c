/* SPDX-License-Identifier: MIT */
/* Which token is meant, among those that there are. */
#include "host/agent/tokens/token.h"

#include "host/agent/tokens/token_errors.h"
#include "host/base/text.h"
#include "host/token/locations_find.h"

#include <string.h>

/* FOB_TOKEN of the caller, or "". */
static const char *find_wanted(const struct fob_request *request)
{
    const char *wanted =
        client_environment_get(&request->environment, "FOB_TOKEN");

    return wanted == NULL ? "" : wanted;
}

void token_find_locations(struct fob_request *request,
                          struct fob_token_locations *places)
{
    fob_token_locations_find(places, find_wanted(request));
}

/* --- the search ----------------------------------------------------------*/

struct search {
    struct fob_request *request;
    const char *serial; /* "": the only one */
    const struct token_wish *wish;
    unsigned passed; /* of those that fit */
    bool has_other;  /* one has the serial, and is another */
    bool may_wait;
    struct token_session *session;
    bool found;    /* then `session` is open */
    bool is_taken; /* another request has one, and must not be waited for */
    const struct fob_token_location
        *closed; /* a card that may be it; or NULL */
    enum fob_status why;
    struct token_errors_seen seen;
};

/* In hex, of our own: others have it for a serial. */
static void write_id(const struct fob_token *token,
                     char id[static 2 * FOB_TOKEN_ID + 1])
{
    id[0] = '\0';
    if (token->is_own)
        fob_text_hex(token->id, sizeof(token->id), id);
}

static bool is_it(struct search *search, const struct fob_token *token)
{
    const char *wanted = search->wish->id;
    char id[2 * FOB_TOKEN_ID + 1];

    write_id(token, id);
    if (search->serial[0] == '\0')
        return true;
    if (strcmp(token->serial, search->serial) != 0)
        return wanted == NULL && strcmp(id, search->serial) == 0;
    if (wanted == NULL || wanted[0] == '\0' || id[0] == '\0' ||
        strcmp(id, wanted) == 0)
        return search->passed++ >= search->wish->skip;
    search->has_other = true;
    return false;
}

/* With "" the search goes on after the first, for there may be a second; so it
 * does before what cannot be undone. */
static bool is_over(const struct search *search)
{
    const struct token_wish *wish = search->wish;
    bool has_id = wish->id != NULL && wish->id[0] != '\0';

    return search->found && search->serial[0] != '\0' &&
           (has_id || !wish->is_for_good);
}

/* What a card is that cannot be opened is told of only when nothing else is
 * found: it may be anything. */
static enum fob_status note_card(struct search *search,
                                 const struct fob_token_location *place,
                                 enum fob_status status)
{
    bool is_closed = status == FOB_E_BUSY || status == FOB_E_TOKEN_BLOCKED ||
                     status == FOB_E_FAILED;

    fob_error_clear(&search->request->error);
    if (!is_closed && status != FOB_E_TOKEN_ABSENT &&
        search->seen.odd == NULL) {
        search->seen.odd = place;
        search->seen.why = status;
    }
    if (is_closed && search->closed == NULL) {
        search->closed = place;
        search->why = status;
    }
    return FOB_OK;
}

static enum fob_status note_unopened(struct search *search,
                                     const struct fob_token_location *place,
                                     bool is_taken, enum fob_status status)
{
    search->is_taken |= is_taken;
    if (place->transport == &fob_token_pcsc)
        return note_card(search, place, status);
    if (is_taken)
        return FOB_E_BUSY;
    if (status != FOB_E_TOKEN_ABSENT && status != FOB_E_UNSUPPORTED)
        return token_errors_open(search->request, place, status);
    fob_error_clear(&search->request->error);
    return FOB_OK;
}

/* A fault is the end of the search. */
static enum fob_status try_place(struct search *search,
                                 const struct fob_token_location *place)
{
    struct token_session other;
    struct token_session *into = search->found ? &other : search->session;
    enum fob_status status =
        token_open_at(search->request, place, search->may_wait, into);

    if (status != FOB_OK)
        return note_unopened(search, place, into->is_taken, status);
    if (!is_it(search, &into->token)) {
        if (!into->token.is_own)
            memcpy(search->seen.stranger, into->token.serial,
                   sizeof(search->seen.stranger));
        token_close(into);
        return FOB_OK;
    }
    if (search->found) {
        token_close(into);
        return search->serial[0] == '\0'
                   ? token_errors_ambiguous(search->request)
                   : token_errors_twins(search->request, search->serial);
    }
    search->found = true;
    return FOB_OK;
}

static enum fob_status word_unfound(struct search *search,
                                    const struct fob_token_locations *places)
{
    if (search->is_taken)
        return FOB_E_BUSY;
    if (search->has_other)
        return fob_error_set(&search->request->error, FOB_E_NOT_FOUND,
                             "the token %s that is there is not the one that "
                             "was meant: it was erased since, or another one "
                             "has its serial",
                             search->serial);
    if (search->closed != NULL)
        return token_errors_open(search->request, search->closed, search->why);
    return token_errors_absent(search->request, places, search->serial,
                               &search->seen);
}

static enum fob_status search_places(struct search *search,
                                     const struct fob_token_locations *places)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < places->count && !is_over(search); i++) {
        const struct fob_token_location *place = &places->location[i];

        if (fob_token_location_may_be(place, search->serial))
            status = try_place(search, place);
        if (status != FOB_OK)
            break;
    }
    if (status != FOB_OK && search->found)
        token_close(search->session);
    return status == FOB_OK && !search->found ? word_unfound(search, places)
                                              : status;
}

/* "" is what FOB_TOKEN names; sim:PATH names a place, not a serial. */
static const char *choose_serial(const char *serial, const char *wanted)
{
    bool is_named = serial[0] != '\0' || strncmp(wanted, "sim:", 4) == 0;

    return is_named ? serial : wanted;
}

/* What is no serial of those that the bus tells may be an id. */
static bool is_serial_there(const struct fob_token_locations *places,
                            const char *serial)
{
    for (size_t i = 0; i < places->count; i++)
        if (strcmp(places->location[i].serial, serial) == 0)
            return true;
    return serial[0] == '\0';
}

static void forget_serials(struct fob_token_locations *places)
{
    for (size_t i = 0; i < places->count; i++)
        places->location[i].serial[0] = '\0';
}

/* One that is named is looked for where nobody is waited for first: another
 * token's touch is no reason to wait. */
enum fob_status token_open_wish(struct fob_request *request,
                                const struct token_wish *wish, bool may_wait,
                                struct token_session *session)
{
    const char *wanted = find_wanted(request);
    struct fob_token_locations places;
    struct search search = {
        .request = request, .wish = wish, .session = session};
    enum fob_status status;

    *session = (struct token_session){.request = request, .lock = -1};
    fob_token_locations_find(&places, wanted);
    search.serial = choose_serial(wish->serial, wanted);
    if (!is_serial_there(&places, search.serial) && wish->id == NULL)
        forget_serials(&places);
    search.may_wait = may_wait && search.serial[0] == '\0';
    status = search_places(&search, &places);
    if (!search.is_taken || !may_wait)
        return status;
    search.is_taken = false;
    search.closed = NULL;
    search.passed = 0;
    search.may_wait = true;
    return search_places(&search, &places);
}

enum fob_status token_open(struct fob_request *request, const char *serial,
                           struct token_session *session)
{
    const struct token_wish wish = {.serial = serial};

    return token_open_wish(request, &wish, true, session);
}
