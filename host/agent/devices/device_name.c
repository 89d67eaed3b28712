/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_name.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/devices/device_seed.h"
#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>

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

enum fob_status device_name_find(struct iam_session *client,
                                 const struct device_name *name,
                                 struct journal_entry *entry)
{
    struct fob_error *error = &client->request->error;
    bool is_here = false;
    enum fob_status status = check_name(name->device, error);

    if (status == FOB_OK &&
        fob_arn_device_format(&client->user, "/", name->device, entry->created,
                              sizeof(entry->created)) != FOB_OK)
        status =
            fob_error_set(error, FOB_E_USAGE, "the device's name is too long");
    if (status == FOB_OK)
        status = device_seed_is_here(client->request, entry->created, &is_here);
    if (status != FOB_OK || is_here)
        return status;
    if (name->account[0] != '\0')
        status = fob_text_copy(entry->account, sizeof(entry->account),
                               name->account);
    else
        status = fob_text_format(entry->account, sizeof(entry->account),
                                 "%s:%s@%s", account_make_aws_issuer,
                                 name->device, client->user.account);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "the account's name is too long");
    return device_seed_check_name(client->request, entry->account);
}

enum fob_status device_name_next(const char *serial, char *name, size_t cap)
{
    const char *slash = strrchr(serial, '/');
    const char *old = slash == NULL ? serial : slash + 1;
    const char *dash = strrchr(old, '-');
    size_t digits = dash == NULL ? 0 : strspn(dash + 1, "0123456789");

    if (digits == 0 || digits > 6 || dash[1 + digits] != '\0')
        return fob_text_format(name, cap, "%s-2", old);
    return fob_text_format(name, cap, "%.*s-%ld", (int)(dash - old), old,
                           strtol(dash + 1, NULL, 10) + 1);
}
