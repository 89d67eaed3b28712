/* SPDX-License-Identifier: MIT */
/* Accounts out of other authenticators' files: all of them are read before the
 * vault is opened, and all that can be taken is one change of it. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/text.h"
#include "host/import/import.h"
#include "host/vault/accounts_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROMPT_MAX = FOB_NAME_MAX + 64, FILES_MAX = 4096 };

struct named_file {
    char name[FOB_NAME_MAX + 1];
};

struct import {
    struct fob_request *request;
    struct fob_import_file *files;
    struct named_file *names;
    size_t count;
    bool force;
    struct fob_vault_edit edit;
    struct fob_accounts_index index;
    size_t added;
};

/* (FILE_NAME? TYPE? DATA)*, where the two are of the DATA that comes next. */
static size_t count_files(const struct fob_request *request)
{
    struct fob_reader at;
    struct fob_field field;
    size_t count = 0;

    fob_message_fields(&request->message, &at);
    while (fob_message_next(&at, &field))
        count += field.tag == FOB_TAG_DATA;
    return count;
}

static bool is_text(const struct fob_field *field, const char *text)
{
    return field->len == strlen(text) &&
           memcmp(field->data, text, field->len) == 0;
}

/* A long name is a path, and its end says most. */
static void read_name(const struct fob_field *field, struct named_file *name)
{
    size_t skip = field->len > FOB_NAME_MAX ? field->len - FOB_NAME_MAX : 0;

    snprintf(name->name, sizeof(name->name), "%.*s", (int)(field->len - skip),
             (const char *)field->data + skip);
}

static void read_files(struct import *import)
{
    struct fob_reader at;
    struct fob_field field;
    size_t i = 0;

    fob_message_fields(&import->request->message, &at);
    while (i < import->count && fob_message_next(&at, &field)) {
        struct fob_import_file *file = &import->files[i];

        if (field.tag == FOB_TAG_FILE_NAME) {
            read_name(&field, &import->names[i]);
            file->name = import->names[i].name;
        } else if (field.tag == FOB_TAG_TYPE) {
            file->is_picture = is_text(&field, "picture");
        } else if (field.tag == FOB_TAG_DATA) {
            file->data = (struct fob_span){(const char *)field.data, field.len};
            i++;
        }
    }
}

static enum fob_status ask_password(void *context, const char *file, bool wrong,
                                    struct fob_secret *password,
                                    struct fob_error *error)
{
    struct import *import = context;
    struct fob_request *request = import->request;
    char prompt[PROMPT_MAX];
    enum fob_status status;

    snprintf(prompt, sizeof(prompt), "%s of %s",
             wrong ? "Wrong; password" : "Password",
             file != NULL ? file : "the file to import");
    status =
        request_ask(request, FOB_QUESTION_IMPORT_PASSWORD, prompt, password);
    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "it is encrypted, and nobody can be asked for its "
                      "password");
        fob_error_hint(&request->error,
                       "at a terminal, or with --password-file FILE");
    }
    if (error != &request->error)
        *error = request->error;
    return status;
}

/* Nobody may be asked anything from here on. */
static enum fob_status begin_change(void *context, size_t count,
                                    struct fob_error *error)
{
    struct import *import = context;
    enum fob_status status =
        vault_transaction_begin(import->request, true, &import->edit);

    (void)count;
    if (status == FOB_OK &&
        fob_accounts_index_make(&import->edit.body, &import->index) != FOB_OK)
        status = fob_error_no_memory(error);
    return status;
}

static void put_result(struct import *import,
                       const struct fob_import_item *item, const char *name,
                       const char *result, enum fob_status status)
{
    struct fob_message record = {0};

    (void)item;
    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, name);
    fob_message_put_text(&record, FOB_TAG_RESULT, result);
    fob_message_put_number(&record, FOB_TAG_STATUS, (uint64_t)status);
    fob_message_put_record(&import->request->reply, &record);
    fob_message_free(&record);
}

static enum fob_status add_account(struct import *import,
                                   const struct fob_import_item *item)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    struct fob_error fault = {0};
    enum fob_status status;

    if (account == NULL)
        return FOB_E_NO_MEMORY;
    account->otp = *item->account;
    status = account_make_name(account, "", &fault);
    if (status == FOB_OK)
        status = fob_accounts_add_indexed(&import->edit.body, &import->index,
                                          account, &fault);
    put_result(import, item, account->name,
               status == FOB_OK ? "added" : fault.text, status);
    import->added += status == FOB_OK;
    fob_secret_free(&room);
    return FOB_OK;
}

static enum fob_status take_account(void *context,
                                    const struct fob_import_item *item,
                                    struct fob_error *error)
{
    struct import *import = context;
    bool usable = item->status == FOB_OK ||
                  (item->status == FOB_E_TOO_SHORT && import->force);
    const char *name = item->account->label;

    (void)error;
    if (usable)
        return add_account(import, item);
    put_result(import, item, name[0] == '\0' ? "(no name)" : name, item->fault,
               item->status);
    return FOB_OK;
}

static enum fob_status import_accounts(struct import *import)
{
    struct fob_request *request = import->request;
    const struct fob_import_callbacks face = {.context = import,
                                              .takes_parts = import->force,
                                              .ask = ask_password,
                                              .ready = begin_change,
                                              .take = take_account};
    enum fob_status status =
        fob_import_read(import->files, import->count, &face, &request->error);

    if (status == FOB_OK && import->added > 0)
        status = fob_vault_commit(&import->edit, &request->error);
    fob_accounts_index_free(&import->index);
    vault_transaction_abort(request, &import->edit);
    return status;
}

enum fob_status serve_import(struct fob_request *request)
{
    struct import import = {.request = request,
                            .count = count_files(request),
                            .force = field_read_flag(request, FOB_TAG_FORCE),
                            .edit = {.lock = -1}};
    enum fob_status status;

    if (import.count == 0)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "nothing to import was given");
    if (import.count > FILES_MAX)
        return fob_error_set(&request->error, FOB_E_TOO_LONG,
                             "that is more than %d files", FILES_MAX);
    import.files = calloc(import.count, sizeof(*import.files));
    import.names = calloc(import.count, sizeof(*import.names));
    if (import.files == NULL || import.names == NULL) {
        status = fob_error_no_memory(&request->error);
    } else {
        read_files(&import);
        status = import_accounts(&import);
    }
    free(import.files);
    free(import.names);
    return status;
}
