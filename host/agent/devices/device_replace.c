/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_replace.h"

#include "host/base/shell_line.h"
#include "host/base/text.h"

#include <string.h>

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
                                struct iam_session *client, const char *verb,
                                struct journal_entry *entry)
{
    struct fob_error *error = &client->request->error;
    enum fob_status status = device_name_find(client, name, entry);

    if (status != FOB_OK || entry->account[0] != '\0')
        return status;
    fob_error_set(error, FOB_E_EXISTS, "there is a device %s already",
                  entry->created);
    fob_error_hint(error, "fob %s --profile %s --device OTHER-NAME", verb,
                   client->profile.name);
    return FOB_E_EXISTS;
}

enum fob_status device_replace_plan(struct device_change *change,
                                    const struct device_name *wanted,
                                    const char *verb,
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
    return status == FOB_OK ? find_new(&name, &change->client, verb, entry)
                            : status;
}

/* One whose seed is here needs nobody to type. */
static enum fob_status check_phone(struct device_change *change,
                                   const char *serial)
{
    struct fob_request *request = change->client.request;
    bool is_here;
    enum fob_status status = device_seed_is_here(request, serial, &is_here);

    if (status != FOB_OK || !is_here)
        return status;
    fob_error_set(&request->error, FOB_E_EXISTS,
                  "the seed of %s is in fob already, and not in a phone only",
                  serial);
    fob_error_hint(&request->error, "fob replace --profile %s",
                   change->client.profile.name);
    return FOB_E_EXISTS;
}

/* No answer is none for good. */
static enum fob_status ask_to_remove(struct fob_request *request,
                                     const char *serial, bool *is_wished)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    struct fob_secret answer = {0};
    enum fob_status status = fob_text_format(
        text, sizeof(text),
        "When the new device works, remove %s from AWS, so that its codes are "
        "of no use?",
        serial);

    *is_wished = false;
    if (status == FOB_OK)
        status = request_ask(request, FOB_QUESTION_CONFIRM, text, &answer);
    if (status == FOB_OK)
        *is_wished = answer.len == 3 && memcmp(answer.data, "yes", 3) == 0;
    fob_secret_free(&answer);
    if (status != FOB_E_NOBODY)
        return status;
    fob_error_clear(&request->error);
    return FOB_OK;
}

static void tell_kept(const struct iam_session *client, const char *old)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(hint, sizeof(hint),
                       "fob unenroll --profile %s --device %s",
                       client->profile.name, old) == FOB_OK)
        request_note(client->request,
                     "%s stays as it is; to remove it, run: %s", old, hint);
}

enum fob_status device_replace_phone(struct device_change *change,
                                     const struct device_name *wanted,
                                     bool is_forced,
                                     struct journal_entry *entry)
{
    struct iam_session *client = &change->client;
    char old[FOB_ACCOUNT_ARN_MAX + 1] = "";
    bool is_wished = true;
    enum fob_status status;

    *entry = change->settled;
    if (entry->created[0] != '\0')
        return FOB_OK;
    status =
        device_replace_plan(change, wanted, "enroll --replace-phone", entry);
    if (status == FOB_OK)
        status = check_phone(change, entry->deleted);
    if (status == FOB_OK)
        status = iam_session_get_mfa(client);
    if (status == FOB_OK && !is_forced)
        status = ask_to_remove(client->request, entry->deleted, &is_wished);
    if (status == FOB_OK)
        status = fob_text_copy(old, sizeof(old), entry->deleted);
    if (!is_wished) {
        entry->deleted[0] = '\0';
        entry->sets_profile = true;
    }
    if (status == FOB_OK)
        status = device_change_do(change, entry);
    if (status == FOB_OK && !is_wished)
        tell_kept(client, old);
    return status;
}
