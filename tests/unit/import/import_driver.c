/* SPDX-License-Identifier: MIT */
/*
 * fob_import_read for script tests: the file on stdin, the passwords to offer
 * as arguments.  Prints a line for each account: place, status and fault,
 * then issuer, label and secret in hex, type, hash, digits, period and
 * counter, with tabs between; at the end the times a password was asked for
 * and was wrong, the status and the error's text.
 */
#include "host/base/text.h"
#include "host/import/import.h"
#include "tests/lib/exact.h"

struct offer {
    char **passwords; /* ends with NULL */
    unsigned asked;
    unsigned wrong;
};

static void print_hex(const void *data, size_t len)
{
    char hex[2 * FOB_SECRET_MAX + 4];

    fob_text_hex(data, len, hex);
    printf("%s\t", len > 0 ? hex : "-");
}

static enum fob_status ask(void *context, bool wrong,
                           struct fob_secret *password, struct fob_error *error)
{
    struct offer *offer = context;
    const char *text = *offer->passwords;

    offer->asked++;
    offer->wrong += wrong;
    if (text == NULL)
        return fob_error_set(error, FOB_E_NOBODY, "no password is left");
    offer->passwords++;
    return fob_secret_copy(password, text, strlen(text));
}

static enum fob_status take(void *context, const struct fob_import_item *item,
                            struct fob_error *error)
{
    const struct fob_account *account = item->account;

    (void)context;
    (void)error;
    printf("%zu\t%#x\t%s\t", item->place, (unsigned)item->status, item->fault);
    print_hex(account->issuer, strlen(account->issuer));
    print_hex(account->label, strlen(account->label));
    print_hex(account->secret, account->secret_len);
    printf("%d\t%d\t%d\t%u\t%llu\n", (int)account->type, (int)account->hash,
           account->digits, (unsigned)account->period_s,
           (unsigned long long)account->counter);
    return FOB_OK;
}

int main(int argc, char **argv)
{
    struct offer offer = {.passwords = argv + 1};
    const struct fob_import_callbacks face = {&offer, ask, take};
    struct fob_secret file = {0};
    struct fob_error error = {0};
    enum fob_status status;
    uint8_t *exact;

    (void)argc;
    if (fob_secret_start() != FOB_OK ||
        fob_secret_read(&file, 0, FOB_IMPORT_MAX + 1) != FOB_OK)
        return 1;
    exact = exact_copy(file.data, file.len);
    status = fob_import_read(exact, file.len, &face, &error);
    printf("%u\t%u\t%#x\t%s\n", offer.asked, offer.wrong, (unsigned)status,
           error.text);
    free(exact);
    fob_secret_free(&file);
    return 0;
}
