/* SPDX-License-Identifier: MIT */
/* The vault's key slots. */
#include "host/agent/accounts/vault_open_prompt.h"
#include "host/agent/accounts/vault_proof.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/vault/slots.h"

#include <inttypes.h>

static void put_slots(struct fob_request *request,
                      const struct fob_slots *slots)
{
    for (size_t i = 0; i < slots->count; i++) {
        struct fob_message record = {0};

        if (slots->slot[i].type == FOB_SLOT_VACANT)
            continue;
        fob_message_start(&record, FOB_REPLY_OK);
        fob_message_put_number(&record, FOB_TAG_NUMBER, i + 1);
        fob_message_put_text(&record, FOB_TAG_TYPE,
                             fob_slot_type_word(slots->slot[i].type));
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

/* Ask again for what opens the vault, which each change of its slots wants. */
static enum fob_status ask_proof(struct fob_request *request,
                                 struct vault_proof *proof)
{
    struct fob_secret named = {0};
    enum fob_status status = field_read_bytes(request, FOB_TAG_PROOF, &named);

    *proof = (struct vault_proof){0};
    if (status == FOB_OK)
        status = vault_proof_ask(request, &named, proof);
    fob_secret_free(&named);
    return status;
}

/* The one passphrase slot there is; *count of them. */
static size_t find_passphrase(const struct fob_slots *slots, size_t *count)
{
    size_t number = 0;

    *count = 0;
    for (size_t i = 0; i < slots->count; i++)
        if (slots->slot[i].type == FOB_SLOT_PASSPHRASE) {
            number = i;
            ++*count;
        }
    return number;
}

/* The new one takes the place of the one that was typed, or of the one that is
 * forgotten; a vault without any gets its first. */
static enum fob_status put_passphrase(struct fob_vault_edit *edit,
                                      const struct fob_slot_opener *next,
                                      bool was_typed, size_t *number,
                                      struct fob_error *error)
{
    size_t count, only = find_passphrase(&edit->header.slots, &count);

    if (count == 0)
        return fob_slots_add(edit, next, number, error);
    if (!was_typed && count > 1) {
        fob_error_set(error, FOB_E_USAGE,
                      "the vault has %zu passphrases: remove the forgotten one",
                      count);
        fob_error_hint(error, "fob vault status");
        return FOB_E_USAGE;
    }
    if (!was_typed)
        *number = only;
    return fob_slots_replace(edit, *number, next, error);
}

static enum fob_status change_passphrase(struct fob_request *request,
                                         const struct vault_proof *proof,
                                         const struct fob_slot_opener *next)
{
    struct fob_vault_edit edit = {.lock = -1};
    size_t number;
    enum fob_status status = vault_proof_begin(request, proof, &edit, &number);

    if (status == FOB_OK)
        status = put_passphrase(&edit, next,
                                proof->opener.type == FOB_SLOT_PASSPHRASE,
                                &number, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    if (status == FOB_OK)
        request_note(request, "The new passphrase opens the vault: slot %zu",
                     number + 1);
    return status;
}

/* Both are asked for before anything is held. */
enum fob_status serve_vault_passphrase(struct fob_request *request)
{
    struct fob_settings settings;
    struct vault_proof proof;
    struct fob_secret new = {0};
    struct fob_slot_opener next = {.type = FOB_SLOT_PASSPHRASE,
                                   .secret = &new,
                                   .cost = fob_slot_cost_default};
    enum fob_status status = ask_proof(request, &proof);

    if (status == FOB_OK)
        status = agent_settings(&settings, &request->error);
    if (status == FOB_OK)
        status = vault_open_prompt_ask_new(request, &new);
    if (status == FOB_OK) {
        next.cost.log2_n = (uint8_t)settings.scrypt_log2_n;
        status = change_passphrase(request, &proof, &next);
    }
    fob_secret_free(&new);
    vault_proof_free(&proof);
    return status;
}

static enum fob_status add_key_file(struct fob_request *request,
                                    const struct vault_proof *proof,
                                    const struct fob_secret *content)
{
    const struct fob_slot_opener opener = {.type = FOB_SLOT_KEY_FILE,
                                           .secret = content};
    struct fob_vault_edit edit = {.lock = -1};
    size_t number;
    enum fob_status status = vault_proof_begin(request, proof, &edit, &number);

    if (status == FOB_OK)
        status = fob_slots_add(&edit, &opener, &number, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    if (status == FOB_OK)
        request_note(request, "The key file opens the vault, too: slot %zu",
                     number + 1);
    return status;
}

enum fob_status serve_vault_key_file(struct fob_request *request)
{
    struct fob_secret content = {0};
    struct vault_proof proof = {0};
    enum fob_status status = field_read_bytes(request, FOB_TAG_DATA, &content);

    if (status == FOB_OK && content.len < FOB_KEY_FILE_MIN)
        status = fob_error_set(&request->error, FOB_E_TOO_SHORT,
                               "a key file needs at least %d bytes",
                               FOB_KEY_FILE_MIN);
    if (status == FOB_OK)
        status = ask_proof(request, &proof);
    if (status == FOB_OK)
        status = add_key_file(request, &proof, &content);
    vault_proof_free(&proof);
    fob_secret_free(&content);
    return status;
}

enum fob_status serve_vault_slot_remove(struct fob_request *request)
{
    uint64_t number = fob_message_number(&request->message, FOB_TAG_NUMBER, 0);
    struct fob_vault_edit edit = {.lock = -1};
    struct vault_proof proof;
    size_t proven;
    enum fob_status status = ask_proof(request, &proof);

    if (status == FOB_OK)
        status = vault_proof_begin(request, &proof, &edit, &proven);
    if (status == FOB_OK)
        status = fob_slots_remove(&edit, (size_t)number - 1, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    if (status == FOB_OK)
        request_note(request,
                     "Slot %" PRIu64 " is removed, also from the "
                     "generation before",
                     number);
    vault_proof_free(&proof);
    return status;
}
