/* SPDX-License-Identifier: MIT */
/* Tokens: those that are there and of no use as they are, and those that are
 * not there and have an account's seed. */
#include "host/agent/doctor/doctor.h"

#include "host/agent/tokens/token.h"
#include "host/agent/tokens/token_errors.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/vault/accounts.h"

#include <stdio.h>
#include <string.h>

struct sight {
    struct doctor *doctor;
    struct fob_token_locations places;
    char there[FOB_TOKEN_LOCATIONS_MAX][FOB_TOKEN_SERIAL_MAX + 1];
    size_t count;
    bool has_cards;  /* they were looked at, too */
    bool has_closed; /* there is one that may be any token */
};

/* --- those that are there ------------------------------------------------*/

static bool is_card(const struct fob_token_location *place)
{
    return place->transport == &fob_token_pcsc;
}

static void tell_words(struct doctor *doctor)
{
    doctor_report_error(doctor, "tokens", &doctor->request->error);
    fob_error_clear(&doctor->request->error);
}

static void tell_locked(struct doctor *doctor, const char *serial)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(hint, sizeof(hint), "fob token unlock %s", serial) !=
        FOB_OK)
        (void)!fob_text_copy(hint, sizeof(hint), "fob token unlock");
    doctor_report(doctor, DOCTOR_NOTE, "tokens", hint,
                  "token %s is locked by its passphrase", serial);
}

static void tell_unlocked(struct doctor *doctor, const char *serial)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(hint, sizeof(hint), "fob token lock %s", serial) !=
        FOB_OK)
        (void)!fob_text_copy(hint, sizeof(hint), "fob token lock");
    doctor_report(doctor, DOCTOR_NOTE, "tokens", hint,
                  "token %s is unlocked, and the vault is not", serial);
}

static void tell_own(struct doctor *doctor, const struct fob_token *token)
{
    const struct fob_token_info *info = &token->info;

    if (info->is_lost || info->tries == 0) {
        (void)!fob_token_word(token, FOB_E_TOKEN_BLOCKED, "it stays locked",
                              &doctor->request->error);
        tell_words(doctor);
    } else if (info->is_locked)
        tell_locked(doctor, token->serial);
    else if (info->is_sealed && !doctor->is_open)
        tell_unlocked(doctor, token->serial);
}

static void tell_unopened_own(struct sight *sight,
                              const struct fob_token_location *place,
                              enum fob_status status)
{
    struct doctor *doctor = sight->doctor;
    const char *serial = place->serial;

    (void)!fob_text_copy(sight->there[sight->count],
                         sizeof(sight->there[sight->count]), serial);
    sight->count++;
    sight->has_closed |= serial[0] == '\0';
    if (status == FOB_E_BUSY) {
        doctor_report(doctor, DOCTOR_NOTE, "tokens", "",
                      "token %s is in use, so no more is known of it",
                      serial[0] == '\0' ? place->path : serial);
        return;
    }
    (void)!token_errors_open(doctor->request, place, status);
    tell_words(doctor);
    sight->places.fob_trouble = NULL;
}

/* A reader may hold any card, or none. */
static void tell_unopened(struct sight *sight,
                          const struct fob_token_location *place,
                          enum fob_status status)
{
    if (status == FOB_E_TOKEN_ABSENT || status == FOB_E_UNSUPPORTED)
        return;
    if (is_card(place))
        sight->has_closed = true;
    else
        tell_unopened_own(sight, place, status);
}

static void look_at(struct sight *sight, const struct fob_token_location *place)
{
    struct fob_request *request = sight->doctor->request;
    struct token_session session;
    enum fob_status status = token_open_at(request, place, false, &session);

    if (status != FOB_OK) {
        tell_unopened(sight, place, status);
        fob_error_clear(&request->error);
        return;
    }
    (void)!fob_text_copy(sight->there[sight->count],
                         sizeof(sight->there[sight->count]),
                         session.token.serial);
    sight->count++;
    if (session.token.is_own)
        tell_own(sight->doctor, &session.token);
    token_close(&session);
}

static void look_at_all(struct sight *sight, bool at_cards)
{
    for (size_t i = 0; i < sight->places.count; i++)
        if (is_card(&sight->places.location[i]) == at_cards)
            look_at(sight, &sight->places.location[i]);
}

/* --- those that are not --------------------------------------------------*/

static bool is_seen(const struct sight *sight, const char *serial)
{
    for (size_t i = 0; i < sight->count; i++)
        if (strcmp(sight->there[i], serial) == 0)
            return true;
    return false;
}

/* Other makers' cards are left alone unless an account may be on one. */
static bool is_there(struct sight *sight, const char *serial)
{
    if (!is_seen(sight, serial) && !sight->has_cards) {
        sight->has_cards = true;
        look_at_all(sight, true);
    }
    return is_seen(sight, serial);
}

/* How many accounts are on that token, and the first of them. */
static size_t count_accounts(const struct doctor *doctor, const char *serial,
                             char first[static FOB_ACCOUNT_NAME_MAX + 1])
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    size_t cursor = 0, count = 0;

    while (account != NULL &&
           fob_accounts_next(&doctor->body, &cursor, account))
        if (strcmp(account->token, serial) == 0 && count++ == 0)
            (void)!fob_text_copy(first, FOB_ACCOUNT_NAME_MAX + 1,
                                 account->name);
    fob_secret_free(&room);
    return count;
}

static void tell_absent(struct sight *sight, const char *serial,
                        const char *name, size_t count)
{
    struct doctor *doctor = sight->doctor;
    struct fob_error *error = &doctor->request->error;
    char others[32] = "";

    if (count > 1)
        snprintf(others, sizeof(others), " and %zu more", count - 1);
    (void)!token_errors_absent(doctor->request, &sight->places, serial, NULL);
    doctor_report(doctor, DOCTOR_NOTE, "tokens", error->hint,
                  "token %s, with the seed of %s%s, is not plugged in%s",
                  serial, name, others,
                  sight->has_closed ? ", or is one that cannot be looked at"
                                    : "");
    fob_error_clear(error);
}

/* Each token once.  A drawer is a good place for one: that is no problem. */
static void check_accounts(struct sight *sight)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    char first[FOB_ACCOUNT_NAME_MAX + 1] = "";
    size_t cursor = 0, count;

    while (account != NULL &&
           fob_accounts_next(&sight->doctor->body, &cursor, account)) {
        if (account->token[0] == '\0' || is_there(sight, account->token))
            continue;
        count = count_accounts(sight->doctor, account->token, first);
        if (strcmp(first, account->name) == 0)
            tell_absent(sight, account->token, first, count);
    }
    fob_secret_free(&room);
}

void doctor_check_tokens(struct doctor *doctor)
{
    struct sight sight = {.doctor = doctor};

    token_find_locations(doctor->request, &sight.places);
    look_at_all(&sight, false);
    if (sight.places.fob_trouble != NULL)
        doctor_report(doctor, DOCTOR_NOTE, "tokens", "", "%s",
                      sight.places.fob_trouble);
    if (doctor->is_open)
        check_accounts(&sight);
}
