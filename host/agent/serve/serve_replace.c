/* SPDX-License-Identifier: MIT */
/* A new device in the place of the profile's: the old one goes when the new
 * one is proven. */
#include "host/agent/devices/device_replace.h"
#include "host/agent/serve/device_fields.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

/* Without a session the old device cannot go: know it first. */
static enum fob_status replace_device(struct device_change *change,
                                      const struct device_name *wanted,
                                      struct journal_entry *entry)
{
    enum fob_status status =
        device_replace_plan(change, wanted, "replace", entry);

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
