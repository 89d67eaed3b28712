/* SPDX-License-Identifier: MIT */
/* The accounts of the vault as a request meets them: each call unlocks the
 * vault if need be, and holds it no longer than it takes. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_ACCOUNT_STORE_H
#define FOB_HOST_AGENT_ACCOUNTS_ACCOUNT_STORE_H

#include "host/agent/request/request.h"
#include "host/vault/accounts.h"

/* A zeroed account in the empty `room`, which fob_secret_free wipes; NULL,
 * error set, when memory is short. */
struct fob_vault_account *account_store_room(struct fob_request *request,
                                             struct fob_secret *room);

/* The one that `name` names, as fob_accounts_find has it. */
FOB_MUST_CHECK enum fob_status
account_store_find(struct fob_request *request, const char *name,
                   struct fob_vault_account *account);

/* The one that is exactly the device `serial`; FOB_E_NOT_FOUND. */
FOB_MUST_CHECK enum fob_status
account_store_find_device(struct fob_request *request, const char *serial,
                          struct fob_vault_account *account);

/* The number-th of the vault as the request sees it, from 0 on;
 * FOB_E_NOT_FOUND, with no error set, beyond the last. */
FOB_MUST_CHECK enum fob_status
account_store_at(struct fob_request *request, size_t number,
                 struct fob_vault_account *account);

/* With `make` a vault is made where there is none. */
FOB_MUST_CHECK enum fob_status
account_store_add(struct fob_request *request, bool make,
                  const struct fob_vault_account *account);

FOB_MUST_CHECK enum fob_status
account_store_find_exact(struct fob_request *request, const char *name,
                         struct fob_vault_account *account);

/* Remove `account` as it was found: FOB_E_BUSY, error set, when another one has
 * its name by now, or it became another device. */
FOB_MUST_CHECK enum fob_status
account_store_remove(struct fob_request *request,
                     const struct fob_vault_account *account);

/* Note of one account what is not NULL: the device it is, whose that is, and,
 * if `on_time`, that its clock is AWS's.  It is found by `name`, else by the
 * device. */
struct account_note {
    const char *name;
    const char *serial;
    const char *user;
    bool on_time;
};
FOB_MUST_CHECK enum fob_status
account_store_note(struct fob_request *request,
                   const struct account_note *note);

#endif
