/* SPDX-License-Identifier: MIT */
/* A backup into the vault, which is made where there is none. */
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/codes/ledger_floor.h"
#include "host/agent/serve/backup_home.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/state/backup_mark.h"
#include "host/base/text.h"
#include "host/vault/backup/backup.h"
#include "host/vault/backup/backup_merge.h"
#include "src/wipe.h"

enum { TRIES = 3, PROMPT_MAX = 200 };

static enum fob_status word_code(enum fob_status status,
                                 struct fob_error *error)
{
    const char *what = status == FOB_E_SYNTAX
                           ? "it has a letter that codes do not have"
                       : status == FOB_E_TOO_SHORT ? "it ends early"
                       : status == FOB_E_TOO_LONG  ? "it goes on for too long"
                                                   : "a letter is mistyped";

    fob_error_set(error, FOB_E_WRONG_KEY, "that is no code of a backup: %s",
                  what);
    fob_error_advise(error, "a code has 28 letters and digits; look at it, and "
                            "run the command again");
    return FOB_E_WRONG_KEY;
}

static enum fob_status open_by_code(const struct fob_secret *file,
                                    const struct fob_secret *answer,
                                    struct fob_secret *records,
                                    struct fob_error *error)
{
    struct fob_secret code = {0};
    const struct fob_backup_opener opener = {.type = FOB_BACKUP_CODE,
                                             .secret = &code};
    enum fob_status status = fob_secret_alloc(&code, FOB_WRITTEN_CODE_LEN);

    if (status != FOB_OK)
        return fob_error_no_memory(error);
    code.len = code.cap;
    status = fob_written_code_parse(answer->data, answer->len, code.data);
    status = status == FOB_OK ? fob_backup_open(file, &opener, records, error)
                              : word_code(status, error);
    fob_secret_free(&code);
    return status;
}

static enum fob_status open_by_passphrase(struct fob_request *request,
                                          const struct fob_secret *file,
                                          const struct fob_secret *answer,
                                          struct fob_secret *records)
{
    struct fob_backup_opener opener = {.type = FOB_BACKUP_PASSPHRASE,
                                       .secret = answer,
                                       .cost = fob_slot_cost_default};
    struct fob_settings settings;
    enum fob_status status = agent_settings(&settings, &request->error);

    if (status != FOB_OK)
        return status;
    opener.cost.log2_n = (uint8_t)settings.scrypt_log2_n;
    pthread_mutex_lock(&request->agent->deriving);
    status = fob_backup_open(file, &opener, records, &request->error);
    pthread_mutex_unlock(&request->agent->deriving);
    return status;
}

/* `left` tries, this one among them. */
static enum fob_status ask_answer(struct fob_request *request,
                                  const struct fob_backup_header *header,
                                  int left, struct fob_secret *answer)
{
    bool is_code = header->type == FOB_BACKUP_CODE;
    char prompt[PROMPT_MAX], day[FOB_TEXT_TIME_LEN + 1];
    enum fob_status status;

    fob_text_time(header->created_s, day);
    day[10] = '\0';
    if (left == TRIES)
        (void)!fob_text_format(prompt, sizeof(prompt), "%s of the backup of %s",
                               is_code ? "Code" : "Passphrase", day);
    else
        (void)!fob_text_format(prompt, sizeof(prompt),
                               "Wrong, %d %s left. %s of the backup of %s",
                               left, left == 1 ? "try" : "tries",
                               is_code ? "Code" : "Passphrase", day);
    status = request_ask(
        request, is_code ? FOB_QUESTION_BACKUP_CODE : FOB_QUESTION_BACKUP,
        prompt, answer);
    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "the %s of the backup is needed and nobody can be asked",
                      is_code ? "code" : "passphrase");
        fob_error_hint(&request->error,
                       "run it in a terminal, or set FOB_BACKUP_CODE_FILE");
    }
    return status;
}

static bool is_same(const struct fob_secret *a, const struct fob_secret *b)
{
    return a->len == b->len && fob_equal(a->data, b->data, a->len);
}

/* A file gives the same answer again, and is not asked a third time. */
static enum fob_status open_backup(struct fob_request *request,
                                   const struct fob_secret *file,
                                   struct fob_backup_header *header,
                                   struct fob_secret *records)
{
    struct fob_secret answer = {0}, last = {0};
    struct fob_error wrong;
    enum fob_status status = fob_backup_inspect(file, header, &request->error);

