/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/account_named.h"

#include "host/agent/accounts/account_match.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/profile/profile.h"
#include "host/agent/remote/remote.h"
#include "host/base/text.h"

#include <string.h>

enum { SOURCES_MAX = 8 };

const char *account_named_serial(const struct fob_profile *profile)
{
    struct fob_profile at = *profile, source;
    struct fob_error ignored;

    for (int i = 0; i < SOURCES_MAX; i++) {
        const char *serial = fob_profile_get(&at, "mfa_serial");

        if (serial != NULL && serial[0] != '\0')
            return serial;
        if (fob_profile_get_source(&at, &source, &ignored) != FOB_OK ||
            strcmp(source.name, at.name) == 0)
            break;
        at = source;
    }
    return NULL;
}

/* The name of the account whose seed is the device of the profile `name`;
 * false when there is no such profile or account, and no error is set. */
static bool find_of_profile(struct fob_request *request, const char *name,
                            struct fob_vault_account *account,
                            char own_name[static FOB_ACCOUNT_NAME_MAX + 1])
{
    struct profile profile = {0};
    const char *serial = NULL;
    bool is_found;

    if (profile_load(request, name, &profile) == FOB_OK)
        serial = account_named_serial(&profile.found);
    is_found = serial != NULL &&
               account_match_find(request, serial, account) == FOB_OK &&
               fob_text_copy(own_name, FOB_ACCOUNT_NAME_MAX + 1,
                             account->name) == FOB_OK;
    profile_free(&profile);
    fob_error_clear(&request->error);
    return is_found;
}

/* A far side is not told what its policy may close. */
static enum fob_status check_part(struct fob_request *request, const char *name,
                                  const char *own_name,
                                  struct fob_vault_account *account)
{
    bool is_other = !request->is_remote &&
                    account_store_find(request, name, account) == FOB_OK &&
                    strcmp(account->name, own_name) != 0;

    fob_error_clear(&request->error);
    if (!is_other)
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_AMBIGUOUS,
                         "%s is a profile, whose account is %s, and a part of "
                         "the name of the account %s: name the account",
                         name, own_name, account->name);
}

enum fob_status account_named_find(struct fob_request *request,
                                   const char *name,
                                   struct fob_vault_account *account)
{
    char own_name[FOB_ACCOUNT_NAME_MAX + 1];
    enum fob_status status = account_store_find_exact(request, name, account);

    if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(&request->error);
    if (status == FOB_E_NOT_FOUND &&
        find_of_profile(request, name, account, own_name)) {
        status = check_part(request, name, own_name, account);
        return status == FOB_OK
                   ? remote_find_account(request, own_name, account)
                   : status;
    }
    return remote_find_account(request, name, account);
}
