/* SPDX-License-Identifier: MIT */
/* All of the vault out, sealed. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_proof.h"
#include "host/agent/serve/backup_home.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/state/backup_mark.h"
#include "host/vault/backup/backup.h"
#include "host/vault/seal.h"
#include "src/wipe.h"

#include <time.h>

static enum fob_status make_code(struct fob_request *request,
                                 struct fob_secret *code)
{
    if (fob_secret_alloc(code, FOB_WRITTEN_CODE_LEN) != FOB_OK)
        return fob_error_no_memory(&request->error);
    code->len = code->cap;
    return fob_seal_random(code->data, FOB_WRITTEN_CODE_LEN) == FOB_OK
               ? FOB_OK
               : fob_error_set(&request->error, FOB_E_FAILED,
                               "no randomness for a code");
}

static enum fob_status ask_passphrase(struct fob_request *request,
                                      struct fob_secret *passphrase)
{
    enum fob_status status =
        request_ask(request, FOB_QUESTION_NEW_BACKUP,
                    "New passphrase for the backup", passphrase);

    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "a passphrase for the backup is needed and nobody can be "
                      "asked");
        fob_error_hint(&request->error,
                       "run it in a terminal, or set FOB_BACKUP_CODE_FILE");
    } else if (status == FOB_OK && passphrase->len == 0) {
        status = fob_error_set(&request->error, FOB_E_TOO_SHORT,
                               "the passphrase is empty");
    }
    return status;
}

static enum fob_status make_opener(struct fob_request *request,
                                   struct fob_secret *secret,
                                   struct fob_backup_opener *opener)
{
    struct fob_settings settings;
    enum fob_status status;

    *opener =
        (struct fob_backup_opener){.type = FOB_BACKUP_CODE, .secret = secret};
    if (!field_read_flag(request, FOB_TAG_GUESSABLE))
        return make_code(request, secret);
    status = agent_settings(&settings, &request->error);
    opener->type = FOB_BACKUP_PASSPHRASE;
    opener->cost = fob_slot_cost_default;
    opener->cost.log2_n = (uint8_t)settings.scrypt_log2_n;
    return status == FOB_OK ? ask_passphrase(request, secret) : status;
}

static void put_code(struct fob_request *request,
                     const struct fob_backup_opener *opener)
{
    char text[FOB_WRITTEN_CODE_TEXT_LEN + 1];

    if (opener->type != FOB_BACKUP_CODE)
        return;
    fob_written_code_format(opener->secret->data, text);
    fob_message_put_text(&request->reply, FOB_TAG_CODE, text);
    fob_wipe(text, sizeof(text));
}

static enum fob_status put_accounts(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    size_t cursor = 0;

    if (account == NULL)
        return request->error.status;
    while (fob_accounts_next(&request->view.body, &cursor, account)) {
        struct fob_message record = {0};

        fob_message_start(&record, FOB_REPLY_OK);
        fob_message_put_text(&record, FOB_TAG_NAME, account->name);
        fob_message_put_text(&record, FOB_TAG_PLACE,
                             account->token[0] == '\0' ? "vault"
                                                       : account->token);
        fob_message_put_record(&request->reply, &record);
        fob_message_free(&record);
    }
    fob_secret_free(&room);
    return FOB_OK;
}

static enum fob_status put_keys(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    size_t cursor = 0;

    if (key == NULL)
        return fob_error_no_memory(&request->error);
    while (fob_access_keys_next(&request->view.body, &cursor, key)) {
        struct fob_message record = {0};

        fob_message_start(&record, FOB_REPLY_OK);
        fob_message_put_text(&record, FOB_TAG_ACCESS_KEY_ID, key->id);
        fob_message_put_text(&record, FOB_TAG_PROFILE, key->profile);
        fob_message_put_record(&request->reply, &record);
        fob_message_free(&record);
    }
    fob_secret_free(&room);
    return FOB_OK;
}

/* What the vault held when it was proven, in the view of that moment. */
static enum fob_status seal_view(struct fob_request *request,
                                 const struct fob_backup_opener *opener,
                                 struct fob_secret *file)
{
    struct fob_secret records = {0};
    struct fob_backup_home home;
    enum fob_status status = backup_home_find(request, &home);

    if (status == FOB_OK &&
        fob_backup_records_make(&request->view.body, &home, &records) != FOB_OK)
        status = fob_error_no_memory(&request->error);
    if (status == FOB_OK) {
        pthread_mutex_lock(&request->agent->deriving);
        status = fob_backup_seal(&records, time(NULL), opener, file,
                                 &request->error);
        pthread_mutex_unlock(&request->agent->deriving);
    }
    fob_secret_free(&records);
    return status;
}

static enum fob_status make_backup(struct fob_request *request)
{
    struct fob_secret secret = {0}, file = {0};
    struct fob_backup_opener opener;
    enum fob_status status = make_opener(request, &secret, &opener);

    if (status == FOB_OK)
        status = seal_view(request, &opener, &file);
    if (status == FOB_OK) {
        fob_message_put(&request->reply, FOB_TAG_DATA, file.data, file.len);
        put_code(request, &opener);
        status = put_accounts(request);
    }
    if (status == FOB_OK)
        status = put_keys(request);
    if (status == FOB_OK)
        backup_mark_set(time(NULL));
    fob_secret_free(&file);
    fob_secret_free(&secret);
    return status;
}

enum fob_status serve_backup(struct fob_request *request)
{
    struct fob_secret named = {0};
    struct vault_proof proof = {0};
    enum fob_status status = field_read_bytes(request, FOB_TAG_PROOF, &named);

    if (status == FOB_OK)
        status = vault_proof_ask(request, &named, &proof);
    vault_proof_free(&proof);
    fob_secret_free(&named);
    return status == FOB_OK ? make_backup(request) : status;
}
