/* SPDX-License-Identifier: MIT */
/* Any URI: refused leaves nothing behind; taken, it is an account in range
 * that comes back the same when written and read again. */
#include "src/otpauth.h"
#include "src/wipe.h"
#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(int good)
{
    if (!good)
        abort();
}

static void check_back(const struct fob_account *account,
                       enum fob_status status)
{
    char *uri = exact_copy(NULL, FOB_OTPAUTH_MAX + 1);
    struct fob_account back;
    size_t len;
    char *exact;

    check(fob_otpauth_format(account, uri, FOB_OTPAUTH_MAX + 1) == FOB_OK);
    len = strlen(uri);
    exact = exact_copy(uri, len);
    check(fob_otpauth_parse(exact, len, &back) == status);
    check(fob_equal(account, &back, sizeof back));
    check(fob_otpauth_format(account, exact, len) == FOB_E_TOO_LONG);
    free(exact);
    free(uri);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const struct fob_account zeros;
    char *uri = exact_copy(data, len);
    struct fob_account account;
    enum fob_status status = fob_otpauth_parse(uri, len, &account);

    if (status == FOB_OK || status == FOB_E_TOO_SHORT) {
        check(fob_account_check(&account) == status);
        check_back(&account, status);
    } else {
        check(fob_equal(&account, &zeros, sizeof zeros));
    }
    free(uri);
    return 0;
}
