/* SPDX-License-Identifier: MIT */
/* A virtual device made, proven and written into the config, by fob alone. */
#include "host/agent/account_store.h"
#include "host/agent/device_change.h"
#include "host/agent/device_list.h"
#include "host/agent/device_make.h"
#include "host/agent/device_name.h"
#include "host/agent/device_seed.h"
#include "host/agent/enrol.h"
#include "host/agent/handlers.h"
#include "host/agent/unlock.h"
#include "host/base/text.h"

#include <string.h>

/* What the request asks for; "" where it says nothing. */
struct wish {
    char device[FOB_ACCOUNT_ARN_MAX + 1];
    char user[FOB_ACCOUNT_USER_MAX + 1];
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    char account[FOB_ACCOUNT_NAME_MAX + 1];
    bool force;
    bool add;
};

static enum fob_status read_text(struct fob_request *request, enum fob_tag tag,
                                 const char *what, char *text, size_t cap)
{
    enum fob_status status =
        fob_message_text(&request->message, tag, text, cap);

    if (status == FOB_OK || status == FOB_E_NOT_FOUND)
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_USAGE, "the %s is no name",
                         what);
}

static enum fob_status read_wish(struct fob_request *request, struct wish *wish)
{
    const struct fob_message *asked = &request->message;
    enum fob_status status;

    wish->force = fob_message_number(asked, FOB_TAG_FORCE, 0) != 0;
    wish->add = fob_message_number(asked, FOB_TAG_ADD, 0) != 0;
    status = read_text(request, FOB_TAG_DEVICE, "device", wish->device,
                       sizeof(wish->device));
    if (status == FOB_OK)
        status = read_text(request, FOB_TAG_USER, "user", wish->user,
                           sizeof(wish->user));
    if (status == FOB_OK)
        status = read_text(request, FOB_TAG_NAME, "account's name", wish->name,
                           sizeof(wish->name));
    if (status == FOB_OK)
        status = read_text(request, FOB_TAG_ACCOUNT, "account", wish->account,
                           sizeof(wish->account));
    return status;
}

/* Which of the user's devices an account of the vault is. */
struct match {
    const struct fob_vault_account *account;
    char serial[FOB_ACCOUNT_ARN_MAX + 1];
    size_t count;
};

static bool find_match(void *context, const struct fob_iam_device *device)
{
    struct match *match = context;

    if (enrol_may_be(match->account, device->serial, true) &&
        fob_text_format(match->serial, sizeof(match->serial), "%s",
                        device->serial) == FOB_OK)
        match->count++;
    return true;
}

static enum fob_status find_serial(struct device_change *change,
                                   const struct fob_vault_account *account,
                                   struct journal_entry *entry)
{
    struct match match = {.account = account};
    const struct device_list_visit visit = {find_match, &match};
    struct fob_error *error = &change->caller.request->error;
    enum fob_status status =
        device_list_of_user(&change->caller, entry->user, &visit);

    if (status == FOB_OK && match.count == 1) {
        strcpy(entry->make, match.serial);
        return FOB_OK;
    }
    if (status == FOB_OK || status == FOB_E_REFUSED) {
        status = fob_error_set(error, FOB_E_NOT_FOUND,
                               "which device of user %s the account %s is "
                               "cannot be told",
                               entry->user, account->name);
        fob_error_hint(error,
                       "type the codes of fob pair '%s' into the console, or "
                       "give the ARN with --device",
                       account->name);
    }
    return status;
}

/* The device is one made in the console, its seed is in the vault. */
static enum fob_status take_account(struct device_change *change,
                                    const struct wish *wish,
                                    struct journal_entry *entry)
{
    struct fob_request *request = change->caller.request;
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = account_store_find(request, wish->account, account);
    if (status == FOB_OK && account->device[0] != '\0')
        strcpy(entry->make, account->device);
    else if (status == FOB_OK) {
        if (wish->device[0] != '\0')
            strcpy(entry->make, wish->device);
        else
            status = find_serial(change, account, entry);
        if (status == FOB_OK)
            status = device_seed_bind(request, account->name, entry->make);
    }
    fob_secret_free(&room);
    return status;
}

static enum fob_status enroll(struct device_change *change,
                              const struct wish *wish,
                              struct journal_entry *entry)
{
    struct iam_caller *caller = &change->caller;
    const struct device_name name = {
        wish->device[0] == '\0' ? entry->user : wish->device, wish->name};
    bool is_own = strcmp(entry->user, caller->user.name) == 0;
    enum fob_status status;

    entry->sets_profile = is_own && !wish->add;
    if (wish->account[0] != '\0')
        status = take_account(change, wish, entry);
    else
        status = device_name_find(caller, &name, entry);
    if (status == FOB_OK && wish->force && entry->account[0] != '\0')
        status = device_discard(caller, entry->make);
    return status == FOB_OK ? device_change_do(change, entry) : status;
}

static enum fob_status enroll_or_tell(struct fob_request *request,
                                      struct device_change *change,
                                      const struct wish *wish)
{
    const struct iam_caller *caller = &change->caller;
    const char *own = caller->user.name;
    const char *user = wish->user[0] == '\0' ? own : wish->user;
    const char *serial = iam_caller_serial(caller);
    struct journal_entry entry;
    enum fob_status status;

    if (serial[0] != '\0' && !wish->add && strcmp(user, own) == 0) {
        request_note(request, "profile %s is enrolled already, with %s",
                     caller->profile.name, serial);
        device_change_answer(change, serial);
        return FOB_OK;
    }
    status = device_change_start(change, user, &entry);
    if (status == FOB_OK)
        status = enroll(change, wish, &entry);
    if (status == FOB_OK)
        device_change_answer(change, entry.make);
    return status;
}

enum fob_status serve_enroll(struct fob_request *request)
{
    struct device_change change = {.journal.lock = -1};
    struct wish wish = {0};
    enum fob_status status = read_wish(request, &wish);

    if (status == FOB_OK)
        status = unlock_vault(request, true);
    if (status == FOB_OK)
        status = device_change_open(
            request, wish.user[0] == '\0' ? NULL : wish.user, &change);
    if (status == FOB_OK)
        status = enroll_or_tell(request, &change, &wish);
    device_change_close(&change);
    return status;
}
