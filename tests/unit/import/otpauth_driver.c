/* SPDX-License-Identifier: MIT */
/*
 * fob_otpauth_read for scripts: on stdin a URI a line, in hex, and a name
 * behind it where the caller gives one.  Answers a line each, with tabs
 * between: "ok" or "weak", type, hash, digits, period or counter, the secret in
 * hex, issuer and label; or "no" and the words.
 */
#include "host/import/sink/otpauth_words.h"
#include "tests/lib/exact.h"

#include <inttypes.h>

static void print_account(const struct fob_account *account)
{
    static const char *const types[] = {"", "hotp", "totp"};
    static const char *const hashes[] = {"", "SHA1", "SHA256", "SHA512"};
    uint64_t moving =
        account->type == FOB_TOTP ? account->period_s : account->counter;

    printf("%s\t%s\t%d\t%" PRIu64 "\t", types[account->type],
           hashes[account->hash], account->digits, moving);
    for (size_t i = 0; i < account->secret_len; i++)
        printf("%02x", account->secret[i]);
    printf("\t%s\t%s\n", account->issuer, account->label);
}

static void answer(const char *hex, const char *name)
{
    struct fob_otpauth_fault fault;
    struct fob_account account;
    char words[FOB_OTPAUTH_WORDS_MAX];
    size_t len;
    uint8_t *uri = exact_hex(hex, &len);
    enum fob_status status = fob_otpauth_read(
        (struct fob_span){(const char *)uri, len}, name, &account, &fault);

    free(uri);
    fob_otpauth_words_put(&fault, words);
    if (status != FOB_OK && status != FOB_E_TOO_SHORT) {
        printf("no\t%s\n", words);
        return;
    }
    printf("%s\t", status == FOB_OK ? "ok" : "weak");
    print_account(&account);
}

int main(void)
{
    static char line[4 * FOB_OTPAUTH_MAX];

    while (fgets(line, sizeof line, stdin) != NULL) {
        const char *hex = strtok(line, " \n");

        answer(hex != NULL ? hex : "", strtok(NULL, "\n"));
    }
    return 0;
}
