/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_proof.h"

#include "host/agent/accounts/vault_hold.h"
#include "host/agent/accounts/vault_open_prompt.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/base/file.h"
#include "host/vault/slots.h"
#include "src/wipe.h"

void vault_proof_free(struct vault_proof *proof)
{
    fob_secret_free(&proof->secret);
    *proof = (struct vault_proof){0};
}

/* What opens the vault that is there may open another one that somebody has
 * put there: the one that the agent holds is what counts. */
static enum fob_status prove_open(struct fob_request *request,
                                  const struct fob_slot_opener *opener,
                                  const void *context)
{
    struct request_view *view = &request->view;
    enum fob_status status = vault_hold_open_by(request, opener);
    struct fob_vault *vault;

    (void)context;
    request_drop_view(request);
    if (status != FOB_OK)
        return status;
    /* In the order of who opens it, who has it derive first. */
    pthread_mutex_lock(&request->agent->deriving);
    vault = agent_hold(request->agent);
    if (vault == NULL) {
        status = fob_error_set(&request->error, FOB_E_LOCKED,
                               "the vault was locked just now");
    } else {
        status = fob_vault_prove(vault, opener, &view->body, &request->error);
        agent_release(request->agent, vault);
    }
    pthread_mutex_unlock(&request->agent->deriving);
    view->is_current = status == FOB_OK;
    return status;
}

static bool is_of_settings(const struct fob_secret *named)
{
    struct fob_secret content = {0};
    struct fob_settings settings;
    struct fob_error ignored;
    bool is_same;

    if (agent_settings(&settings, &ignored) != FOB_OK ||
        settings.key_file[0] == '\0' ||
        fob_file_read(settings.key_file, FOB_KEY_FILE_MAX, &content,
                      &ignored) != FOB_OK)
        return false;
    is_same = content.len == named->len &&
              fob_equal(content.data, named->data, named->len);
    fob_secret_free(&content);
    return is_same;
}

static enum fob_status prove_by_file(struct fob_request *request,
                                     bool has_passphrase,
                                     const struct fob_secret *named,
                                     struct vault_proof *proof)
{
    enum fob_status status;

    if (has_passphrase && is_of_settings(named)) {
        fob_error_set(&request->error, FOB_E_WRONG_KEY,
                      "the key file of the settings proves nothing: the vault "
                      "has a passphrase");
        fob_error_hint(&request->error,
                       "run it again without --key-file, and type that");
        return FOB_E_WRONG_KEY;
    }
    if (fob_secret_copy(&proof->secret, named->data, named->len) != FOB_OK)
        return fob_error_no_memory(&request->error);
    proof->opener = (struct fob_slot_opener){.type = FOB_SLOT_KEY_FILE,
                                             .secret = &proof->secret};
    status = prove_open(request, &proof->opener, NULL);
    if (status != FOB_E_UNSUPPORTED)
        return status;
    fob_error_set(&request->error, FOB_E_WRONG_KEY,
                  "the vault has no key slot for a key file");
    fob_error_hint(&request->error, "run it again without --key-file");
    return FOB_E_WRONG_KEY;
}

static enum fob_status prove_by_passphrase(struct fob_request *request,
                                           struct vault_proof *proof)
{
    const struct vault_attempt attempt = {.run = prove_open, .is_again = true};
    enum fob_status status = vault_open_prompt_try(
        request, &attempt, &proof->secret, &proof->opener);

    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "the passphrase is asked for again, and nobody can be "
                      "asked");
        fob_error_hint(&request->error,
                       "run it in a terminal, or set FOB_PASSPHRASE_FILE");
    }
    return status;
}

enum fob_status vault_proof_ask(struct fob_request *request,
                                const struct fob_secret *named,
                                struct vault_proof *proof)
{
    struct fob_vault_header header;
    bool has_passphrase;
    enum fob_status status = vault_open_prompt_inspect(request, &header);

    *proof = (struct vault_proof){0};
    if (status != FOB_OK)
        return status;
    has_passphrase = vault_open_prompt_has(&header, FOB_SLOT_PASSPHRASE);
    if (named->len > 0)
        return prove_by_file(request, has_passphrase, named, proof);
    if (has_passphrase)
        return prove_by_passphrase(request, proof);
    fob_error_set(&request->error, FOB_E_NOBODY,
                  "the vault has no passphrase to ask for again: name the key "
                  "file that opens it");
    fob_error_hint(&request->error, "run it again with --key-file FILE");
    return FOB_E_NOBODY;
}

enum fob_status vault_proof_begin(struct fob_request *request,
                                  const struct vault_proof *proof,
                                  struct fob_vault_edit *edit, size_t *number)
{
    enum fob_status status = vault_transaction_begin(request, false, edit);

    if (status != FOB_OK)
        return status;
    status = fob_slots_find(edit, &proof->opener, number, &request->error);
    if (status != FOB_OK)
        vault_transaction_abort(request, edit);
    return status;
}
