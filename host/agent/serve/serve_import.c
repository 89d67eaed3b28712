/* SPDX-License-Identifier: MIT */
/* Accounts out of other authenticators' files: all that can be taken, in one
 * change of the vault. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/import/import.h"
#include "host/vault/accounts_index.h"

#include <string.h>

struct import {
    struct fob_request *request;
    struct fob_vault_edit *edit; /* NULL on the first reading: to look */
    struct fob_accounts_index index;
    bool force;
    size_t added;
    struct fob_secret password; /* asked for once, used for both readings */
};

static enum fob_status ask_password(void *context, bool wrong,
                                    struct fob_secret *password,
                                    struct fob_error *error)
{
    struct import *import = context;
    enum fob_status status;

    if (import->password.len == 0 || wrong) {
        fob_secret_free(&import->password);
        status = request_ask(import->request, FOB_QUESTION_IMPORT_PASSWORD,
                             wrong ? "Wrong; password of the file to import"
                                   : "Password of the file to import",
                             &import->password);
        if (status == FOB_E_NOBODY) {
            fob_error_set(&import->request->error, status,
                          "the file to import is encrypted, and nobody can be "
                          "asked for its password");
            fob_error_hint(&import->request->error,
                           "at a terminal, or with --password-file FILE");
        }
        if (status != FOB_OK) {
            *error = import->request->error;
            return status;
        }
    }
    return fob_secret_copy(password, import->password.data,
                           import->password.len);
}

static void put_result(struct import *import, const char *name,
                       const char *result, enum fob_status status)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, name);
    fob_message_put_text(&record, FOB_TAG_RESULT, result);
    fob_message_put_number(&record, FOB_TAG_STATUS, (uint64_t)status);
    fob_message_put_record(&import->request->reply, &record);
    fob_message_free(&record);
}

static enum fob_status add_account(struct import *import,
                                   const struct fob_account *otp)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    struct fob_error fault = {0};
    enum fob_status status;

    if (account == NULL)
        return FOB_E_NO_MEMORY;
    account->otp = *otp;
    status = account_make_name(account, "", &fault);
    if (status == FOB_OK)
        status = fob_accounts_add_indexed(&import->edit->body, &import->index,
                                          account, &fault);
    put_result(import, account->name, status == FOB_OK ? "added" : fault.text,
               status);
    import->added += status == FOB_OK;
    fob_secret_free(&room);
    return FOB_OK;
}

static enum fob_status inspect_account(void *context,
                                       const struct fob_import_item *item,
                                       struct fob_error *error)
{
    (void)context;
    (void)item;
    (void)error;
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
        return add_account(import, item->account);
    put_result(import, name[0] == '\0' ? "(no name)" : name, item->fault,
               item->status);
    return FOB_OK;
}

static enum fob_status
read_all(struct import *import,
         enum fob_status (*each)(void *, const struct fob_import_item *,
                                 struct fob_error *),
         const struct fob_field *data)
{
    const struct fob_import_callbacks face = {
        .context = import, .ask = ask_password, .take = each};

    return fob_import_read(data->data, data->len, &face,
                           &import->request->error);
}

/* The file is read whole before the vault is opened, and again under its
 * lock, where nobody may be asked anything. */
static enum fob_status import_accounts(struct import *import,
                                       const struct fob_field *data)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = read_all(import, inspect_account, data);

    if (status == FOB_OK)
        status = vault_transaction_begin(import->request, true, &edit);
    import->edit = &edit;
    if (status == FOB_OK &&
        fob_accounts_index_make(&edit.body, &import->index) != FOB_OK)
        status = fob_error_no_memory(&import->request->error);
    if (status == FOB_OK)
        status = read_all(import, take_account, data);
    if (status == FOB_OK && import->added > 0)
        status = fob_vault_commit(&edit, &import->request->error);
    fob_accounts_index_free(&import->index);
    vault_transaction_abort(import->request, &edit);
    return status;
}

enum fob_status serve_import(struct fob_request *request)
{
    struct import import = {.request = request,
                            .force = field_read_flag(request, FOB_TAG_FORCE)};
    struct fob_field data;
    enum fob_status status;

    if (!fob_message_find(&request->message, FOB_TAG_DATA, &data))
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "nothing to import was given");
    status = import_accounts(&import, &data);
    fob_secret_free(&import.password);
    return status;
}
