/* SPDX-License-Identifier: MIT */
/* A virtual device made, proven and written into the config, by fob alone. */
#include "host/agent/device_change.h"
#include "host/agent/device_list.h"
#include "host/agent/device_make.h"
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

/* IAM's rule for a name, and ours: "NAME@ACCOUNT" must fit a label. */
static enum fob_status check_name(const char *name, struct fob_error *error)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789_+=,.@-";
    size_t max = FOB_LABEL_MAX - 1 - FOB_ARN_ACCOUNT_LEN, len = strlen(name);

    if (len > 0 && len <= max && strspn(name, allowed) == len)
        return FOB_OK;
    return fob_error_set(error, FOB_E_USAGE,
                         "a device's name is 1 to %zu letters, digits and "
                         "characters of _+=,.@-",
                         max);
}

/* The new device's ARN and the name of its account. */
static enum fob_status name_device(const struct device_change *change,
                                   const struct wish *wish,
                                   struct journal_entry *entry)
{
    struct fob_request *request = change->caller.request;
    const struct fob_arn *user = &change->caller.user;
    const char *name = wish->device[0] == '\0' ? entry->user : wish->device;
    enum fob_status status = check_name(name, &request->error);

    if (status != FOB_OK)
        return status;
    if (fob_arn_device_format(user, "/", name, entry->make,
                              sizeof(entry->make)) != FOB_OK)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the device's name is too long");
    if (device_seed_is_here(request, entry->make))
        return FOB_OK;
    if (wish->name[0] != '\0')
        strcpy(entry->account, wish->name);
    else
        status =
            fob_text_format(entry->account, sizeof(entry->account), "%s:%s@%s",
                            enrol_aws_issuer, name, user->account);
    return status == FOB_OK ? device_seed_check_name(request, entry->account)
                            : status;
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
    struct fob_vault_account *account = fob_vault_account_room(&room);
    struct fob_vault_body body = {0};
    enum fob_status status;

    if (account == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = unlock_and_load(request, &body);
    if (status == FOB_OK)
        status =
            fob_accounts_find(&body, wish->account, account, &request->error);
    fob_vault_body_free(&body);
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
    const struct iam_caller *caller = &change->caller;
    bool is_own = strcmp(entry->user, caller->user.name) == 0;
    enum fob_status status;

    entry->sets_profile = is_own && !wish->add;
    status = wish->account[0] != '\0' ? take_account(change, wish, entry)
                                      : name_device(change, wish, entry);
    if (status == FOB_OK && wish->force && entry->account[0] != '\0')
        status = device_discard(&change->caller, entry->make);
    return status == FOB_OK ? device_change_do(change, entry) : status;
}

static enum fob_status answer(struct fob_request *request,
                              const struct device_change *change,
                              const char *serial, const char *user)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_room(&room);
    struct fob_message *reply = &request->reply;

    fob_message_put_text(reply, FOB_TAG_SERIAL, serial);
    if (account != NULL && device_seed_find(request, serial, account) == FOB_OK)
        fob_message_put_text(reply, FOB_TAG_NAME, account->name);
    fob_error_clear(&request->error);
    fob_message_put_text(reply, FOB_TAG_PROFILE, change->caller.profile.name);
    fob_message_put_text(reply, FOB_TAG_USER, user);
    fob_secret_free(&room);
    return FOB_OK;
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
        return answer(request, change, serial, user);
    }
    status = device_change_start(change, user, &entry);
    if (status == FOB_OK)
        status = enroll(change, wish, &entry);
    return status == FOB_OK ? answer(request, change, entry.make, user)
                            : status;
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
