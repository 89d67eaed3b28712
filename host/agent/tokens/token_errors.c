/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_errors.h"

#include "host/base/text.h"
#include "host/token/sight.h"
#include "host/token/token.h"

#include <string.h>

/* What there is besides, before what is to be done in any case. */
static void put_before(const char *what, struct fob_error *error)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (what[0] != '\0' && fob_text_format(hint, sizeof(hint), "%s; %s", what,
                                           error->hint) == FOB_OK)
        fob_error_advise(error, hint);
}

static void hint_odd(const struct token_errors_seen *seen,
                     struct fob_error *error)
{
    char what[FOB_TOKEN_PATH_MAX + 256] = "";

    if (seen->odd != NULL)
        (void)!fob_text_format(
            what, sizeof(what),
            seen->why == FOB_E_UNSUPPORTED
                ? "the card in %s has no OATH application: a YubiKey may have "
                  "it switched off (ykman config usb --enable OATH)"
                : "the card in %s answers nonsense when asked for its OATH "
                  "application",
            seen->odd->path);
    put_before(what, error);
}

static bool has_reader(const struct fob_token_locations *places)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->location[i].transport == &fob_token_pcsc)
            return true;
    return false;
}

/* Why the card of a third-party token may not be seen, or NULL. */
static const char *find_other(const struct fob_token_locations *places)
{
    if (places->third_party_trouble == NULL && places->has_asked_pcsc &&
        !has_reader(places) && fob_sight_has_scdaemon())
        return "scdaemon of GnuPG may have the reader for itself (gpgconf "
               "--kill scdaemon)";
    return places->third_party_trouble;
}

/* A reset makes another id of most third-party tokens. */
static void hint_stranger(const struct token_errors_seen *seen,
                          struct fob_error *error)
{
    char what[FOB_TOKEN_SERIAL_MAX + 128];

    if (seen->stranger[0] == '\0' ||
        fob_text_format(what, sizeof(what),
                        "token %s is there: if it is that one, it was erased "
                        "since, and has another id",
                        seen->stranger) != FOB_OK)
        return;
    put_before(what, error);
}

static void hint_serial(const char *serial, const char *other,
                        struct fob_error *error)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    fob_error_hint(error, "plug in token %s", serial);
    if (other != NULL && fob_text_format(hint, sizeof(hint), "%s; %s",
                                         error->hint, other) == FOB_OK)
        fob_error_advise(error, hint);
}

/* What keeps fob from a token of its own is the likelier reason. */
static void hint_absent(const struct fob_token_locations *places,
                        const char *serial,
                        const struct token_errors_seen *seen,
                        struct fob_error *error)
{
    const char *other = find_other(places);

    if (places->fob_trouble != NULL) {
        fob_error_advise(error, places->fob_trouble);
        return;
    }
    if (serial[0] == '\0') {
        fob_error_advise(error, "plug one in, then: fob token list");
        put_before(other == NULL ? "" : other, error);
    } else
        hint_serial(serial, other, error);
    if (seen == NULL)
        return;
    hint_odd(seen, error);
    hint_stranger(seen, error);
}

enum fob_status token_errors_absent(struct fob_request *request,
                                    const struct fob_token_locations *places,
                                    const char *serial,
                                    const struct token_errors_seen *seen)
{
    struct fob_error *error = &request->error;

    if (serial[0] == '\0')
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "no token %s",
                      places->fob_trouble == NULL ? "is plugged in"
                                                  : "can be reached");
    else
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "token %s is not there",
                      serial);
    hint_absent(places, serial, seen, error);
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
        fob_error_advise(
            error, fob_sight_has_rules()
                       ? "fob's udev rules give it to whoever sits at the "
                         "machine; for ssh and services see fob-token(1)"
                       : "install fob's udev rules, see fob-token(1), then "
                         "plug it in again");
    return FOB_E_TOKEN_ABSENT;
}

/* Of a card nobody knows whose it is before it is open. */
static enum fob_status word_card_busy(struct fob_request *request,
                                      const struct fob_token_location *place)
{
    const bool is_gnupg = fob_sight_has_scdaemon();

    fob_error_set(&request->error, FOB_E_TOKEN_BLOCKED,
                  "another program%s has the card in %s",
                  is_gnupg ? ", most likely scdaemon of GnuPG," : "",
                  place->path);
    if (is_gnupg)
        fob_error_hint(&request->error,
                       "gpgconf --kill scdaemon; or for good, put pcsc-shared "
                       "into ~/.gnupg/scdaemon.conf");
    else
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
