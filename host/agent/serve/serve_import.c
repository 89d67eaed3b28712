/* SPDX-License-Identifier: MIT */
/* Accounts out of other authenticators' files: all of them are read before the
 * vault is opened, and all that can be taken is one change of it. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/import_files.h"
#include "host/vault/accounts_merge.h"

#include <stdio.h>
#include <string.h>

enum {
    PROMPT_MAX = FOB_NAME_MAX + 64,
    WHERE_MAX = 40,
    REASON_MAX = FOB_ACCOUNT_NAME_MAX + 80,
    PROGRESS_STEP = 50,
};

struct import {
    struct fob_request *request;
    struct import_files files;
    bool force, lists; /* lists: nothing is stored */
    struct fob_vault_edit edit;
    struct fob_accounts_merge merge;
    bool is_changed; /* the vault */
    size_t done, total;
};

static enum fob_status ask_password(void *context, const char *file, bool wrong,
                                    struct fob_secret *password,
                                    struct fob_error *error)
{
    struct import *import = context;
    struct fob_request *request = import->request;
    char prompt[PROMPT_MAX];
    enum fob_status status;

    /* A file would answer the same again, and each try may take a second. */
    if (wrong && request->source.is_file)
        return FOB_E_WRONG_KEY;
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
static enum fob_status begin_change(void *context, size_t total,
                                    struct fob_error *error)
{
    struct import *import = context;
    enum fob_status status =
        vault_transaction_begin(import->request, true, &import->edit);

    import->total = total;
    if (status == FOB_OK)
        status =
            fob_accounts_merge_begin(&import->merge, &import->edit.body, error);
    return status;
}

static void put_text(struct fob_message *record, enum fob_tag tag,
                     const char *text)
{
    if (text != NULL && text[0] != '\0')
        fob_message_put_text(record, tag, text);
}

struct outcome {
    const char *result;
    const char *name;     /* in the vault, or in the file when left out */
    const char *old_name; /* in the file, where that is another */
    const char *token;    /* NULL: it is nowhere; "": in the vault */
    const char *reason;   /* "": there is nothing to say */
    bool is_other_name;   /* kept, and the number is not all that differs */
    bool is_moved;        /* its counter */
    enum fob_status status;
};

static void put_outcome(struct import *import,
                        const struct fob_import_item *item,
                        const struct outcome *outcome)
{
    struct fob_message record = {0};
    char where[WHERE_MAX];

    snprintf(where, sizeof(where), "%s %zu", item->unit, item->place);
    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, outcome->name);
    fob_message_put_text(&record, FOB_TAG_RESULT, outcome->result);
    fob_message_put_number(&record, FOB_TAG_STATUS, (uint64_t)outcome->status);
    put_text(&record, FOB_TAG_OLD_NAME, outcome->old_name);
    put_text(&record, FOB_TAG_ISSUER, item->account->issuer);
    put_text(&record, FOB_TAG_LABEL, item->account->label);
    if (outcome->token != NULL)
        fob_message_put_text(&record, FOB_TAG_PLACE,
                             outcome->token[0] == '\0' ? "vault"
                                                       : outcome->token);
    put_text(&record, FOB_TAG_FILE_NAME, item->file);
    fob_message_put_text(&record, FOB_TAG_WHERE, where);
    put_text(&record, FOB_TAG_REASON, outcome->reason);
    if (outcome->is_other_name)
        fob_message_put_number(&record, FOB_TAG_OTHER_NAME, 1);
    if (outcome->is_moved)
        fob_message_put_number(&record, FOB_TAG_MOVED, 1);
    fob_message_put_record(&import->request->reply, &record);
    fob_message_free(&record);
}

/* By what the file calls it, "" for what has no name there. */
static void put_unmerged(struct import *import,
                         const struct fob_import_item *item,
                         enum fob_status status, const char *reason)
{
    char name[FOB_ISSUER_MAX + FOB_LABEL_MAX + 2];
    const struct fob_account *otp = item->account;

    snprintf(name, sizeof(name), "%s%s%s", otp->issuer,
             otp->issuer[0] != '\0' && otp->label[0] != '\0' ? ":" : "",
             otp->label);
    put_outcome(
        import, item,
        &(struct outcome){.result = status == FOB_OK ? "found" : "left out",
                          .name = name,
                          .reason = reason,
                          .status = status});
}

/* Whether `name` is `was`, or "WAS (2)". */
static bool is_numbered(const char *name, const char *was)
{
    size_t len = strlen(was);
    size_t digits;

    if (strncmp(name, was, len) != 0)
        return false;
    name += len;
    if (name[0] == '\0')
        return true;
    if (strncmp(name, " (", 2) != 0)
        return false;
    digits = strspn(name + 2, "0123456789");
    return digits > 0 && strcmp(name + 2 + digits, ")") == 0;
}

