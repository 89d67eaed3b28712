/* SPDX-License-Identifier: MIT */
/* The seeds of several accounts, or of all, in another program's words. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_proof.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/text.h"
#include "host/export/export.h"

#include <string.h>

struct exporting {
    struct fob_request *request;
    struct fob_export out;
    struct fob_secret password;        /* of the Aegis file */
    struct fob_vault_account *account; /* the one that it is at */
};

static enum fob_status read_kind(struct exporting *giving)
{
    struct fob_request *request = giving->request;
    char word[16];
    enum fob_status status =
        field_read_text(request, FOB_TAG_TYPE, "type", word, sizeof(word));

    if (status == FOB_OK && fob_export_find(word, &giving->out.kind) != FOB_OK)
        status = fob_error_set(&request->error, FOB_E_USAGE,
                               "the agent knows no such kind of export");
    return status;
}

static enum fob_status ask_password(struct fob_request *request,
                                    struct fob_secret *password)
{
    enum fob_status status =
        request_ask(request, FOB_QUESTION_NEW_EXPORT,
                    "New password for the Aegis file", password);

    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "a password for the Aegis file is needed and nobody can "
                      "be asked");
        fob_error_hint(&request->error,
                       "at a terminal, or with --password-file FILE");
    } else if (status == FOB_OK && password->len == 0) {
        status = fob_error_set(&request->error, FOB_E_TOO_SHORT,
                               "the password for the Aegis file is empty");
    }
    return status;
}

static enum fob_status prepare_export(struct exporting *giving)
{
    struct fob_request *request = giving->request;
    uint64_t each = fob_message_number(&request->message, FOB_TAG_EACH,
                                       FOB_GOOGLE_EACH_MAX);
    uint64_t uri_max = fob_message_number(&request->message, FOB_TAG_URI_MAX,
                                          FOB_GOOGLE_URI_MAX);

    if (giving->out.kind == FOB_EXPORT_AEGIS)
        return ask_password(request, &giving->password);
    if (giving->out.kind != FOB_EXPORT_GOOGLE)
        return FOB_OK;
    if (each == 0 || each > FOB_GOOGLE_EACH_MAX || uri_max == 0 ||
        uri_max > FOB_GOOGLE_URI_MAX)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "a code has 1 to %d accounts and up to %d bytes",
                             FOB_GOOGLE_EACH_MAX, FOB_GOOGLE_URI_MAX);
    if (fob_google_start(&giving->out.google, each, uri_max) != FOB_OK)
        return fob_error_set(&request->error, FOB_E_FAILED,
                             "no randomness for the export");
    return FOB_OK;
}

/* item->fault or `fault` set: it is left out; any other failure ends all. */
static enum fob_status put_account(struct exporting *giving,
                                   struct fob_export_item *item,
                                   struct fob_error *fault)
{
    const struct fob_vault_account *account = giving->account;
    enum fob_status status;

    if (account->token[0] != '\0')
        return fob_error_set(fault, FOB_E_UNSUPPORTED,
                             "its seed is on token %s, which gives it to "
                             "nobody",
                             account->token);
    status = fob_export_put(&giving->out, &account->otp, account->name, item);
    return item->fault == NULL
               ? status
               : fob_error_set(fault, status, "%s", item->fault);
}

static void put_record(struct exporting *giving,
                       const struct fob_export_item *item,
                       const struct fob_error *fault)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, giving->account->name);
    fob_message_put_text(&record, FOB_TAG_RESULT,
                         fault->status == FOB_OK ? "exported" : "left out");
    fob_message_put_number(&record, FOB_TAG_STATUS, (uint64_t)fault->status);
    if (fault->status != FOB_OK)
        fob_message_put_text(&record, FOB_TAG_REASON, fault->text);
    if (fault->status == FOB_OK && item->uri.len > 0)
        fob_message_put(&record, FOB_TAG_URI, item->uri.data, item->uri.len);
    if (item->code > 0)
        fob_message_put_number(&record, FOB_TAG_NUMBER, item->code);
    fob_message_put_record(&giving->request->reply, &record);
    fob_message_free(&record);
}

static enum fob_status fail_export(struct exporting *giving,
                                   enum fob_status status)
{
    return status == FOB_E_NO_MEMORY
               ? fob_error_no_memory(&giving->request->error)
               : fob_error_set(&giving->request->error, status,
                               "the export cannot be made");
}

static enum fob_status export_account(struct exporting *giving)
{
    struct fob_export_item item = {0};
    struct fob_error fault = {0};
    enum fob_status status = put_account(giving, &item, &fault);
    bool is_told = status == FOB_OK || fault.status != FOB_OK;

