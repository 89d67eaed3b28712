/* SPDX-License-Identifier: MIT */
/* A profile's access key replaced at AWS and in the vault. */
#include "host/agent/devices/device_change.h"
#include "host/agent/keys/key_import.h"
#include "host/agent/keys/key_rotation.h"
#include "host/agent/keys/key_store.h"
#include "host/agent/serve/device_fields.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/base/text.h"

#include <string.h>

static void find_place(const struct iam_session *client,
                       struct key_place *place)
{
    key_place_make(client->profile.name, &client->profile.all.paths, place);
}

/* The files' key goes before the vault's. */
static bool has_key_in_files(const struct iam_session *client)
{
    struct fob_profile_key pair;
    struct fob_error ignored;

    return fob_profile_get_key(&client->profile.found, &pair, &ignored) ==
               FOB_OK &&
           pair.token == NULL;
}

/* A key that stands in the files is moved first: a rotation needs a place where
 * the new one is safe, and there is only the vault; and one of an older fob is
 * filed. */
static enum fob_status find_key(struct iam_session *client,
                                struct fob_access_key *key)
{
    struct fob_request *request = client->request;
    struct key_place place;
    const char *path;
    enum fob_status status = FOB_E_NOT_FOUND;

    find_place(client, &place);
    if (!has_key_in_files(client))
        status = key_store_get(request, &place, key);
    if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        return status;
    if (status == FOB_OK && key->config[0] != '\0')
        return FOB_OK;
    fob_error_clear(&request->error);
    status = key_import(request, &client->profile, key, &path);
    if (status == FOB_OK && path[0] != '\0')
        request_note(request,
                     "the access key of profile %s is moved from %s "
                     "into the vault",
                     key->profile, path);
    return status;
}

/* Whoever reads the old key from a file would be left with a dead one. */
static enum fob_status check_files(struct iam_session *client,
                                   const char *key_id)
{
    const struct fob_profiles *all = &client->profile.all;
    struct fob_error *error = &client->request->error, ignored;
    struct fob_profile_key pair;
    struct fob_profile profile;

    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->names[i], client->profile.name) == 0 ||
            fob_profile_find(all, all->names[i], &profile, &ignored) !=
                FOB_OK ||
            fob_profile_get_key(&profile, &pair, &ignored) != FOB_OK ||
            strcmp(pair.id, key_id) != 0)
            continue;
        fob_error_set(error, FOB_E_EXISTS,
                      "profile %s has the same key in %s, where it would be "
                      "left dead",
                      all->names[i], pair.path);
        fob_error_hint(error, "fob keys import %s", all->names[i]);
        return FOB_E_EXISTS;
    }
    return FOB_OK;
}

/* The user's other key, if there is one. */
struct other {
    char id[FOB_KEY_ID_MAX + 1];
    bool is_active;
};

static enum fob_status find_other(struct iam_session *client,
                                  const char *key_id, struct other *other)
{
    struct iam_request asked = {.action = FOB_IAM_LIST_ACCESS_KEYS};
    struct aws_call_reply reply = {0};
    struct fob_iam_key key;
    enum fob_status status;

    asked.params.value[FOB_IAM_USER_NAME] = client->user.name;
    status = iam_session_call(client, &asked, &reply);
    for (size_t i = 0;
         status == FOB_OK && fob_iam_key_at(&reply.exchange, i, &key); i++)
        if (strcmp(key.access_key_id, key_id) != 0) {
            status =
                fob_text_copy(other->id, sizeof(other->id), key.access_key_id);
            other->is_active = strcmp(key.status, "Active") == 0;
        }
    aws_call_reply_free(&reply);
    return status;
}

static enum fob_status was_used(struct iam_session *client, const char *id,
                                bool *used)
{
    struct iam_request asked = {.action = FOB_IAM_GET_ACCESS_KEY_LAST_USED};
    struct aws_call_reply reply = {0};
    struct fob_iam_last_used last;
    enum fob_status status;

    asked.params.value[FOB_IAM_ACCESS_KEY_ID] = id;
    status = iam_session_call(client, &asked, &reply);
    if (status == FOB_OK)
        status = fob_iam_last_used_reply(&reply.exchange, &last,
                                         &client->request->error);
    if (status == FOB_OK)
        *used = last.used_s != 0;
    aws_call_reply_free(&reply);
    return status;
}

static enum fob_status refuse_two(struct iam_session *client,
                                  const struct other *other, bool is_unused)
{
    struct fob_error *error = &client->request->error;

    fob_error_set(error, FOB_E_REFUSED,
                  "user %s has a second access key, %s (%s), and AWS allows "
                  "two",
                  client->user.name, other->id,
                  !other->is_active ? "inactive"
                  : is_unused       ? "never used"
                                    : "in use");
    if (is_unused)
        fob_error_hint(error, "fob keys rotate --delete-unused %s",
                       client->profile.name);
    else
        fob_error_hint(error, "deactivate %s where nothing needs it",
                       other->id);
    return error->status;
}

/* AWS allows two keys a user: there must be room for the new one. */
static enum fob_status make_way(struct iam_session *client, const char *key_id)
{
    struct iam_request away = {.action = FOB_IAM_DELETE_ACCESS_KEY};
    struct other other = {0};
    bool used = false;
    enum fob_status status = find_other(client, key_id, &other);

    if (status != FOB_OK || other.id[0] == '\0')
        return status;
    if (other.is_active)
        status = was_used(client, other.id, &used);
    if (status != FOB_OK)
        return status;
    if (used || !field_read_flag(client->request, FOB_TAG_FORCE))
        return refuse_two(client, &other, !used);
    away.params.value[FOB_IAM_USER_NAME] = client->user.name;
    away.params.value[FOB_IAM_ACCESS_KEY_ID] = other.id;
    return iam_session_do(client, &away, NULL);
}

static enum fob_status rotate_key(struct device_change *change,
                                  struct fob_access_key *key)
{
    struct iam_session *client = &change->client;
    struct journal *journal = &change->journal;
    enum fob_status status = find_key(client, key);

    if (status == FOB_OK)
        status = check_files(client, key->id);
    if (status == FOB_OK)
        status = make_way(client, key->id);
    if (status == FOB_OK)
        status =
            device_change_start(change, client->user.name, &journal->entry);
    if (status != FOB_OK)
        return status;
    journal->entry.kind = JOURNAL_KEY;
    (void)!fob_text_copy(journal->entry.key_id, sizeof(journal->entry.key_id),
                         key->id);
    status = journal_write(journal, &client->request->error);
    return status == FOB_OK ? key_rotation_run(client, journal) : status;
}

enum fob_status serve_keys_rotate(struct fob_request *request)
{
    struct device_change change = {.journal.lock = -1};
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    const char *profile = change.client.profile.name;
    struct key_place place;
    struct device_fields fields;
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = device_fields_read(request, &fields);
    if (status == FOB_OK)
        status = device_fields_read_code(request, &fields);
    if (status == FOB_OK)
        status = device_change_open(request, &fields.target, &change);
    if (status == FOB_OK && change.settled.kind != JOURNAL_KEY)
        status = rotate_key(&change, key);
    if (status == FOB_OK) {
        find_place(&change.client, &place);
        status = key_store_get(request, &place, key);
    }
    if (status == FOB_OK) {
        fob_message_put_text(&request->reply, FOB_TAG_PROFILE, profile);
        fob_message_put_text(&request->reply, FOB_TAG_ACCESS_KEY_ID, key->id);
    }
    device_change_close(&change);
    fob_secret_free(&room);
    return status;
}