static void tell_merged(struct import *import,
                        const struct fob_import_item *item,
                        enum fob_merged merged)
{
    static const char *const results[] = {
        [FOB_MERGED_ADDED] = "added",
        [FOB_MERGED_RENAMED] = "renamed",
        [FOB_MERGED_KEPT] = "kept",
        [FOB_MERGED_DIFFERS] = "kept", /* never: a file has no tokens */
    };
    const struct fob_accounts_merge *merge = &import->merge;
    const struct fob_vault_account *account = merge->account;
    bool is_other = strcmp(merge->was, account->name) != 0;
    bool is_other_name =
        merged == FOB_MERGED_KEPT && !is_numbered(account->name, merge->was);
    char reason[REASON_MAX] = "";

    if (merged == FOB_MERGED_RENAMED)
        snprintf(reason, sizeof(reason), "%s is another account", merge->was);
    else if (merge->is_moved)
        snprintf(reason, sizeof(reason),
                 "it is there already; its counter goes on from %llu",
                 (unsigned long long)account->otp.counter);
    else if (is_other_name)
        snprintf(reason, sizeof(reason),
                 "it is there already, and is not called %s too", merge->was);
    else if (merged == FOB_MERGED_KEPT)
        snprintf(reason, sizeof(reason), "it is there already");
    put_outcome(import, item,
                &(struct outcome){
                    .result = results[merged],
                    .name = account->name,
                    .old_name = is_other ? merge->was : NULL,
                    .token = account->token,
                    .reason = reason,
                    .is_other_name = is_other_name,
                    .is_moved = merge->is_moved,
                });
}

/* What the vault does not take is left out; it is as it was. */
static enum fob_status merge_account(struct import *import,
                                     const struct fob_import_item *item,
                                     struct fob_error *error)
{
    struct fob_accounts_merge *merge = &import->merge;
    struct fob_error fault = {0};
    enum fob_merged merged;
    enum fob_status status;

    memset(merge->account, 0, sizeof(*merge->account));
    merge->account->otp = *item->account;
    status = account_make_name(merge->account, "", &fault);
    if (status == FOB_OK)
        status = fob_accounts_merge_put(merge, NULL, &merged, &fault);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK) {
        put_unmerged(import, item, FOB_E_SYNTAX, fault.text);
        return FOB_OK;
    }
    tell_merged(import, item, merged);
    import->is_changed |= merged != FOB_MERGED_KEPT || merge->is_moved;
    return FOB_OK;
}

static void tell_progress(struct import *import)
{
    size_t done = ++import->done;

    if (import->total >= PROGRESS_STEP && done % PROGRESS_STEP == 0)
        request_progress(import->request, "%zu of %zu accounts", done,
                         import->total);
}

static bool is_usable(const struct import *import,
                      const struct fob_import_item *item)
{
    return item->status == FOB_OK ||
           (item->status == FOB_E_TOO_SHORT && import->force);
}

static enum fob_status take_account(void *context,
                                    const struct fob_import_item *item,
                                    struct fob_error *error)
{
    struct import *import = context;

    tell_progress(import);
    if (!is_usable(import, item))
        put_unmerged(import, item, item->status, item->fault);
    else if (import->lists)
        put_unmerged(import, item, FOB_OK, "");
    else
        return merge_account(import, item, error);
    return FOB_OK;
}

static enum fob_status import_accounts(struct import *import)
{
    struct fob_request *request = import->request;
    const struct fob_import_callbacks face = {
        .context = import,
        .takes_parts = import->force,
        .ask = ask_password,
        .ready = import->lists ? NULL : begin_change,
        .take = take_account};
    enum fob_status status = fob_import_read(
        import->files.file, import->files.count, &face, &request->error);

    if (status == FOB_OK && import->is_changed)
        status = fob_vault_commit(&import->edit, &request->error);
    fob_accounts_merge_end(&import->merge);
    vault_transaction_abort(request, &import->edit);
    return status;
}

enum fob_status serve_import(struct fob_request *request)
{
    struct import import = {.request = request,
                            .force = field_read_flag(request, FOB_TAG_FORCE),
                            .lists = field_read_flag(request, FOB_TAG_LIST),
                            .edit = {.lock = -1}};
    enum fob_status status = import_files_find(request, &import.files);

    if (status == FOB_OK)
        status = import_accounts(&import);
    import_files_free(&import.files);
    return status;
}
