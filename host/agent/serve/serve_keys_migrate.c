/* SPDX-License-Identifier: MIT */
/* Long-term access keys out of aws-vault's files, all with one passphrase. */
#include "host/agent/keys/key_add.h"
#include "host/agent/serve/handlers.h"
#include "host/import/keys/jwe.h"

#include <string.h>

enum { TRIES = 3 };

struct migration {
    struct fob_request *request;
    struct fob_secret password;
    struct fob_key_text *key; /* the one at hand */
};

/* A file and the profile that it is of. */
struct entry {
    char profile[FOB_NAME_MAX + 1];
    struct fob_span text;
};

static bool next_entry(struct fob_reader *at, struct entry *entry)
{
    struct fob_reader fields;
    struct fob_field field, data;

    while (fob_message_next(at, &field)) {
        if (field.tag != FOB_TAG_RECORD)
            continue;
        fob_field_fields(&field, &fields);
        if (fob_fields_text(&fields, FOB_TAG_PROFILE, entry->profile,
                            sizeof(entry->profile)) != FOB_OK ||
            !fob_fields_find(&fields, FOB_TAG_DATA, &data))
            continue;
        entry->text = (struct fob_span){(const char *)data.data, data.len};
        return true;
    }
    return false;
}

static enum fob_status open_entry(const struct migration *migration,
                                  const struct entry *entry,
                                  struct fob_secret *plain)
{
    struct fob_jwe jwe = {0};
    enum fob_status status;

    status = fob_jwe_read(entry->text, &jwe);
    if (status == FOB_OK)
        status = fob_jwe_open(&jwe, &migration->password, plain);
    fob_jwe_free(&jwe);
    return status;
}

/* Whether the password fits one file at least: aws-vault asks for it each
 * time and compares it with nothing, so that files may differ.  Where it could
 * fit none, it does. */
static bool password_fits(const struct migration *migration)
{
    struct fob_reader at;
    struct entry entry;
    bool fits_one = false, is_wrong = false;

    fob_message_fields(&migration->request->message, &at);
    while (!fits_one && next_entry(&at, &entry)) {
        struct fob_secret plain = {0};
        struct fob_jwe jwe = {0};

        if (fob_jwe_read(entry.text, &jwe) != FOB_OK)
            continue;
        fits_one =
            fob_jwe_open(&jwe, &migration->password, &plain) != FOB_E_WRONG_KEY;
        is_wrong |= !fits_one;
        fob_jwe_free(&jwe);
        fob_secret_free(&plain);
    }
    return fits_one || !is_wrong;
}

/* Whether there is a file that a password could open. */
static bool wants_password(const struct migration *migration)
{
    struct fob_reader at;
    struct fob_jwe jwe = {0};
    struct entry entry;
    bool wants = false;

    fob_message_fields(&migration->request->message, &at);
    while (!wants && next_entry(&at, &entry)) {
        wants = fob_jwe_read(entry.text, &jwe) == FOB_OK;
        fob_jwe_free(&jwe);
    }
    return wants;
}

static enum fob_status ask_password(struct migration *migration)
{
    struct fob_request *request = migration->request;
    enum fob_status status = FOB_OK;
    bool fits = !wants_password(migration);

    for (int i = 0; !fits && status == FOB_OK && i < TRIES; i++) {
        fob_secret_free(&migration->password);
        status = request_ask(request, FOB_QUESTION_IMPORT_PASSWORD,
                             i > 0 ? "Wrong; passphrase of aws-vault's files"
                                   : "Passphrase of aws-vault's files",
                             &migration->password);
        fits = status == FOB_OK && password_fits(migration);
    }
    if (status == FOB_OK && !fits)
        status = fob_error_set(&request->error, FOB_E_WRONG_KEY,
                               "the passphrase opens none of aws-vault's "
                               "files");
    return status;
}

static enum fob_status say_closed(enum fob_status status,
                                  struct fob_error *fault)
{
    switch (status) {
    case FOB_OK:
        return FOB_OK;
    case FOB_E_NO_MEMORY:
        return fob_error_no_memory(fault);
    case FOB_E_WRONG_KEY:
        return fob_error_set(fault, status,
                             "has another passphrase: import it alone");
    case FOB_E_UNSUPPORTED:
        return fob_error_set(fault, status,
                             "is encrypted as aws-vault does not");
    default:
        return fob_error_set(fault, status, "its file is damaged");
    }
}

static void put_result(const struct migration *migration,
                       const struct entry *entry, const char *result,
                       enum fob_status status)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_PROFILE, entry->profile);
    if (status == FOB_OK)
        fob_message_put_text(&record, FOB_TAG_ACCESS_KEY_ID,
                             migration->key->id);
    fob_message_put_text(&record, FOB_TAG_RESULT, result);
    fob_message_put_number(&record, FOB_TAG_STATUS, (uint64_t)status);
    fob_message_put_record(&migration->request->reply, &record);
    fob_message_free(&record);
}

/* Of this one entry, not of the vault or the machine. */
static bool is_its_own(enum fob_status status)
{
    return status == FOB_E_EXISTS || status == FOB_E_USAGE ||
           fob_status_exit(status) == 3 || fob_status_exit(status) == 8;
}

static enum fob_status add_key(const struct migration *migration,
                               const struct entry *entry)
{
    struct fob_request *request = migration->request;
    struct key_addition addition = {.profile = entry->profile,
                                    .key = migration->key,
                                    .is_one_of_many = true};
    enum fob_status status = key_add(request, &addition);

    if (status != FOB_OK && !is_its_own(status))
        return status;
    put_result(migration, entry,
               status != FOB_OK       ? request->error.text
               : addition.was_there   ? "there already"
               : addition.has_command ? "added; its credential_process goes "
                                        "before it"
                                      : "added",
               status);
    fob_error_clear(&request->error);
    return FOB_OK;
}

static enum fob_status take_entry(const struct migration *migration,
                                  const struct entry *entry)
{
    struct fob_secret plain = {0};
    struct fob_error fault = {0};
    enum fob_status status =
        say_closed(open_entry(migration, entry, &plain), &fault);

    if (status == FOB_OK)
        status = fob_key_text_read(
            (struct fob_span){(const char *)plain.data, plain.len},
            migration->key, &fault);
    fob_secret_free(&plain);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(&migration->request->error);
    if (status == FOB_OK)
        return add_key(migration, entry);
    put_result(migration, entry, fault.text, status);
    return FOB_OK;
}

enum fob_status serve_keys_migrate(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct migration migration = {.request = request,
                                  .key = fob_key_text_alloc(&room)};
    struct fob_reader at;
    struct entry entry;
    enum fob_status status;

    if (migration.key == NULL)
        return fob_error_no_memory(&request->error);
    status = ask_password(&migration);
    fob_message_fields(&request->message, &at);
    while (status == FOB_OK && next_entry(&at, &entry))
        status = take_entry(&migration, &entry);
    fob_secret_free(&migration.password);
    fob_secret_free(&room);
    return status;
}
