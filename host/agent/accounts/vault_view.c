/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_view.h"

#include "host/agent/accounts/vault_hold.h"

#include <errno.h>
#include <unistd.h>

static enum fob_status read_vault(struct fob_request *request,
                                  struct fob_vault *vault)
{
    struct request_view *view = &request->view;
    enum fob_status status;

    status = fob_vault_load(vault, &view->body, &request->error);
    view->is_current = status == FOB_OK;
    return status;
}

/* A vault that was locked meanwhile shows nothing. */
enum fob_status vault_view_get(struct fob_request *request,
                               const struct fob_vault_body **body)
{
    enum fob_status status;
    struct fob_vault *vault = vault_hold_begin(request, false, &status);

    *body = &request->view.body;
    if (vault == NULL)
        return status;
    if (!request->view.is_current)
        status = read_vault(request, vault);
    agent_release(request->agent, vault);
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

enum fob_status vault_view_list(struct fob_request *request,
                                const struct fob_vault_body **body)
{
    enum fob_status status = vault_view_get(request, body);

    return status == FOB_E_NOT_FOUND && !has_vault() ? FOB_OK : status;
}
