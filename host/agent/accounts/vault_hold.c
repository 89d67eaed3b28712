/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_hold.h"

#include "host/agent/accounts/vault_open_prompt.h"

/* Give the open `vault` to the agent. */
static enum fob_status install_vault(struct fob_request *request,
                                     struct fob_vault *vault)
{
    struct fob_vault_body body = {0};
    struct fob_secret cache_key = {0};
    enum fob_status status = fob_vault_load(vault, &body, &request->error);

    if (status == FOB_OK)
        status = fob_vault_cache_key(&body, &cache_key, &request->error);
    if (status == FOB_OK &&
        agent_unlock(request->agent, vault, &cache_key) != FOB_OK)
        status = fob_error_no_memory(&request->error);
    fob_secret_free(&cache_key);
    fob_vault_body_free(&body);
    return status;
}

enum fob_status vault_hold_open(struct fob_request *request, bool make)
{
    const struct vault_open_prompt how = {.install = install_vault,
                                          .may_make = make};
    enum fob_status status = FOB_OK;

    if (!agent_is_open(request->agent))
        status = vault_open_prompt_run(request, &how);
    if (status == FOB_OK && request->is_use)
        agent_note_use(request->agent);
    return status;
}

enum fob_status vault_hold_open_by(struct fob_request *request,
                                   const struct fob_slot_opener *opener)
{
    const struct vault_open_prompt how = {.install = install_vault};
    enum fob_status status = FOB_OK;

    if (!agent_is_open(request->agent))
        status = vault_open_prompt_by(request, &how, opener);
    if (status == FOB_OK && request->is_use)
        agent_note_use(request->agent);
    return status;
}

/* A vault may be locked by another caller between unlocking and use. */
struct fob_vault *vault_hold_begin(struct fob_request *request, bool make,
                                   enum fob_status *status)
{
    struct fob_vault *vault = NULL;

    *status = vault_hold_open(request, make);
    if (*status == FOB_OK) {
        vault = agent_hold(request->agent);
        if (vault == NULL)
            *status = fob_error_set(&request->error, FOB_E_LOCKED,
                                    "the vault was locked just now");
    }
    return vault;
}
