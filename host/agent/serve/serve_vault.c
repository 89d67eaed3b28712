/* SPDX-License-Identifier: MIT */
/* The vault's key slots. */
#include "host/agent/accounts/vault_open_prompt.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/file.h"
#include "host/vault/slots.h"

static void put_slots(struct fob_request *request,
                      const struct fob_slots *slots)
{
    for (size_t i = 0; i < slots->count; i++) {
        struct fob_message record = {0};

        fob_message_start(&record, FOB_REPLY_OK);
        fob_message_put_number(&record, FOB_TAG_NUMBER, i + 1);
        fob_message_put_text(&record, FOB_TAG_TYPE,
                             fob_slot_type_name(slots->slot[i].type));
        fob_message_put_record(&request->reply, &record);
        fob_message_free(&record);
    }
}

enum fob_status serve_vault_status(struct fob_request *request)
{
    char path[FOB_PATH_MAX], backup[FOB_PATH_MAX];
    struct fob_vault_header header;
    struct fob_error *error = &request->error;
    enum fob_status status = fob_path_get(FOB_PATH_VAULT, path, error);

    if (status == FOB_OK)
        status = fob_path_get(FOB_PATH_VAULT_BACKUP, backup, error);
    if (status == FOB_OK)
        status = fob_vault_inspect(path, backup, &header, error);
    if (status != FOB_OK)
        return status;
    fob_message_put_text(&request->reply, FOB_TAG_PATH, path);
    fob_message_put_number(&request->reply, FOB_TAG_NUMBER, header.generation);
    put_slots(request, &header.slots);
    return FOB_OK;
}

/* A vault without a passphrase slot gets its first one. */
static enum fob_status put_passphrase(struct fob_vault_edit *edit,
                                      const struct fob_slot_opener *present,
                                      const struct fob_slot_opener *next,
                                      struct fob_error *error)
{
    size_t number;
    enum fob_status status = fob_slots_find(edit, present, &number, error);

    if (status == FOB_OK)
        return fob_slots_replace(edit, number, next, error);
    if (status == FOB_E_UNSUPPORTED)
        return fob_slots_add(edit, next, error);
    return status;
}

/* Both are asked for before anything is held. */
enum fob_status serve_vault_passphrase(struct fob_request *request)
{
    struct fob_settings settings;
    struct fob_vault_edit edit = {.lock = -1};
    struct fob_secret old = {0}, new = {0};
    struct fob_slot_opener present = {.type = FOB_SLOT_PASSPHRASE,
                                      .secret = &old};
    struct fob_slot_opener next = {.type = FOB_SLOT_PASSPHRASE,
                                   .secret = &new,
                                   .cost = fob_slot_cost_default};
    enum fob_status status = agent_settings(&settings, &request->error);

    next.cost.log2_n = (uint8_t)settings.scrypt_log2_n;
    if (status == FOB_OK)
        status = vault_open_prompt_ask(request, &old);
    if (status == FOB_OK)
        status = vault_open_prompt_ask_new(request, &new);
    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = put_passphrase(&edit, &present, &next, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    fob_secret_free(&old);
    fob_secret_free(&new);
    return status;
}

enum fob_status serve_vault_key_file(struct fob_request *request)
{
    char path[FOB_PATH_MAX];
    struct fob_secret content = {0};
    struct fob_slot_opener opener = {.type = FOB_SLOT_KEY_FILE,
                                     .secret = &content};
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status =
        field_read_text(request, FOB_TAG_PATH, "path", path, sizeof(path));

    if (status == FOB_OK)
        status =
            fob_file_read(path, FOB_KEY_FILE_MAX, &content, &request->error);
    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = fob_slots_add(&edit, &opener, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    fob_secret_free(&content);
    return status;
}

enum fob_status serve_vault_slot_remove(struct fob_request *request)
{
    uint64_t number = fob_message_number(&request->message, FOB_TAG_NUMBER, 0);
    struct fob_vault_edit edit;
    enum fob_status status = vault_transaction_begin(request, false, &edit);

    if (status == FOB_OK)
        status = fob_slots_remove(&edit, (size_t)number - 1, &request->error);
    return vault_transaction_commit(request, &edit, status);
}
