/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_errors.h"

#include "host/base/text.h"
#include "host/token/token.h"

#include <string.h>

/* What third-party tokens need, if anything, and what to do in any case. */
static void hint_any(const char *other, struct fob_error *error)
{
    static const char plug_in[] = "plug one in, then: fob token list";
    char hint[FOB_ERROR_HINT_MAX + 1];

    fob_error_advise(error, plug_in);
    if (other != NULL &&
        fob_text_format(hint, sizeof(hint), "%s; %s", other, plug_in) == FOB_OK)
        fob_error_advise(error, hint);
}

static void hint_either(const char *serial, const char *other,
                        struct fob_error *error)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    fob_error_hint(error, "plug in token %s", serial);
    if (fob_text_format(hint, sizeof(hint), "%s; %s", error->hint, other) ==
        FOB_OK)
        fob_error_advise(error, hint);
}

/* What keeps fob from a token of its own is the likelier reason. */
static void hint_absent(const struct fob_token_locations *places,
                        const char *serial, struct fob_error *error)
{
    const char *other = places->third_party_trouble;

    if (places->fob_trouble != NULL)
        fob_error_advise(error, places->fob_trouble);
    else if (serial[0] == '\0')
        hint_any(other, error);
    else if (other == NULL)
        fob_error_hint(error, "plug in token %s", serial);
    else
        hint_either(serial, other, error);
}

enum fob_status token_errors_absent(struct fob_request *request,
                                    const struct fob_token_locations *places,
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

enum fob_status token_errors_ambiguous(struct fob_request *request)
{
    fob_error_set(&request->error, FOB_E_AMBIGUOUS,
                  "more than one token is plugged in");
    fob_error_hint(&request->error, "name one in FOB_TOKEN; they are listed "
                                    "by: fob token list");
    return FOB_E_AMBIGUOUS;
}

enum fob_status token_errors_twins(struct fob_request *request,
                                   const char *serial)
{
    fob_error_set(&request->error, FOB_E_AMBIGUOUS,
                  "two tokens have the serial %s: nothing was done, for nobody "
                  "can tell which is meant",
                  serial);
    fob_error_hint(&request->error, "unplug one, or name its id instead; they "
                                    "are listed by: fob --json token list");
    return FOB_E_AMBIGUOUS;
}

static enum fob_status word_denied(struct fob_request *request,
                                   const struct fob_token_location *place)
{
    struct fob_error *error = &request->error;

    fob_error_set(error, FOB_E_TOKEN_ABSENT,
                  "the system does not let fob near the token at %s",
                  place->path);
    if (place->transport == &fob_token_pcsc)
        fob_error_hint(error, "allow org.debian.pcsc-lite.access_card in "
                              "polkit");
    else
        fob_error_hint(error, "install fob's udev rules, see fob-token(1), "
                              "then plug it in again");
    return FOB_E_TOKEN_ABSENT;
}

/* Of a card nobody knows whose it is before it is open. */
static enum fob_status word_card_busy(struct fob_request *request,
                                      const struct fob_token_location *place)
{
    fob_error_set(&request->error, FOB_E_TOKEN_BLOCKED,
                  "another program has the card in %s", place->path);
    fob_error_hint(&request->error, "end it, then run the command again");
    return FOB_E_TOKEN_BLOCKED;
}

enum fob_status token_errors_open(struct fob_request *request,
                                  const struct fob_token_location *place,
                                  enum fob_status status)
{
    struct fob_token token = {0};

    if (request->error.status != FOB_OK)
        return request->error.status;
    if (status == FOB_E_FAILED)
        return word_denied(request, place);
    if (place->transport == &fob_token_pcsc)
        return word_card_busy(request, place);
    (void)!fob_text_copy(token.serial, sizeof(token.serial),
                         place->serial[0] != '\0' ? place->serial : "there");
    return fob_token_word(&token, status, "nothing was asked of it",
                          &request->error);
}
