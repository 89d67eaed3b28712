/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_lost.h"

#include "host/agent/accounts/account_match.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/devices/device_config.h"
#include "host/agent/iam/device_list.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"

#include <string.h>

static enum fob_status ask_aws(struct iam_session *client,
                               enum device_loss *loss)
{
    bool has = true;
    enum fob_status status = device_list_has(client, client->user.name,
                                             iam_session_serial(client), &has);

    if (status == FOB_E_REFUSED) {
        fob_error_clear(&client->request->error);
        status = FOB_OK;
        has = true;
    }
    *loss = has ? DEVICE_LOSS_SEED : DEVICE_LOSS_GONE;
    return status;
}

/* Of several that may be it one is the seed; and what an mfa_process has is
 * its own matter. */
enum fob_status device_lost_find(struct iam_session *client,
                                 enum device_loss *loss)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account =
        account_store_room(client->request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;

    *loss = DEVICE_LOSS_NONE;
    if (account != NULL)
        status = account_match_find(client->request, iam_session_serial(client),
                                    account);
    fob_secret_free(&room);
    if (status != FOB_E_NOT_FOUND && status != FOB_E_AMBIGUOUS)
        return status;
    fob_error_clear(&client->request->error);
    if (status == FOB_E_AMBIGUOUS ||
        fob_profile_get(&client->profile.found, "mfa_process") != NULL)
        return FOB_OK;
    return ask_aws(client, loss);
}

static bool is_sibling(const struct iam_session *client,
                       const struct fob_vault_account *account)
{
    return account->device[0] != '\0' &&
           strcmp(account->user, client->user.name) == 0 &&
           strcmp(account->account_id, client->user.account) == 0;
}

/* The name of an account that is another device of the user. */
static bool find_sibling(struct iam_session *client,
                         char name[static FOB_ACCOUNT_NAME_MAX + 1])
{
    struct fob_secret room = {0};
    struct fob_vault_account *account =
        account_store_room(client->request, &room);
    bool is_found = false;

    for (size_t i = 0; account != NULL && !is_found &&
                       account_store_at(client->request, i, account) == FOB_OK;
         i++)
        if (is_sibling(client, account)) {
            (void)!fob_text_copy(name, FOB_ACCOUNT_NAME_MAX + 1, account->name);
            is_found = true;
        }
    fob_secret_free(&room);
    return is_found;
}

static void tell_ways(struct iam_session *client)
{
    struct fob_request *request = client->request;
    const char *profile = client->profile.name;
    char off[FOB_ERROR_TEXT_MAX + 1], again[FOB_ERROR_TEXT_MAX + 1],
        typed[FOB_ERROR_TEXT_MAX + 1], moved[FOB_ERROR_TEXT_MAX + 1];

    if (fob_shell_line(off, sizeof(off),
                       "aws iam deactivate-mfa-device --user-name %s "
                       "--serial-number %s",
                       client->user.name,
                       iam_session_serial(client)) != FOB_OK ||
        fob_shell_line(again, sizeof(again), "fob enroll --profile %s",
                       profile) != FOB_OK)
        return;
    request_note(request, "Ways out, see fob-restore(1):");
    request_note(request, "- a backup has it: fob restore FILE");
    if (fob_shell_line(moved, sizeof(moved), "fob enroll --replace-phone %s",
                       profile) == FOB_OK)
        request_note(request,
                     "- a phone has it, and fob's own device is to "
                     "take its place: %s",
                     moved);
    if (fob_shell_line(typed, sizeof(typed), "fob exec --code - %s", profile) ==
        FOB_OK)
        request_note(request, "- a phone or a hardware token has it: %s",
                     typed);
    request_note(request, "- an administrator takes it away: %s", off);
    request_note(request,
                 "- you sign in to the console with another device: there, "
                 "under Security credentials, remove it");
    request_note(request, "and after one of the last two: %s", again);
}

enum fob_status device_lost_tell(struct iam_session *client)
{
    struct fob_error *error = &client->request->error;
    const char *profile = client->profile.name;
    char sibling[FOB_ACCOUNT_NAME_MAX + 1];

    if (find_sibling(client, sibling)) {
        fob_error_set(error, FOB_E_NOT_FOUND,
                      "the seed of %s, the MFA device of profile %s, is "
                      "nowhere; user %s has another device here, %s",
                      iam_session_serial(client), profile, client->user.name,
                      sibling);
        fob_error_hint(error, "fob replace --profile %s", profile);
        return FOB_E_NOT_FOUND;
    }
    tell_ways(client);
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "the seed of %s, the MFA device of profile %s, is nowhere",
                  iam_session_serial(client), profile);
    fob_error_hint(error,
                   "with a backup, fob restore FILE; without, an administrator "
                   "runs: aws iam deactivate-mfa-device --user-name %s "
                   "--serial-number %s",
                   client->user.name, iam_session_serial(client));
    return FOB_E_NOT_FOUND;
}

enum fob_status device_lost_rename(struct iam_session *client,
                                   const struct journal_entry *entry,
                                   const char *lost)
{
    struct journal_entry names = *entry;

    if (strcmp(lost, entry->created) == 0)
        return FOB_OK;
    names.sets_profile = false;
    (void)!fob_text_copy(names.deleted, sizeof(names.deleted), lost);
    return device_config_apply(&names, &client->request->error);
}
