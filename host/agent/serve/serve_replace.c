/* SPDX-License-Identifier: MIT */
/* A new device in the place of the profile's: the old one goes when the new
 * one is proven. */
#include "host/agent/devices/device_change.h"
#include "host/agent/devices/device_name.h"
#include "host/agent/serve/device_fields.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/text.h"

static enum fob_status find_old(const struct device_change *change,
                                struct journal_entry *entry)
{
    const struct iam_session *client = &change->client;
    struct fob_error *error = &client->request->error;
    enum fob_status status =
        device_change_start(change, client->user.name, entry);

    if (status != FOB_OK)
        return status;
    if (iam_session_serial(client)[0] == '\0') {
        fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                      client->profile.name);
        fob_error_hint(error, "fob enroll --profile %s", client->profile.name);
        return FOB_E_NOT_FOUND;
    }
    if (fob_text_copy(entry->deleted, sizeof(entry->deleted),
                      iam_session_serial(client)) == FOB_OK)
        return FOB_OK;
    return fob_error_set(error, FOB_E_SYNTAX,
                         "mfa_serial of profile %s is no serial",
                         client->profile.name);
}

/* A device that is there already would lose its own place to gain this one. */
static enum fob_status find_new(const struct device_name *name,
                                struct iam_session *client,
                                struct journal_entry *entry)
{
    struct fob_error *error = &client->request->error;
    enum fob_status status = device_name_find(client, name, entry);

    if (status != FOB_OK || entry->account[0] != '\0')
        return status;
    fob_error_set(error, FOB_E_EXISTS, "there is a device %s already",
                  entry->created);
    fob_error_hint(error, "fob replace --profile %s --device OTHER-NAME",
                   client->profile.name);
    return FOB_E_EXISTS;
}

/* The account's name may be ""; so may the device's, which is chosen then. */
static enum fob_status replace_device(struct device_change *change,
                                      const struct device_name *wanted,
                                      struct journal_entry *entry)
{
    struct fob_error *error = &change->client.request->error;
    char next[FOB_ACCOUNT_ARN_MAX + 1];
    struct device_name name = *wanted;
    enum fob_status status = find_old(change, entry);

    if (status == FOB_OK && name.device[0] == '\0') {
        name.device = next;
        if (device_name_next(entry->deleted, next, sizeof(next)) != FOB_OK)
            status = fob_error_set(error, FOB_E_USAGE,
                                   "the device's name is too long");
    }
    if (status == FOB_OK)
        status = find_new(&name, &change->client, entry);
    /* Without a session the old device cannot go: know it first. */
    if (status == FOB_OK)
        status = iam_session_get_mfa(&change->client);
    return status == FOB_OK ? device_change_do(change, entry) : status;
}

enum fob_status serve_replace(struct fob_request *request)
{
    struct device_change change = {.journal.lock = -1};
    struct device_fields fields;
    char account[FOB_ACCOUNT_NAME_MAX + 1];
    const struct device_name name = {fields.device, account};
    struct journal_entry entry;
    enum fob_status status = device_fields_read(request, &fields);

    if (status == FOB_OK)
        status = field_read_optional(request, FOB_TAG_NAME, "account's name",
                                     account, sizeof(account));
    if (status == FOB_OK)
        status = device_change_open(request, &fields.target, &change);
    if (status == FOB_OK && change.settled.created[0] != '\0' &&
        change.settled.deleted[0] != '\0')
        entry = change.settled;
    else if (status == FOB_OK)
        status = replace_device(&change, &name, &entry);
    if (status == FOB_OK)
        device_fields_answer(&change, entry.created);
    device_change_close(&change);
    return status;
}
