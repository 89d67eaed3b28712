/* SPDX-License-Identifier: MIT */
#include "src/account.h"

#include "src/span.h"
#include "src/utf8.h"
#include "src/wipe.h"

#include <stdbool.h>

/* `cap` bytes that must hold a NUL and, before it, text. */
static enum fob_status check_text(const char *text, size_t cap)
{
    size_t len = fob_span_of(text, cap).len;

    if (len == cap)
        return FOB_E_TOO_LONG;
    return fob_utf8_is_text(text, len) ? FOB_OK : FOB_E_SYNTAX;
}

static enum fob_status check_names(const struct fob_account *account)
{
    enum fob_status status =
        check_text(account->issuer, sizeof(account->issuer));

    if (status == FOB_OK)
        status = check_text(account->label, sizeof(account->label));
    if (status == FOB_OK && account->label[0] == '\0')
        status = FOB_E_SYNTAX;
    return status;
}

static enum fob_status check_kind(const struct fob_account *account)
{
    bool is_totp = account->type == FOB_TOTP;

    if (!is_totp && account->type != FOB_HOTP)
        return FOB_E_UNSUPPORTED;
    if (account->hash < FOB_SHA1 || account->hash > FOB_SHA512)
        return FOB_E_UNSUPPORTED;
    if (account->digits < FOB_DIGITS_MIN || account->digits > FOB_DIGITS_MAX)
        return FOB_E_UNSUPPORTED;
    if (is_totp &&
        (account->period_s == 0 || account->period_s > FOB_PERIOD_S_MAX))
        return FOB_E_UNSUPPORTED;
    /* What belongs to the other type is zero, so equal accounts are equal. */
    if (is_totp ? account->counter != 0 : account->period_s != 0)
        return FOB_E_SYNTAX;
    return FOB_OK;
}

static enum fob_status check_secret(const struct fob_account *account)
{
    if (account->secret_len == 0)
        return FOB_E_SYNTAX;
    if (account->secret_len > FOB_SECRET_MAX)
        return FOB_E_TOO_LONG;
    return account->secret_len < FOB_SECRET_MIN ? FOB_E_TOO_SHORT : FOB_OK;
}

enum fob_status fob_account_check(const struct fob_account *account)
{
    enum fob_status status = check_names(account);

    if (status == FOB_OK)
        status = check_kind(account);
    /* Last, so that TOO_SHORT means that all the rest is well. */
    if (status == FOB_OK)
        status = check_secret(account);
    return status;
}

void fob_account_clear(struct fob_account *account)
{
    fob_wipe(account, sizeof(*account));
}
