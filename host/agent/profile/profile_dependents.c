/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile_dependents.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/base/text.h"
#include "host/config/profile.h"

#include <string.h>

enum { NAMED_MAX = 5, MORE_ROOM = 24 };

/* Another account that is bound to it is the one that gives its codes. */
static bool is_of_another(struct fob_request *request, const char *serial)
{
    struct fob_secret room = {0};
    struct fob_vault_account *other = fob_vault_account_alloc(&room);
    bool is_found = other != NULL &&
                    account_store_find_device(request, serial, other) == FOB_OK;

    fob_error_clear(&request->error);
    fob_secret_free(&room);
    return is_found;
}

static bool is_dependent(struct fob_request *request,
                         const struct fob_vault_account *account,
                         const struct fob_profile *profile)
{
    const char *serial = fob_profile_get(profile, "mfa_serial");

    return serial != NULL && account_make_may_be(account, serial, true) &&
           (account->device[0] != '\0' || !is_of_another(request, serial));
}

/* false when there is no room: it is counted, then. */
static bool put_name(char *names, size_t count, const char *name)
{
    size_t len = strlen(names);

    return count < NAMED_MAX &&
           len + strlen(name) + MORE_ROOM < PROFILE_DEPENDENTS_MAX &&
           fob_text_format(names + len, PROFILE_DEPENDENTS_MAX - len, "%s%s",
                           count == 0 ? "" : ", ", name) == FOB_OK;
}

static void list_names(struct fob_request *request,
                       const struct fob_vault_account *account,
                       const struct fob_profiles *all, char *names)
{
    size_t count = 0, more = 0, len;
    struct fob_profile profile;
    struct fob_error ignored;

    for (size_t i = 0; i < all->count; i++) {
        if (fob_profile_find(all, all->names[i], &profile, &ignored) !=
                FOB_OK ||
            !is_dependent(request, account, &profile))
            continue;
        if (more == 0 && put_name(names, count, profile.name))
            count++;
        else
            more++;
    }
    len = strlen(names);
    if (more > 0)
        (void)!fob_text_format(names + len, PROFILE_DEPENDENTS_MAX - len,
                               "%s%zu more", count == 0 ? "" : ", ", more);
}

void profile_dependents_find(struct fob_request *request,
                             const struct fob_vault_account *account,
                             char names[static PROFILE_DEPENDENTS_MAX])
{
    struct fob_profile_paths paths;
    struct fob_profiles all = {0};
    struct fob_error ignored;

    names[0] = '\0';
    if (fob_profile_find_paths(request->environment.variables, &paths,
                               &ignored) == FOB_OK &&
        fob_profiles_load(&all, &paths, &ignored) == FOB_OK)
        list_names(request, account, &all, names);
    fob_profiles_free(&all);
}
