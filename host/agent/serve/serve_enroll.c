/* SPDX-License-Identifier: MIT */
/* A virtual device made, proven and written into the config, by fob alone. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/devices/device_adopt.h"
#include "host/agent/devices/device_ask.h"
#include "host/agent/devices/device_change.h"
#include "host/agent/devices/device_config.h"
#include "host/agent/devices/device_create.h"
#include "host/agent/devices/device_lost.h"
#include "host/agent/devices/device_name.h"
#include "host/agent/devices/device_replace.h"
#include "host/agent/serve/device_fields.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/text.h"

#include <string.h>

/* What the request asks for; "" where it says nothing. */
struct options {
    struct device_fields fields;
    char user[FOB_ACCOUNT_USER_MAX + 1];
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    char account[FOB_ACCOUNT_NAME_MAX + 1];
    bool is_forced;
    bool is_added; /* besides the profile's device */
    bool is_phone; /* in the place of a device that a person has */
};

static enum fob_status read_options(struct fob_request *request,
                                    struct options *options)
{
    enum fob_status status = device_fields_read(request, &options->fields);

    options->is_forced = field_read_flag(request, FOB_TAG_FORCE);
    options->is_added = field_read_flag(request, FOB_TAG_ADD);
    if (status == FOB_OK)
        status = field_read_optional(request, FOB_TAG_USER, "user's name",
                                     options->user, sizeof(options->user));
    if (status == FOB_OK)
        status = field_read_optional(request, FOB_TAG_NAME, "account's name",
                                     options->name, sizeof(options->name));
    if (status == FOB_OK)
        status =
            field_read_optional(request, FOB_TAG_ACCOUNT, "account's name",
                                options->account, sizeof(options->account));
    if (options->user[0] != '\0')
        options->fields.target.user = options->user;
    options->is_phone = field_read_flag(request, FOB_TAG_REPLACE_PHONE);
    options->fields.target.may_type = options->is_phone;
    if (status == FOB_OK)
        status = field_read_code(request, &options->fields.target.typed);
    if (status == FOB_OK && options->is_phone &&
        (options->user[0] != '\0' || options->account[0] != '\0' ||
         options->is_added))
        status =
            fob_error_set(&request->error, FOB_E_USAGE,
                          "--replace-phone is of the profile's own device, "
                          "without --user, --account and --add");
    return status;
}

/* The device is one of the console's; a profile that has another keeps it,
 * unless the person says otherwise. */
static enum fob_status adopt_device(struct device_change *change,
                                    const struct options *options,
                                    struct journal_entry *entry)
{
    struct iam_session *client = &change->client;
    struct fob_request *request = client->request;
    const char *serial = iam_session_serial(client);
    enum fob_status status =
        device_adopt(client, entry->user, options->account,
                     options->fields.device, entry->created);

    if (status != FOB_OK)
        return status;
    if (!entry->sets_profile || strcmp(serial, entry->created) == 0)
        return FOB_OK;
    if (serial[0] != '\0' && !device_ask_exchange(client, entry->created)) {
        request_note(request, "profile %s keeps its mfa_serial %s",
                     client->profile.name, serial);
        return FOB_OK;
    }
    status = device_config_apply(entry, &request->error);
    if (status == FOB_OK)
        request_note(request, "profile %s now has mfa_serial %s",
                     client->profile.name, entry->created);
    return status;
}

static enum fob_status make_device(struct device_change *change,
                                   const struct options *options,
                                   struct journal_entry *entry)
{
    struct iam_session *client = &change->client;
    const struct device_name name = {options->fields.device[0] == '\0'
                                         ? entry->user
                                         : options->fields.device,
                                     options->name};
    bool is_own = strcmp(entry->user, client->user.name) == 0;
    enum fob_status status;

    entry->sets_profile = is_own && !options->is_added;
    if (options->account[0] != '\0')
        return adopt_device(change, options, entry);
    status = device_name_find(client, &name, entry);
    if (status == FOB_OK && options->is_forced && entry->account[0] != '\0')
        status = device_create_discard(client, entry->created);
    return status == FOB_OK ? device_change_do(change, entry) : status;
}

/* AWS forgot the profile's device, of which there is no seed: a new one takes
 * its place, under a name that AWS never had. */
