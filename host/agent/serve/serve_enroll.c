/* SPDX-License-Identifier: MIT */
/* A virtual device made, proven and written into the config, by fob alone. */
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/devices/device_adopt.h"
#include "host/agent/devices/device_ask.h"
#include "host/agent/devices/device_change.h"
#include "host/agent/devices/device_config.h"
#include "host/agent/devices/device_create.h"
#include "host/agent/devices/device_name.h"
#include "host/agent/serve/handlers.h"

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

/* The device is one of the console's; a profile that has another keeps it,
 * unless the person says otherwise. */
static enum fob_status take(struct device_change *change,
                            const struct wish *wish,
                            struct journal_entry *entry)
{
    struct iam_session *caller = &change->caller;
    struct fob_request *request = caller->request;
    const char *serial = iam_session_serial(caller);
    enum fob_status status = device_take(caller, entry->user, wish->account,
                                         wish->device, entry->make);

    if (status != FOB_OK)
        return status;
    if (!entry->sets_profile || strcmp(serial, entry->make) == 0)
        return FOB_OK;
    if (serial[0] != '\0' && !device_ask_exchange(caller, entry->make)) {
        request_note(request, "profile %s keeps its mfa_serial %s",
                     caller->profile.name, serial);
        return FOB_OK;
    }
    status = device_config_apply(entry, &request->error);
    if (status == FOB_OK)
        request_note(request, "profile %s now has mfa_serial %s",
                     caller->profile.name, entry->make);
    return status;
}

static enum fob_status enroll(struct device_change *change,
                              const struct wish *wish,
                              struct journal_entry *entry)
{
    struct iam_session *caller = &change->caller;
    const struct device_name name = {
        wish->device[0] == '\0' ? entry->user : wish->device, wish->name};
    bool is_own = strcmp(entry->user, caller->user.name) == 0;
    enum fob_status status;

    entry->sets_profile = is_own && !wish->add;
    if (wish->account[0] != '\0')
        return take(change, wish, entry);
    status = device_name_find(caller, &name, entry);
    if (status == FOB_OK && wish->force && entry->account[0] != '\0')
        status = device_discard(caller, entry->make);
    return status == FOB_OK ? device_change_do(change, entry) : status;
}

static enum fob_status enroll_or_tell(struct fob_request *request,
                                      struct device_change *change,
                                      const struct wish *wish)
{
    const struct iam_session *caller = &change->caller;
    const char *own = caller->user.name;
    const char *user = wish->user[0] == '\0' ? own : wish->user;
    const char *serial = iam_session_serial(caller);
    struct journal_entry entry;
    enum fob_status status;

    if (serial[0] != '\0' && !wish->add && wish->account[0] == '\0' &&
        strcmp(user, own) == 0) {
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
