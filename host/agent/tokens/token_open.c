/* SPDX-License-Identifier: MIT */
/* Which token is meant, among those that there are. */
#include "host/agent/tokens/token.h"

#include "host/agent/tokens/token_errors.h"
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
    bool may_wait;
    struct token_session *session;
    bool found;    /* then `session` is open */
    bool is_taken; /* another request has one, and must not be waited for */
    const struct fob_token_location
        *closed; /* a card that may be it; or NULL */
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

/* What a card is that cannot be opened is told of only when nothing else is
 * found: it may be anything. */
static enum fob_status note_card(struct search *search,
                                 const struct fob_token_location *place,
                                 enum fob_status status)
{
    bool is_closed = status == FOB_E_BUSY || status == FOB_E_TOKEN_BLOCKED ||
                     status == FOB_E_FAILED;

    fob_error_clear(&search->request->error);
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
    if (!is_it(into, search->serial)) {
        token_close(into);
        return FOB_OK;
    }
    if (search->found) {
        token_close(into);
        return token_errors_ambiguous(search->request);
    }
    search->found = true;
    return FOB_OK;
}

static enum fob_status word_unfound(struct search *search,
                                    const struct fob_token_locations *places)
{
    if (search->is_taken)
        return FOB_E_BUSY;
    if (search->closed != NULL)
        return token_errors_open(search->request, search->closed, search->why);
    return token_errors_absent(search->request, places, search->serial);
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

/* One that is named is looked for where nobody is waited for first: another
 * token's touch is no reason to wait. */
static enum fob_status open_among(struct fob_request *request,
                                  const char *serial, bool may_wait,
                                  struct token_session *session)
{
    const char *wanted = find_wanted(request);
    struct fob_token_locations places;
    struct search search = {.request = request, .session = session};
    enum fob_status status;

    *session = (struct token_session){.request = request, .lock = -1};
    fob_token_locations_find(&places, wanted);
    search.serial = choose_serial(serial, wanted);
    search.may_wait = may_wait && search.serial[0] == '\0';
    status = search_places(&search, &places);
    if (!search.is_taken || !may_wait)
        return status;
    search.is_taken = false;
    search.closed = NULL;
    search.may_wait = true;
    return search_places(&search, &places);
}

enum fob_status token_open(struct fob_request *request, const char *serial,
                           struct token_session *session)
{
    return open_among(request, serial, true, session);
}

enum fob_status token_open_now(struct fob_request *request, const char *serial,
                               struct token_session *session)
{
    return open_among(request, serial, false, session);
}
