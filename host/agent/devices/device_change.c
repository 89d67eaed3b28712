/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_change.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/devices/device_config.h"
#include "host/agent/devices/device_create.h"
#include "host/agent/devices/device_delete.h"
#include "host/agent/devices/device_seed.h"
#include "host/agent/keys/key_rotation.h"
#include "host/agent/state/server_clock.h"
#include "host/base/text.h"

#include <string.h>

static enum fob_status run_entry(struct device_change *change)
{
    struct iam_session *client = &change->client;
    struct journal *journal = &change->journal;
    const struct journal_entry *entry = &journal->entry;
    struct fob_error *error = &client->request->error;
    enum fob_status status = FOB_OK;

    if (entry->created[0] != '\0')
        status = device_create(client, journal, &change->location);
    if (status == FOB_OK)
        status = device_config_apply(entry, error);
    if (status == FOB_OK && entry->deleted[0] != '\0') {
        status = device_delete(client, entry);
        if (status == FOB_OK)
            status = device_seed_remove(client->request, entry->deleted);
    }
    if (status == FOB_OK)
        return journal_finish(journal, error);
    if (entry->kind != JOURNAL_NOTHING)
        request_note(client->request,
                     "not finished; the same command goes on from here");
    return status;
}

/* A device whose seed never got here is of no use: begin anew.  One that
 * must not be deleted would be in the way for ever. */
static enum fob_status forget_device(struct device_change *change)
{
    struct fob_request *request = change->client.request;
    enum fob_status status =
        device_create_undo(&change->client, &change->journal);

    if (status != FOB_E_REFUSED)
        return status;
    request_note(request, "%s is left over: %s", change->journal.entry.created,
                 request->error.text);
    fob_error_clear(&request->error);
    return journal_finish(&change->journal, &request->error);
}

static enum fob_status settle_devices(struct device_change *change)
{
    const struct journal_entry entry = change->journal.entry;
    bool is_here = true;
    enum fob_status status = FOB_OK;

    if (entry.created[0] != '\0')
        status = device_seed_is_here(change->client.request, entry.created,
                                     &is_here);
    if (status == FOB_OK && !is_here)
        return forget_device(change);
    if (status == FOB_OK)
        status = run_entry(change);
    if (status == FOB_OK)
        change->settled = entry;
    return status;
}

static enum fob_status settle_key(struct device_change *change)
{
    const struct journal_entry entry = change->journal.entry;
    bool undone;
    enum fob_status status =
        key_rotation_resume(&change->client, &change->journal, &undone);

    if (status == FOB_OK && !undone)
        change->settled = entry;
    return status;
}

static enum fob_status settle_entry(struct device_change *change)
{
    struct iam_session *client = &change->client;
    enum fob_status status;

    if (change->journal.entry.kind == JOURNAL_NOTHING)
        return FOB_OK;
    request_progress(client->request, "finishing what was begun before");
    status = change->journal.entry.kind == JOURNAL_KEY ? settle_key(change)
                                                       : settle_devices(change);
    /* Both may have changed the profile or its key. */
    return status == FOB_OK ? iam_session_reload(client) : status;
}

static enum fob_status open_target(struct fob_request *request,
                                   const struct device_change_target *target,
                                   struct device_change *change)
{
    struct iam_session *client = &change->client;
    struct journal_owner owner;
    enum fob_status status;

    change->settled = (struct journal_entry){0};
    change->location = target->location;
    status = iam_session_open(request, target->profile, client);
    client->may_type = target->may_type;
    client->typed = target->typed;
    if (status != FOB_OK)
        return status;
    owner = (struct journal_owner){
        .account_id = client->user.account,
        .user = target->user == NULL ? client->user.name : target->user,
        .endpoint = &client->iam};
    status = journal_open(request, &owner, &change->journal);
    return status == FOB_OK ? iam_session_reload(client) : status;
}

enum fob_status device_change_open(struct fob_request *request,
                                   const struct device_change_target *target,
                                   struct device_change *change)
{
    enum fob_status status = open_target(request, target, change);

    return status == FOB_OK ? settle_entry(change) : status;
}

/* What was to be made is to be dropped. */
static enum fob_status turn_around(struct device_change *change)
{
    struct fob_request *request = change->client.request;
    struct journal_entry *entry = &change->journal.entry;
    enum fob_status status;

    (void)!fob_text_copy(entry->deleted, sizeof(entry->deleted),
                         entry->created);
    entry->created[0] = '\0';
    entry->sets_profile = false;
    status = journal_write(&change->journal, &request->error);
    /* If it is enabled by now, it takes a session of its own to go. */
    if (status == FOB_OK)
        status = device_seed_confirm(request, entry->deleted, entry->user);
    return status;
}

enum fob_status
device_change_open_undoing(struct fob_request *request,
                           const struct device_change_target *target,
                           struct device_change *change)
{
    const struct journal_entry *entry = &change->journal.entry;
    bool is_here = false;
    enum fob_status status = open_target(request, target, change);

    if (status == FOB_OK && entry->created[0] != '\0' &&
        entry->deleted[0] == '\0')
        status = device_seed_is_here(request, entry->created, &is_here);
    if (status == FOB_OK && is_here)
        status = turn_around(change);
    return status == FOB_OK ? settle_entry(change) : status;
}

void device_change_close(struct device_change *change)
{
    journal_close(&change->journal);
    typed_code_free(&change->client.typed);
    iam_session_close(&change->client);
}

enum fob_status device_change_start(const struct device_change *change,
                                    const char *user,
                                    struct journal_entry *entry)
{
    const struct iam_session *client = &change->client;
    const struct fob_profile_paths *paths = &client->profile.all.paths;

    *entry = (struct journal_entry){
        .kind = JOURNAL_DEVICES,
        .started_s = server_clock_now_s(&client->iam),
    };
    (void)!fob_text_copy(entry->profile, sizeof(entry->profile),
                         client->profile.name);
    (void)!fob_text_copy(entry->config, sizeof(entry->config), paths->config);
    (void)!fob_text_copy(entry->credentials, sizeof(entry->credentials),
                         paths->credentials);
    if (fob_text_copy(entry->user, sizeof(entry->user), user) == FOB_OK)
        return FOB_OK;
    return fob_error_set(&client->request->error, FOB_E_USAGE,
                         "the user's name is too long");
}

enum fob_status device_change_do(struct device_change *change,
                                 const struct journal_entry *entry)
{
    struct fob_error *error = &change->client.request->error;
    enum fob_status status;

    change->journal.entry = *entry;
    status = journal_write(&change->journal, error);
    return status == FOB_OK ? run_entry(change) : status;
}

enum fob_status
device_change_serial(const struct device_change *change, const char *device,
                     char serial[static FOB_ACCOUNT_ARN_MAX + 1])
{
    const struct iam_session *client = &change->client;
    struct fob_error *error = &client->request->error;
    const char *own = iam_session_serial(client);
    enum fob_status status;

    if (device[0] == '\0' && own[0] == '\0') {
        fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                      client->profile.name);
        fob_error_hint(error, "fob devices --profile %s", client->profile.name);
        return FOB_E_NOT_FOUND;
    }
    if (device[0] == '\0')
        status = fob_text_copy(serial, FOB_ACCOUNT_ARN_MAX + 1, own);
    else if (strncmp(device, "arn:", 4) == 0)
        status = fob_text_copy(serial, FOB_ACCOUNT_ARN_MAX + 1, device);
    else
        status = fob_arn_device_format(&client->user, "/", device, serial,
                                       FOB_ACCOUNT_ARN_MAX + 1);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "the device's name is too long");
    return FOB_OK;
}
