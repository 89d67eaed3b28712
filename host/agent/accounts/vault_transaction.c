/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/vault_transaction.h"

#include "host/agent/accounts/vault_hold.h"

enum fob_status vault_transaction_begin(struct fob_request *request, bool make,
                                        struct fob_vault_edit *edit)
{
    enum fob_status status;
    struct fob_vault *vault = vault_hold_begin(request, make, &status);

    *edit = (struct fob_vault_edit){.lock = -1};
    if (vault == NULL)
        return status;
    status = fob_vault_begin(vault, edit, &request->error);
    if (status != FOB_OK) {
        *edit = (struct fob_vault_edit){.lock = -1};
        agent_release(request->agent, vault);
    }
    return status;
}

void vault_transaction_abort(struct fob_request *request,
                             struct fob_vault_edit *edit)
{
    struct fob_vault *vault;

    if (edit->vault == NULL)
        return;
    vault = edit->vault;
    fob_vault_end(edit);
    edit->vault = NULL;
    agent_release(request->agent, vault);
}

enum fob_status vault_transaction_commit(struct fob_request *request,
                                         struct fob_vault_edit *edit,
                                         enum fob_status status)
{
    if (status == FOB_OK)
        status = fob_vault_commit(edit, &request->error);
    vault_transaction_abort(request, edit);
    request_drop_view(request);
    return status;
}
