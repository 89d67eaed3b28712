/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_create.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/devices/device_enable.h"
#include "host/agent/devices/device_seed.h"
#include "host/agent/devices/device_verify.h"
#include "host/agent/iam/device_list.h"
#include "host/base/text.h"

#include <string.h>

static const char *name_of(const char *serial)
{
    const char *slash = strrchr(serial, '/');

    return slash == NULL ? serial : slash + 1;
}

enum fob_status device_create_discard(struct iam_session *client,
                                      const char *serial)
{
    struct iam_request asked = {.action = FOB_IAM_DELETE_VIRTUAL_MFA_DEVICE};
    struct fob_error *error = &client->request->error;
    enum fob_refusal refusal;
    enum fob_status status;

    asked.params.value[FOB_IAM_SERIAL_NUMBER] = serial;
    status = iam_session_do(client, &asked, &refusal);
    if (refusal == FOB_REFUSAL_NOT_FOUND) {
        fob_error_clear(error);
        status = FOB_OK;
    } else if (refusal == FOB_REFUSAL_CONFLICT) {
        status = fob_error_set(error, FOB_E_EXISTS,
                               "the device %s is enabled for a user and is "
                               "left alone",
                               serial);
    }
    return status;
}

enum fob_status device_create_undo(struct iam_session *client,
                                   struct journal *journal)
{
    struct fob_error *error = &client->request->error;
    const char *serial = journal->entry.created;
    enum fob_status status;

    if (journal->entry.account[0] == '\0')
        return journal_finish(journal, error);
    status = device_create_discard(client, serial);
    /* Enabled by now, so it is in use: its seed must stay. */
    if (status == FOB_E_EXISTS) {
        fob_error_clear(error);
        return journal_finish(journal, error);
    }
    if (status == FOB_OK)
        status = device_seed_remove(client->request, serial);
    if (status == FOB_OK)
        fob_error_clear(error);
    return status == FOB_OK ? journal_finish(journal, error) : status;
}

struct owner {
    const char *serial;
    bool found;
    char user[FOB_ACCOUNT_USER_MAX + 1];
};

static bool find_owner(void *context, const struct fob_iam_device *device)
{
    struct owner *owner = context;

    if (strcmp(device->serial, owner->serial) != 0)
        return true;
    owner->found = true;
    /* A longer name is none of IAM's. */
    (void)!fob_text_copy(owner->user, sizeof(owner->user), device->user_name);
    return false;
}

static void hint_other_name(struct fob_error *error,
                            const struct journal_entry *entry)
{
    fob_error_hint(error, "fob %s --profile %s --device OTHER-NAME",
                   entry->deleted[0] == '\0' ? "enroll" : "replace",
                   entry->profile);
}

/* A device of that name is there, and was not made by the run at hand. */
static enum fob_status explain_exists(struct iam_session *client,
                                      const struct journal_entry *entry)
{
    struct owner owner = {.serial = entry->created};
    const struct device_list_visit visit = {find_owner, &owner};
    struct fob_error *error = &client->request->error;
    struct fob_error refused = *error;

    if (device_list_all(client, &visit) != FOB_OK || !owner.found) {
        *error = refused;
        error->status = FOB_E_EXISTS;
        hint_other_name(error, entry);
    } else if (owner.user[0] == '\0') {
        fob_error_set(error, FOB_E_EXISTS,
                      "the device %s is there and belongs to nobody: an "
                      "enrolment was cut, and its seed is lost",
                      entry->created);
        hint_other_name(error, entry);
        if (entry->deleted[0] == '\0')
            fob_error_hint(error, "fob enroll --profile %s --device %s --force",
                           entry->profile, name_of(entry->created));
    } else {
        fob_error_set(error, FOB_E_EXISTS,
                      "the device %s is there and is user %s's", entry->created,
                      owner.user);
        hint_other_name(error, entry);
    }
    return FOB_E_EXISTS;
}

static enum fob_status store_seed(struct iam_session *client,
                                  const struct journal_entry *entry,
                                  const struct device_seed_location *location,
                                  const struct aws_call_reply *reply)
{
    struct fob_error *error = &client->request->error;
    struct fob_secret seed = {0};
    struct device_seed_new device = {.name = entry->account, .seed = &seed};
    enum fob_status status = fob_iam_new_device_reply(
        &reply->exchange, &device.serial, &seed, error);

    if (status == FOB_OK && strcmp(device.serial, entry->created) != 0)
        status =
            fob_error_set(error, FOB_E_REPLY, "IAM made the device %s, not %s",
                          device.serial, entry->created);
    if (status == FOB_OK)
        status = device_seed_store(client->request, &device, location);
    fob_secret_free(&seed);
    return status;
}

