/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/account_match.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_view.h"
#include "host/base/text.h"

#include <string.h>

/* How many unbound accounts may be the device; the last of them is left in
 * `account`. */
static size_t count_candidates(const struct fob_vault_body *body,
                               const char *serial, bool or_alias,
                               struct fob_vault_account *account)
{
    char name[FOB_ACCOUNT_NAME_MAX + 1] = "";
    size_t cursor = 0, count = 0;
    struct fob_error ignored;

    while (fob_accounts_next(body, &cursor, account))
        if (account_make_may_be(account, serial, or_alias)) {
            (void)!fob_text_copy(name, sizeof(name), account->name);
            count++;
        }
    if (count > 0 && fob_accounts_find(body, name, account, &ignored) != FOB_OK)
        return 0;
    return count;
}

/* Nobody has the seed of a hardware token, and only who still has its picture
 * can add a virtual one's: a phone may have it, or another vault. */
static enum fob_status say_none(const char *serial, struct fob_error *error)
{
    enum fob_device_kind kind;

    if (fob_arn_device_kind(serial, &kind) == FOB_OK &&
        kind == FOB_DEVICE_HARDWARE) {
        fob_error_set(error, FOB_E_NOT_FOUND,
                      "the vault has no seed for %s: it is a hardware token's, "
                      "which keeps it",
                      serial);
        fob_error_hint(error, "see mfa_process in fob-aws-config(5)");
        return FOB_E_NOT_FOUND;
    }
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "the vault has no seed for %s: a phone or another vault has "
                  "it, or it is lost",
                  serial);
    fob_error_hint(error, "with its QR code, fob add --qr FILE --serial %s",
                   serial);
    return FOB_E_NOT_FOUND;
}

static enum fob_status say_many(size_t count, const char *serial,
                                struct fob_error *error)
{
    fob_error_set(error, FOB_E_AMBIGUOUS, "%zu accounts may be the device %s",
                  count, serial);
    fob_error_hint(error, "fob list");
    return FOB_E_AMBIGUOUS;
}

static enum fob_status choose_account(const struct fob_vault_body *body,
                                      const char *serial,
                                      struct fob_vault_account *account,
                                      struct fob_error *error)
{
    size_t count = count_candidates(body, serial, false, account);

    if (count == 0)
        count = count_candidates(body, serial, true, account);
    if (count == 1)
        return FOB_OK;
    return count == 0 ? say_none(serial, error)
                      : say_many(count, serial, error);
}

enum fob_status account_match_find(struct fob_request *request,
                                   const char *serial,
                                   struct fob_vault_account *account)
{
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status == FOB_OK)
        status =
            fob_accounts_find_device(body, serial, account, &request->error);
    else
        return status;
    if (status == FOB_E_NOT_FOUND)
        status = choose_account(body, serial, account, &request->error);
    return status;
}

void account_match_confirm(struct fob_request *request,
                           const struct fob_vault_account *account,
                           const char *serial, const char *user)
{
    const struct account_note note = {
        .name = account->name, .serial = serial, .user = user};

    if (account->device[0] != '\0' && strcmp(account->user, user) == 0)
        return;
    if (account_store_note(request, &note) != FOB_OK)
        request_note(request, "%s is not noted as device %s: %s", account->name,
                     serial, request->error.text);
    fob_error_clear(&request->error);
}

static bool is_sibling(const struct fob_vault_account *account,
                       const struct fob_vault_account *other)
{
    return other->device[0] != '\0' && account->user[0] != '\0' &&
           strcmp(account->user, other->user) == 0 &&
           strcmp(account->account_id, other->account_id) == 0 &&
           strcmp(account->device, other->device) != 0;
}

bool account_match_next_sibling(struct fob_request *request,
                                const struct fob_vault_account *account,
                                size_t *number,
                                struct fob_vault_account *sibling)
{
    while (account_store_at(request, *number, sibling) == FOB_OK) {
        ++*number;
        if (is_sibling(account, sibling))
            return true;
    }
    return false;
}
