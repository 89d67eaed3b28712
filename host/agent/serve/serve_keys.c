/* SPDX-License-Identifier: MIT */
/* Long-term access keys: out of the plaintext files, into the vault. */
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/keys/key_import.h"
#include "host/agent/profile/key_place.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/text.h"

#include <string.h>

/* Nothing but fob can use the key now. */
static void tell_without_mfa(struct fob_request *request,
                             const struct profile *profile)
{
    const char *serial = fob_profile_get(&profile->found, "mfa_serial");

    if (serial == NULL || serial[0] == '\0')
        request_note(request,
                     "profile %s has no mfa_serial: its own sessions are "
                     "without MFA until fob enroll makes a device",
                     profile->name);
}

enum fob_status serve_keys_import(struct fob_request *request)
{
    struct profile profile = {0};
    struct fob_message *reply = &request->reply;
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    char name[FOB_NAME_MAX + 1];
    const char *path;
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = field_read_profile(request, name);
    if (status == FOB_OK)
        status = profile_load(request, name, &profile);
    if (status == FOB_OK)
        status = key_import(request, &profile, key, &path);
    if (status == FOB_OK) {
        fob_message_put_text(reply, FOB_TAG_PROFILE, key->profile);
        fob_message_put_text(reply, FOB_TAG_ACCESS_KEY_ID, key->id);
        if (path[0] != '\0')
            fob_message_put_text(reply, FOB_TAG_PATH, path);
    }
    if (status == FOB_OK)
        tell_without_mfa(request, &profile);
    profile_free(&profile);
    fob_secret_free(&room);
    return status;
}

/* The config file tells two profiles of a name apart; where the other file is
 * not beside it, both do. */
static void put_files(struct fob_message *record,
                      const struct fob_access_key *key)
{
    const char *end = strrchr(key->config, '/');
    size_t folder = end == NULL ? 0 : (size_t)(end + 1 - key->config);
    char both[2 * sizeof(key->config) + 1];

    if (key->config[0] == '\0')
        return;
    if (strncmp(key->config, key->credentials, folder) == 0 &&
        strcmp(key->credentials + folder, "credentials") == 0)
        fob_message_put_text(record, FOB_TAG_PATH, key->config);
    else if (fob_text_format(both, sizeof(both), "%s:%s", key->config,
                             key->credentials) == FOB_OK)
        fob_message_put_text(record, FOB_TAG_PATH, both);
}

static void put_key(struct fob_message *reply, const struct fob_access_key *key)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_PROFILE, key->profile);
    fob_message_put_text(&record, FOB_TAG_ACCESS_KEY_ID, key->id);
    fob_message_put_number(&record, FOB_TAG_CREATED, (uint64_t)key->created_s);
    if (key->user_arn[0] != '\0')
        fob_message_put_text(&record, FOB_TAG_USER, key->user_arn);
    put_files(&record, key);
    fob_message_put_record(reply, &record);
    fob_message_free(&record);
}

enum fob_status serve_keys_list(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = vault_view_list(request, &body);
    if (status == FOB_OK)
        while (fob_access_keys_next(body, &cursor, key))
            put_key(&request->reply, key);
    fob_secret_free(&room);
    return status;
}

/* Every record of the key of that id; FOB_E_NOT_FOUND, with no error set. */
static enum fob_status remove_id(struct fob_vault_body *body, const char *id,
                                 struct fob_access_key *key,
                                 struct fob_error *error)
{
    struct fob_access_key_place place;
    enum fob_status status = FOB_E_NOT_FOUND;

    while (fob_access_keys_get_id(body, id, key) == FOB_OK) {
        place = fob_access_key_place(key);
        status = fob_access_keys_remove(body, &place, error);
        if (status != FOB_OK)
            break;
    }
    return status;
}

/* The caller's: another set of files may have a profile of that name. */
static enum fob_status remove_named(struct fob_request *request,
                                    struct fob_vault_body *body,
                                    const char *name)
{
    struct fob_profile_paths paths;
    struct key_place place;
    struct fob_access_key_place exact, unfiled;
    struct fob_error *error = &request->error, ignored;
    enum fob_status status =
        fob_profile_find_paths(request->environment.variables, &paths, error);

    if (status != FOB_OK)
        return status;
    key_place_make(name, &paths, &place);
    exact = key_place_exact(&place);
    unfiled = key_place_unfiled(&place);
    status = fob_access_keys_remove(body, &exact, error);
    if (status == FOB_E_NOT_FOUND && key_place_is_default(&place) &&
        fob_access_keys_remove(body, &unfiled, &ignored) == FOB_OK) {
        fob_error_clear(error);
        status = FOB_OK;
    }
    return status;
}

static enum fob_status remove_key(struct fob_request *request,
                                  struct fob_vault_body *body, const char *name)
{
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    enum fob_status status;

    if (key == NULL)
        return fob_error_no_memory(&request->error);
    status = remove_id(body, name, key, &request->error);
    fob_secret_free(&room);
    return status == FOB_E_NOT_FOUND ? remove_named(request, body, name)
                                     : status;
}

enum fob_status serve_keys_remove(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = field_read_text(request, FOB_TAG_PROFILE,
                                             "profile", name, sizeof(name));

    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = remove_key(request, &edit.body, name);
    return vault_transaction_commit(request, &edit, status);
}