/* Whether AWS said no for sure, rather than nothing, or "later". */
static bool is_final(enum fob_refusal refusal)
{
    return refusal != FOB_REFUSAL_NONE && refusal != FOB_REFUSAL_TRANSPORT &&
           refusal != FOB_REFUSAL_LATER;
}

static enum fob_status ask_to_create(struct iam_session *client,
                                     const char *serial,
                                     struct aws_call_reply *reply)
{
    struct iam_request asked = {.action = FOB_IAM_CREATE_VIRTUAL_MFA_DEVICE};
    enum fob_status status;

    asked.params.value[FOB_IAM_DEVICE_NAME] = name_of(serial);
    status = iam_session_call(client, &asked, reply);
    if (reply->refusal != FOB_REFUSAL_EXISTS || !reply->maybe_done)
        return status;
    /* Made by a try that AWS broke off, with a seed that nobody saw. */
    aws_call_reply_free(reply);
    status = device_create_discard(client, serial);
    return status == FOB_OK ? iam_session_call(client, &asked, reply) : status;
}

static enum fob_status
create_device(struct iam_session *client, struct journal *journal,
              const struct device_seed_location *location)
{
    const struct journal_entry entry = journal->entry;
    struct aws_call_reply reply = {0};
    struct fob_error ignored;
    enum fob_status status;

    request_progress(client->request, "creating the device %s", entry.created);
    status = ask_to_create(client, entry.created, &reply);
    if (status == FOB_OK)
        status = store_seed(client, &entry, location, &reply);
    /* Nothing of ours is there: the next run must not look for it. */
    else if (is_final(reply.refusal) &&
             journal_finish(journal, &ignored) == FOB_OK &&
             reply.refusal == FOB_REFUSAL_EXISTS)
        status = explain_exists(client, &entry);
    aws_call_reply_free(&reply);
    return status;
}

static enum fob_status enable_device(struct iam_session *client,
                                     const struct journal_entry *entry)
{
    struct fob_request *request = client->request;
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_refusal refusal;
    bool is_enabled = false;
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = device_list_has(client, entry->user, entry->created, &is_enabled);
    if (status == FOB_E_REFUSED) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    if (status == FOB_OK && !is_enabled)
        status = account_store_find_device(request, entry->created, account);
    if (status == FOB_OK && !is_enabled)
        status = device_enable(client, entry->user, account, &refusal);
    fob_secret_free(&room);
    return status;
}

/* What the next run can go on from; all else was refused for good. */
static bool may_go_on(enum fob_status status)
{
    return status != FOB_E_REFUSED && status != FOB_E_NOT_FOUND &&
           status != FOB_E_EXISTS;
}

static enum fob_status take_back(struct iam_session *client,
                                 struct journal *journal,
                                 enum fob_status status)
{
    struct fob_error *error = &client->request->error;
    const struct fob_error why = *error;

    if (may_go_on(status) || journal->entry.kind == JOURNAL_NOTHING)
        return status;
    if (device_create_undo(client, journal) != FOB_OK)
        request_note(client->request, "not yet taken back: %s", error->text);
    *error = why;
    return status;
}

enum fob_status device_create(struct iam_session *client,
                              struct journal *journal,
                              const struct device_seed_location *location)
{
    struct journal_entry *entry = &journal->entry;
    bool is_own = strcmp(entry->user, client->user.name) == 0, is_here;
    enum fob_status status =
        device_seed_is_here(client->request, entry->created, &is_here);

    (void)!fob_text_copy(client->unproven, sizeof(client->unproven),
                         entry->created);
    if (status == FOB_OK && !is_here)
        status = create_device(client, journal, location);
    if (status == FOB_OK)
        status = enable_device(client, entry);
    if (status != FOB_OK)
        return take_back(client, journal, status);
    if (is_own)
        status = device_verify(client, entry->created, NULL);
    if (status == FOB_OK)
        status =
            device_seed_confirm(client->request, entry->created, entry->user);
    if (status == FOB_OK)
        client->unproven[0] = '\0';
    return status;
}