    if (status != FOB_OK)
        return status;
    status = FOB_E_WRONG_KEY;
    for (int left = TRIES; left > 0 && status == FOB_E_WRONG_KEY; left--) {
        wrong = request->error;
        fob_secret_free(&last);
        last = answer;
        answer = (struct fob_secret){0};
        status = ask_answer(request, header, left, &answer);
        if (status == FOB_OK && left < TRIES && is_same(&answer, &last)) {
            request->error = wrong;
            status = FOB_E_WRONG_KEY;
            break;
        }
        if (status == FOB_OK)
            status = header->type == FOB_BACKUP_CODE
                         ? open_by_code(file, &answer, records, &request->error)
                         : open_by_passphrase(request, file, &answer, records);
        if (status == FOB_E_WRONG_KEY && left > 1)
            request_progress(request, "%s", request->error.text);
    }
    fob_secret_free(&answer);
    fob_secret_free(&last);
    return status;
}

static const char *word_result(enum fob_restored result)
{
    static const char *const words[] = {
        [FOB_RESTORED_ADDED] = "added",      [FOB_RESTORED_RENAMED] = "renamed",
        [FOB_RESTORED_KEPT] = "kept",        [FOB_RESTORED_DIFFERS] = "differs",
        [FOB_RESTORED_UNKNOWN] = "left out",
    };

    return words[result];
}

static void put_item(struct fob_request *request,
                     const struct fob_restored_item *item)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_TYPE,
                         item->account != NULL ? "account"
                         : item->key != NULL   ? "key"
                                               : "unknown");
    fob_message_put_text(&record, FOB_TAG_RESULT, word_result(item->result));
    if (item->was != NULL)
        fob_message_put_text(&record, FOB_TAG_OLD_NAME, item->was);
    if (item->account != NULL) {
        const char *token = item->account->token;

        fob_message_put_text(&record, FOB_TAG_NAME, item->account->name);
        fob_message_put_text(&record, FOB_TAG_PLACE,
                             token[0] == '\0' ? "vault" : token);
    } else if (item->key != NULL) {
        fob_message_put_text(&record, FOB_TAG_ACCESS_KEY_ID, item->key->id);
        fob_message_put_text(&record, FOB_TAG_PROFILE, item->key->profile);
    }
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
}

struct restoring {
    struct fob_request *request;
    size_t devices; /* that are new here */
};

/* The seed was somewhere else until now, and may be still. */
static enum fob_status take_item(void *context,
                                 const struct fob_restored_item *item,
                                 struct fob_error *error)
{
    struct restoring *restoring = context;
    const struct fob_vault_account *account = item->account;
    bool is_new = item->result == FOB_RESTORED_ADDED ||
                  item->result == FOB_RESTORED_RENAMED;

    put_item(restoring->request, item);
    if (account == NULL || !is_new || account->device[0] == '\0' ||
        account->otp.type != FOB_TOTP)
        return FOB_OK;
    restoring->devices++;
    return ledger_floor_raise(account->device, account->otp.period_s, error);
}

static enum fob_status merge_records(struct fob_request *request,
                                     const struct fob_secret *records)
{
    struct fob_backup_home home;
    struct restoring restoring = {.request = request};
    const struct fob_restore restore = {
        .home = &home, .context = &restoring, .take = take_item};
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = backup_home_find(request, &home);

    if (status == FOB_OK)
        status = vault_transaction_begin(request, true, &edit);
    if (status == FOB_OK)
        status =
            fob_backup_merge(records, &restore, &edit.body, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    if (status == FOB_OK && restoring.devices > 0)
        request_note(request,
                     "The codes of now may have been used elsewhere: the first "
                     "session of a device may have to wait half a minute.");
    return status;
}

enum fob_status serve_restore(struct fob_request *request)
{
    struct fob_secret file = {0}, records = {0};
    struct fob_backup_header header;
    enum fob_status status = field_read_bytes(request, FOB_TAG_DATA, &file);

    if (status == FOB_OK)
        status = open_backup(request, &file, &header, &records);
    if (status == FOB_OK)
        status = merge_records(request, &records);
    if (status == FOB_OK)
        backup_mark_set(header.created_s);
    fob_secret_free(&records);
    fob_secret_free(&file);
    return status;
}
