/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_hold.h"

#include "host/agent/accounts/vault_open_prompt.h"

#include <errno.h>
#include <unistd.h>

/* Give the open `vault` to the agent. */
static enum fob_status install(struct fob_request *request,
                               struct fob_vault *vault)
{
    struct fob_vault_body body = {0};
    struct fob_secret cache_key = {0};
    enum fob_status status = fob_vault_load(vault, &body, &request->error);

    if (status == FOB_OK)
        status = fob_vault_cache_key(&body, &cache_key, &request->error);
    if (status == FOB_OK &&
        agent_unlock(request->agent, vault, &cache_key) != FOB_OK)
        status = fob_error_set(&request->error, FOB_E_NO_MEMORY,
                               "no memory to hold the vault's key");
    fob_secret_free(&cache_key);
    fob_vault_body_free(&body);
    return status;
}

static enum fob_status open_or_make(struct fob_request *request, bool make)
{
    struct fob_vault vault = {0};
    enum fob_status status = opening_run(request, make, &vault);

    if (status == FOB_OK)
        status = install(request, &vault);
    fob_vault_close(&vault);
    return status;
}

enum fob_status unlock_vault(struct fob_request *request, bool make)
{
    struct fob_agent *agent = request->agent;
    enum fob_status status = FOB_OK;

    if (agent_hold(agent) != NULL) {
        agent_release(agent);
        return FOB_OK;
    }
    pthread_mutex_lock(&agent->unlocking);
    if (agent_hold(agent) != NULL)
        agent_release(agent);
    else
        status = open_or_make(request, make);
    pthread_mutex_unlock(&agent->unlocking);
    return status;
}

enum fob_status unlock_again(struct fob_request *request)
{
    enum fob_status status;

    pthread_mutex_lock(&request->agent->unlocking);
    status = open_or_make(request, false);
    pthread_mutex_unlock(&request->agent->unlocking);
    return status;
}

/* A vault may be locked by another caller between unlocking and use. */
static struct fob_vault *hold(struct fob_request *request, bool make,
                              enum fob_status *status)
{
    struct fob_vault *vault = NULL;

    *status = unlock_vault(request, make);
    if (*status == FOB_OK) {
        vault = agent_hold(request->agent);
        if (vault == NULL)
            *status = fob_error_set(&request->error, FOB_E_LOCKED,
                                    "the vault was locked just now");
    }
    return vault;
}

enum fob_status unlock_and_load(struct fob_request *request,
                                struct fob_vault_body *body)
{
    enum fob_status status;
    struct fob_vault *vault = hold(request, false, &status);

    if (vault == NULL)
        return status;
    status = fob_vault_load(vault, body, &request->error);
    agent_release(request->agent);
    return status;
}

/* A key file may be missing as well: only a vault that is nowhere is empty. */
static bool has_vault(void)
{
    char path[FOB_PATH_MAX];
    struct fob_error error;

    return fob_path_get(FOB_PATH_VAULT, path, &error) != FOB_OK ||
           access(path, F_OK) == 0 || errno != ENOENT;
}

enum fob_status unlock_and_list(struct fob_request *request,
                                struct fob_vault_body *body)
{
    enum fob_status status = unlock_and_load(request, body);

    return status == FOB_E_NOT_FOUND && !has_vault() ? FOB_OK : status;
}

enum fob_status unlock_and_begin(struct fob_request *request, bool make,
                                 struct fob_vault_edit *edit)
{
    enum fob_status status;
    struct fob_vault *vault = hold(request, make, &status);

    *edit = (struct fob_vault_edit){.lock = -1};
    if (vault == NULL)
        return status;
    status = fob_vault_begin(vault, edit, &request->error);
    if (status != FOB_OK) {
        *edit = (struct fob_vault_edit){.lock = -1};
        agent_release(request->agent);
    }
    return status;
}

void unlock_end(struct fob_request *request, struct fob_vault_edit *edit)
{
    if (edit->vault == NULL)
        return;
    fob_vault_end(edit);
    edit->vault = NULL;
    agent_release(request->agent);
}

enum fob_status unlock_commit(struct fob_request *request,
                              struct fob_vault_edit *edit,
                              enum fob_status status)
{
    if (status == FOB_OK)
        status = fob_vault_commit(edit, &request->error);
    unlock_end(request, edit);
    return status;
}
