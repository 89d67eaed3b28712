/* SPDX-License-Identifier: MIT */
/* A device taken away: from its user, from AWS, from the config, and its
 * seed from the vault. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/devices/device_change.h"
#include "host/agent/devices/device_create.h"
#include "host/agent/devices/device_seed.h"
#include "host/agent/iam/device_list.h"
#include "host/agent/serve/device_fields.h"
#include "host/agent/serve/handlers.h"

#include "host/base/text.h"

#include <string.h>

/* Whose it is: as the vault has noted it, else the key's user's. */
static enum fob_status start_entry(const struct device_change *change,
                                   const char *serial,
                                   struct journal_entry *entry)
{
    const struct iam_session *client = &change->client;
    struct fob_request *request = client->request;
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    bool is_noted =
        account != NULL &&
        account_store_find_device(request, serial, account) == FOB_OK &&
        account->user[0] != '\0';
    enum fob_status status = device_change_start(
        change, is_noted ? account->user : client->user.name, entry);

    if (status == FOB_OK)
        fob_error_clear(&request->error);
    (void)!fob_text_copy(entry->deleted, sizeof(entry->deleted), serial);
    fob_secret_free(&room);
    return status;
}

/* An own device goes with a session that one of the user's vouched for, which
 * is had before anything is changed.  One that is not the user's can only be
 * nobody's, or it is left alone. */
static enum fob_status prepare_removal(struct iam_session *client,
                                       const struct journal_entry *entry)
{
    bool is_own = strcmp(entry->user, client->user.name) == 0, has;
    enum fob_status status =
        device_list_has(client, entry->user, entry->deleted, &has);

    if (status == FOB_OK && !has)
        return device_create_discard(client, entry->deleted);
    if (status != FOB_OK && status != FOB_E_REFUSED)
        return status;
    fob_error_clear(&client->request->error);
    return is_own ? iam_session_get_mfa(client) : FOB_OK;
}

static enum fob_status unenroll_device(struct device_change *change,
                                       const char *device,
                                       struct journal_entry *entry)
{
    char serial[FOB_ACCOUNT_ARN_MAX + 1];
    enum fob_status status = device_change_serial(change, device, serial);

    if (status == FOB_OK)
        status = start_entry(change, serial, entry);
    if (status == FOB_OK)
        status = prepare_removal(&change->client, entry);
    return status == FOB_OK ? device_change_do(change, entry) : status;
}

enum fob_status serve_unenroll(struct fob_request *request)
{
    struct device_change change = {.journal.lock = -1};
    struct device_fields fields;
    struct journal_entry entry;
    enum fob_status status = device_fields_read(request, &fields);

    if (status == FOB_OK)
        status = device_fields_read_code(request, &fields);
    if (status == FOB_OK)
        status = device_change_open_undoing(request, &fields.target, &change);
    if (status == FOB_OK && change.settled.deleted[0] != '\0' &&
        change.settled.created[0] == '\0')
        entry = change.settled;
    else if (status == FOB_OK)
        status = unenroll_device(&change, fields.device, &entry);
    if (status == FOB_OK)
        device_fields_answer(&change, entry.deleted);
    device_change_close(&change);
    return status;
}
