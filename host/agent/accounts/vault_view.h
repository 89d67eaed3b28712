/* SPDX-License-Identifier: MIT */
/* The contents of the vault as a request sees them: read when they are first
 * wanted, and again after the request has changed them or waited. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_VAULT_VIEW_H
#define FOB_HOST_AGENT_ACCOUNTS_VAULT_VIEW_H

#include "host/agent/request/request.h"

/* Open the vault unless it is open, and point *body, which is the request's,
 * to its contents: until request_drop_view. */
FOB_MUST_CHECK enum fob_status
vault_view_get(struct fob_request *request, const struct fob_vault_body **body);

/* The same for a listing: before there is a vault it is empty. */
FOB_MUST_CHECK enum fob_status
vault_view_list(struct fob_request *request,
                const struct fob_vault_body **body);

#endif
