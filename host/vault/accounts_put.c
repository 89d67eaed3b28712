/* SPDX-License-Identifier: MIT */
#include "host/vault/accounts_put.h"

#include "host/vault/account_record.h"
#include "host/vault/accounts_search.h"
#include "src/utf8.h"
#include "src/wipe.h"

#include <string.h>

const char *accounts_shared(const struct fob_vault_account *a,
                            const struct fob_vault_account *b)
{
    if (accounts_is_same(a, b)) /* whose name may be the same, too */
        return "seed";
    if (strcmp(a->name, b->name) == 0)
        return "name";
    return a->device[0] && strcmp(a->device, b->device) == 0 ? "AWS device"
                                                             : NULL;
}

enum fob_status accounts_exists(const struct fob_vault_account *other,
                                const char *shared, struct fob_error *error)
{
    if (strcmp(shared, "seed") == 0) {
        fob_error_set(error, FOB_E_EXISTS, "the seed is stored already, as %s",
                      other->name);
        fob_error_hint(error, "fob code %s", other->name);
        return FOB_E_EXISTS;
    }
    fob_error_set(error, FOB_E_EXISTS, "the account \"%s\" has that %s already",
                  other->name, shared);
    if (strcmp(shared, "name") == 0)
        fob_error_hint(error, "fob rename %s NEW-NAME", other->name);
    else
        fob_error_hint(error, "fob list");
    return FOB_E_EXISTS;
}

/* What of a refused account is to blame, as far as it has a name. */
static enum fob_status blame_field(const struct fob_vault_account *account,
                                   struct fob_error *error)
{
    const struct {
        const char *what, *text;
    } texts[] = {{"name", account->name},
                 {"issuer", account->otp.issuer},
                 {"label", account->otp.label}};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (!fob_utf8_is_text(texts[i].text, strlen(texts[i].text)))
            return fob_error_set(error, FOB_E_SYNTAX,
                                 "the account's %s \"%s\" holds a control "
                                 "character, or is not UTF-8",
                                 texts[i].what, texts[i].text);
    if (account->name[0] == '\0' || account->otp.label[0] == '\0')
        return fob_error_set(error, FOB_E_SYNTAX, "the account has no name");
    return fob_error_set(error, FOB_E_SYNTAX,
                         "the account's type, digits, period or seed is none "
                         "that fob serves");
}

static enum fob_status put_account(struct fob_vault_body *body, size_t at,
                                   size_t end,
                                   const struct fob_vault_account *account,
                                   const struct record *extras)
{
    struct fob_secret content = {NULL, 0, 0};
    enum fob_status status = account_record_write(account, extras, &content);

    if (status == FOB_OK)
        status = record_put(&body->records, at, end, RECORD_ACCOUNT, &content);
    fob_secret_free(&content);
    return status;
}

static enum fob_status word_fault(enum fob_status status,
                                  const struct fob_vault_account *account,
                                  struct fob_error *error)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    return status == FOB_OK ? FOB_OK : blame_field(account, error);
}

enum fob_status accounts_write(struct fob_vault_body *body,
                               const struct record *old,
                               const struct fob_vault_account *account,
                               struct fob_error *error)
{
    if (old == NULL)
        return accounts_append(body, account, NULL, error);
    return word_fault(put_account(body, old->at, old->end, account, old),
                      account, error);
}

enum fob_status accounts_append(struct fob_vault_body *body,
                                const struct fob_vault_account *account,
                                const struct record *extras,
                                struct fob_error *error)
{
    size_t end = body->records.len;

    return word_fault(put_account(body, end, end, account, extras), account,
                      error);
}