    if (is_told)
        put_record(giving, &item, &fault);
    fob_secret_free(&item.uri);
    return is_told ? FOB_OK : fail_export(giving, status);
}

static enum fob_status export_all(struct exporting *giving)
{
    const struct fob_vault_body *body = &giving->request->view.body;
    size_t cursor = 0;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK &&
           fob_accounts_next(body, &cursor, giving->account))
        status = export_account(giving);
    return status;
}

/* Whether the account has a record: it may be named twice. */
static bool is_exported(const struct fob_message *reply, const char *name)
{
    char other[FOB_ACCOUNT_NAME_MAX + 1];
    struct fob_reader at, fields;
    struct fob_field field;

    fob_message_fields(reply, &at);
    while (fob_message_next(&at, &field)) {
        fob_field_fields(&field, &fields);
        if (fob_fields_text(&fields, FOB_TAG_NAME, other, sizeof(other)) ==
                FOB_OK &&
            strcmp(other, name) == 0)
            return true;
    }
    return false;
}

static enum fob_status export_named(struct exporting *giving,
                                    const struct fob_field *field)
{
    struct fob_request *request = giving->request;
    char name[FOB_NAME_MAX + 1];
    enum fob_status status =
        fob_text_format(name, sizeof(name), "%.*s%s", (int)field->len,
                        (const char *)field->data, "");

    if (status != FOB_OK || strlen(name) != field->len)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "a name is too long, or no text");
    status = fob_accounts_find(&request->view.body, name, giving->account,
                               &request->error);
    if (status != FOB_OK || is_exported(&request->reply, giving->account->name))
        return status;
    return export_account(giving);
}

static enum fob_status export_accounts(struct exporting *giving)
{
    struct fob_request *request = giving->request;
    struct fob_reader at;
    struct fob_field field;
    enum fob_status status = FOB_OK;

    if (!field_read_has(request, FOB_TAG_NAME))
        return export_all(giving);
    fob_message_fields(&request->message, &at);
    while (status == FOB_OK && fob_message_next(&at, &field))
        if (field.tag == FOB_TAG_NAME)
            status = export_named(giving, &field);
    return status;
}

static enum fob_status put_codes(struct exporting *giving)
{
    struct fob_google_cursor cursor = {0};
    enum fob_status status;

    for (;;) {
        struct fob_secret uri = {0};

        status = fob_google_next(&giving->out.google, &cursor, &uri);
        if (status != FOB_OK)
            break;
        fob_message_put(&giving->request->reply, FOB_TAG_URI, uri.data,
                        uri.len);
        fob_secret_free(&uri);
    }
    return status == FOB_E_NOT_FOUND ? FOB_OK : fail_export(giving, status);
}

static enum fob_status put_file(struct exporting *giving)
{
    struct fob_request *request = giving->request;
    struct fob_secret file = {0};
    enum fob_status status;

    if (giving->out.aegis.count == 0)
        return FOB_OK;
    pthread_mutex_lock(&request->agent->deriving);
    status = fob_aegis_seal(&giving->out.aegis, &giving->password, &file);
    pthread_mutex_unlock(&request->agent->deriving);
    if (status == FOB_OK)
        fob_message_put(&request->reply, FOB_TAG_DATA, file.data, file.len);
    fob_secret_free(&file);
    return status == FOB_OK ? FOB_OK : fail_export(giving, status);
}

static enum fob_status make_export(struct exporting *giving)
{
    struct fob_secret room = {0};
    enum fob_status status;

    giving->account = account_store_room(giving->request, &room);
    if (giving->account == NULL)
        return giving->request->error.status;
    status = prepare_export(giving);
    if (status == FOB_OK)
        status = export_accounts(giving);
    if (status == FOB_OK && giving->out.kind == FOB_EXPORT_GOOGLE)
        status = put_codes(giving);
    if (status == FOB_OK && giving->out.kind == FOB_EXPORT_AEGIS)
        status = put_file(giving);
    fob_export_free(&giving->out);
    fob_secret_free(&giving->password);
    fob_secret_free(&room);
    return status;
}

enum fob_status serve_export_many(struct fob_request *request)
{
    struct exporting giving = {.request = request};
    struct fob_secret named = {0};
    struct vault_proof proof = {0};
    enum fob_status status = read_kind(&giving);

    if (status == FOB_OK)
        status = field_read_bytes(request, FOB_TAG_PROOF, &named);
    if (status == FOB_OK)
        status = vault_proof_ask(request, &named, &proof);
    vault_proof_free(&proof);
    fob_secret_free(&named);
    /* In the view that was proven against. */
    return status == FOB_OK ? make_export(&giving) : status;
}
