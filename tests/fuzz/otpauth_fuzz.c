/* SPDX-License-Identifier: MIT */
/* Any URI: refused leaves nothing behind, and is told in words; taken, it is an
 * account in range that comes back the same when written and read again. */
#include "host/import/sink/otpauth_words.h"
#include "src/utf8.h"
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

/* One line, that has nothing of the input in it but numbers. */
static void check_words(const struct fob_otpauth_fault *fault,
                        enum fob_status status)
{
    char words[FOB_OTPAUTH_WORDS_MAX];
    struct fob_error error = {0};

    check(fob_otpauth_status(fault->wrong) == status);
    fob_otpauth_words_put(fault, words);
    check((words[0] == '\0') == (status == FOB_OK));
    for (const char *at = words; *at != '\0'; at++)
        check(*at >= ' ' && *at <= '~');
    if (status == FOB_OK)
        return;
    fob_otpauth_words_hint(fault, &error);
    check(error.hint[0] != '\0');
}

/* With a name that a caller gives, the more is taken. */
static void check_named(struct fob_span uri, const struct fob_account *bare,
                        enum fob_status status)
{
    struct fob_otpauth_fault fault;
    struct fob_account account;
    enum fob_status named = fob_otpauth_read(uri, "n", &account, &fault);

    if (status == FOB_OK && strcmp(account.label, "n") != 0)
        check(named == FOB_OK && fob_equal(bare, &account, sizeof account));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const struct fob_account zeros;
    char *uri = exact_copy(data, len);
    struct fob_otpauth_fault fault;
    struct fob_account account;
    enum fob_status status =
        fob_otpauth_read((struct fob_span){uri, len}, NULL, &account, &fault);

    check_words(&fault, status);
    check_named((struct fob_span){uri, len}, &account, status);
    if (status == FOB_OK || status == FOB_E_TOO_SHORT) {
        check(fob_account_check(&account) == status);
        check_back(&account, status);
    } else {
        check(fob_equal(account.secret, zeros.secret,
                        sizeof zeros - offsetof(struct fob_account, secret)));
        check(fob_utf8_is_text(account.issuer, strlen(account.issuer)));
        check(fob_utf8_is_text(account.label, strlen(account.label)));
    }
    free(uri);
    return 0;
}