static enum fob_status succeed_device(struct device_change *change,
                                      struct options *options,
                                      struct journal_entry *entry)
{
    struct iam_session *client = &change->client;
    struct fob_error *error = &client->request->error;
    char lost[FOB_ACCOUNT_ARN_MAX + 1];
    char *name = options->fields.device;
    enum fob_status status =
        fob_text_copy(lost, sizeof(lost), iam_session_serial(client));

    if (status == FOB_OK && name[0] == '\0')
        status = device_name_next(lost, name, sizeof(options->fields.device));
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "mfa_serial of profile %s is no serial",
                             client->profile.name);
    request_note(client->request,
                 "AWS has %s no more: a new device takes its place", lost);
    status = make_device(change, options, entry);
    return status == FOB_OK ? device_lost_rename(client, entry, lost) : status;
}

/* The profile has a device: whether it is of any use. */
static enum fob_status look_at_device(struct device_change *change,
                                      enum device_loss *loss)
{
    struct iam_session *client = &change->client;
    const char *serial = iam_session_serial(client);
    enum fob_status status = device_lost_find(client, loss);

    if (status != FOB_OK || *loss == DEVICE_LOSS_GONE)
        return status;
    if (*loss == DEVICE_LOSS_SEED)
        return device_lost_tell(client);
    request_note(client->request, "profile %s is enrolled already, with %s",
                 client->profile.name, serial);
    device_fields_answer(change, serial);
    return FOB_OK;
}

/* The first seed is when a person thinks of losing it, if ever: said once. */
static void tell_backup(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    bool is_first = account != NULL &&
                    account_store_at(request, 0, account) == FOB_OK &&
                    account->token[0] == '\0' &&
                    account_store_at(request, 1, account) == FOB_E_NOT_FOUND;

    fob_secret_free(&room);
    if (is_first)
        request_note(request, "The seed is in the vault and nowhere else; for "
                              "a copy, run: fob backup FILE");
}

static enum fob_status enroll_or_tell(struct device_change *change,
                                      struct options *options)
{
    const struct iam_session *client = &change->client;
    const char *own = client->user.name;
    const char *user = options->user[0] == '\0' ? own : options->user;
    enum device_loss loss = DEVICE_LOSS_NONE;
    struct journal_entry entry;
    enum fob_status status;

    if (iam_session_serial(client)[0] != '\0' && !options->is_added &&
        options->account[0] == '\0' && strcmp(user, own) == 0) {
        status = look_at_device(change, &loss);
        if (status != FOB_OK || loss == DEVICE_LOSS_NONE)
            return status;
    }
    status = device_change_start(change, user, &entry);
    if (status == FOB_OK)
        status = loss == DEVICE_LOSS_GONE
                     ? succeed_device(change, options, &entry)
                     : make_device(change, options, &entry);
    if (status == FOB_OK) {
        device_fields_answer(change, entry.created);
        tell_backup(change->client.request);
    }
    return status;
}

static enum fob_status enroll_for_phone(struct device_change *change,
                                        struct options *options)
{
    const struct device_name name = {options->fields.device, options->name};
    struct journal_entry entry;
    enum fob_status status =
        device_replace_phone(change, &name, options->is_forced, &entry);

    if (status == FOB_OK) {
        device_fields_answer(change, entry.created);
        tell_backup(change->client.request);
    }
    return status;
}

/* A vault is made, and a passphrase for it asked, only for a profile that is
 * there and has a key. */
static enum fob_status check_profile(struct fob_request *request,
                                     const struct options *options)
{
    struct profile profile;
    struct profile_key key = {0};
    enum fob_status status =
        profile_load(request, options->fields.profile, &profile);

    if (status == FOB_OK)
        status = profile_key_find(request, &profile, &key);
    profile_key_free(&key);
    profile_free(&profile);
    return status;
}

enum fob_status serve_enroll(struct fob_request *request)
{
    struct device_change change = {.journal.lock = -1};
    struct options options = {0};
    enum fob_status status = read_options(request, &options);

    if (status == FOB_OK)
        status = check_profile(request, &options);
    if (status == FOB_OK)
        status = vault_hold_open(request, true);
    if (status == FOB_OK)
        status = device_change_open(request, &options.fields.target, &change);
    if (status == FOB_OK)
        status = options.is_phone ? enroll_for_phone(&change, &options)
                                  : enroll_or_tell(&change, &options);
    device_change_close(&change);
    return status;
}
