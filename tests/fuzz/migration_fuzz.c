/* SPDX-License-Identifier: MIT */
/* Lists of URIs, when the input starts like one, else the message inside a
 * Google Authenticator export: what is taken can be used. */
#include "host/import/import.h"
#include "host/import/sink/sink.h"
#include "host/import/text/migration.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return fob_secret_start() == FOB_OK ? 0 : 1;
}

static enum fob_status ask(void *context, const char *file, bool wrong,
                           struct fob_secret *password, struct fob_error *error)
{
    (void)context;
    (void)file;
    (void)wrong;
    (void)password;
    return fob_error_set(error, FOB_E_NOBODY, "nobody to ask");
}

static enum fob_status take(void *context, const struct fob_import_item *item,
                            struct fob_error *error)
{
    enum fob_status status = fob_account_check(item->account);

    (void)context;
    (void)error;
    if ((item->status == FOB_OK || item->status == FOB_E_TOO_SHORT) &&
        status != item->status)
        abort();
    if ((item->fault[0] == '\0') != (item->status == FOB_OK))
        abort();
    return FOB_OK;
}

static const struct fob_import_callbacks face = {.ask = ask, .take = take};

static void read_message(const uint8_t *data, size_t size)
{
    struct fob_secret payload = {.len = size, .cap = size};
    struct fob_error error = {0};
    struct migration_part part;
    struct import_sink sink;

    payload.data = malloc(size);
    if (size > 0 && payload.data == NULL)
        abort();
    if (size > 0)
        memcpy(payload.data, data, size);
    if (sink_open(&sink, &face, &error) != FOB_OK)
        abort();
    if (migration_part(&payload, &part) == FOB_OK) {
        enum fob_status status = migration_accounts(&payload, 1, &sink);

        if (part.batch_index >= part.batch_size ||
            (status != FOB_OK && sink.count < FOB_IMPORT_ACCOUNTS_MAX) ||
            sink_give(&sink) != FOB_OK)
            abort();
    }
    sink_close(&sink);
    free(payload.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char start[] = "otpauth";
    struct fob_error error = {0};

    if (size >= strlen(start) && memcmp(data, start, strlen(start)) == 0) {
        const struct fob_import_file file = {
            .data = {(const char *)data, size}};

        if (fob_import_read(&file, 1, &face, &error) != error.status)
            abort();
    } else {
        read_message(data, size);
    }
    return 0;
}
