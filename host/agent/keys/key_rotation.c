/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_rotation.h"

#include "host/agent/keys/key_change.h"
#include "host/agent/keys/key_store.h"
#include "host/agent/network/identity.h"
#include "host/base/text.h"

#include <string.h>
#include <time.h>

static enum fob_status store_key(struct iam_session *client,
                                 const struct journal_entry *entry,
                                 const struct aws_call_reply *reply, char *id)
{
    struct fob_error *error = &client->request->error;
    struct fob_secret room = {0}, secret = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    struct key_place place;
    struct fob_iam_key made;
    enum fob_status status =
        fob_iam_new_key_reply(&reply->exchange, &made, &secret, error);

    if (status == FOB_OK)
        status = fob_text_copy(id, FOB_KEY_ID_MAX + 1, made.access_key_id);
    if (status == FOB_OK && key == NULL)
        status = FOB_E_NO_MEMORY;
    if (status == FOB_OK)
        status = fob_text_copy(key->secret, sizeof(key->secret),
                               (const char *)secret.data);
    if (status == FOB_OK)
        status =
            fob_text_copy(key->user_arn, sizeof(key->user_arn), client->arn);
    if (status == FOB_OK) {
        (void)!fob_text_copy(key->id, sizeof(key->id), id);
        key->created_s = time(NULL);
        key_change_place(entry, &place);
        status = key_store_put_new(client->request, &place, key);
    } else if (error->status == FOB_OK) {
        fob_error_set(error, status, "the new key cannot be held");
    }
    fob_secret_free(&secret);
    fob_secret_free(&room);
    return status;
}

/* A key made by a try that AWS broke off is one too many for the next. */
static enum fob_status ask_to_create(struct iam_session *client,
                                     const struct journal_entry *entry,
                                     struct aws_call_reply *reply)
{
    struct iam_request asked = {.action = FOB_IAM_CREATE_ACCESS_KEY};
    enum fob_status status;

    asked.params.value[FOB_IAM_USER_NAME] = entry->user;
    status = iam_session_call(client, &asked, reply);
    if (status != FOB_E_REFUSED || !reply->maybe_done)
        return status;
    aws_call_reply_free(reply);
    status = key_change_delete_orphan(client, entry);
    return status == FOB_OK ? iam_session_call(client, &asked, reply) : status;
}

/* What is not stored is deleted at once, or else by the next run. */
static enum fob_status create_key(struct iam_session *client,
                                  struct journal *journal)
{
    struct fob_error *error = &client->request->error, why;
    struct aws_call_reply reply = {0};
    char id[FOB_KEY_ID_MAX + 1] = "";
    bool is_refused;
    enum fob_status status;

    request_progress(client->request, "creating an access key");
    status = ask_to_create(client, &journal->entry, &reply);
    is_refused = status == FOB_E_REFUSED && reply.refusal != FOB_REFUSAL_NONE &&
                 !reply.maybe_done;
    if (status == FOB_OK)
        status = store_key(client, &journal->entry, &reply, id);
    aws_call_reply_free(&reply);
    why = *error;
    if (status != FOB_OK && id[0] != '\0')
        is_refused = key_change_ask(client, FOB_IAM_DELETE_ACCESS_KEY,
                                    &journal->entry, id) == FOB_OK;
    if (is_refused && journal_finish(journal, error) != FOB_OK)
        request_note(client->request, "%s", error->text);
    *error = why;
    return status;
}

static enum fob_status check_identity(struct iam_session *client,
                                      const struct fob_access_key *stored)
{
    struct profile_key key = {0};
    char arn[FOB_ARN_MAX + 1];
    enum fob_status status;

    (void)!fob_text_copy(key.id, sizeof(key.id), stored->id);
    status =
        fob_secret_copy(&key.secret, stored->secret, strlen(stored->secret));
    if (status == FOB_OK)
        status = identity_find(client->request, &client->profile, &key,
                               &client->sts, arn);
    else
        fob_error_set(&client->request->error, status, "no memory");
    profile_key_free(&key);
    if (status == FOB_OK && strcmp(arn, client->arn) != 0)
        status =
            fob_error_set(&client->request->error, FOB_E_REPLY,
                          "the new key is not %s's but %s's", client->arn, arn);
    return status;
}

static enum fob_status verify_key(struct iam_session *client,
                                  const struct key_place *place)
{
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    enum fob_status status;

    if (key == NULL)
        return fob_error_set(&client->request->error, FOB_E_NO_MEMORY,
                             "no memory");
    status = key_store_get_new(client->request, place, key);
    if (status == FOB_OK)
        status = check_identity(client, key);
    for (size_t i = 0; i < KEY_CHANGE_PAUSES && status == FOB_E_REFUSED; i++) {
        status = key_change_pause(client, i);
        if (status == FOB_OK)
            status = check_identity(client, key);
    }
    fob_secret_free(&room);
    return status;
}

/* The new key signs by now, and so do sessions minted with it. */
static enum fob_status retire_key(struct iam_session *client,
                                  struct journal *journal)
{
    const struct journal_entry *entry = &journal->entry;
    struct fob_error *error = &client->request->error;
    enum fob_status status = iam_session_reload(client);

    if (status == FOB_OK) {
        profile_key_remember(client->request, &client->profile, &client->key);
        status = key_change_ask(client, FOB_IAM_UPDATE_ACCESS_KEY, entry,
                                entry->key_id);
    }
    if (status == FOB_OK)
        status = key_change_ask(client, FOB_IAM_DELETE_ACCESS_KEY, entry,
                                entry->key_id);
    return status == FOB_OK ? journal_finish(journal, error) : status;
}

static enum fob_status go_on(struct iam_session *client,
                             struct journal *journal)
{
    const struct journal_entry *entry = &journal->entry;
    struct key_place place;
    enum fob_status status;

    key_change_place(entry, &place);
    status = verify_key(client, &place);
    if (status == FOB_OK)
        status = key_store_switch(client->request, &place, entry->key_id);
    return status == FOB_OK ? retire_key(client, journal) : status;
}

enum fob_status key_rotation_run(struct iam_session *client,
                                 struct journal *journal)
{
    enum fob_status status = create_key(client, journal);

    return status == FOB_OK ? go_on(client, journal) : status;
}

static enum fob_status undo_rotation(struct iam_session *client,
                                     struct journal *journal)
{
    enum fob_status status = key_change_delete_orphan(client, &journal->entry);

    return status == FOB_OK ? journal_finish(journal, &client->request->error)
                            : status;
}

/* There is no new key in waiting.  With another one in the old one's place,
 * that is the new one, and the old one is to go; else none ever got here. */
static enum fob_status settle_present(struct iam_session *client,
                                      struct journal *journal,
                                      struct fob_access_key *key, bool *undone)
{
    const struct journal_entry *entry = &journal->entry;
    struct key_place place;
    enum fob_status status;

    key_change_place(entry, &place);
    status = key_store_get(client->request, &place, key);
    if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(&client->request->error);
    *undone = status == FOB_E_NOT_FOUND || strcmp(key->id, entry->key_id) == 0;
    return *undone ? undo_rotation(client, journal)
                   : retire_key(client, journal);
}

enum fob_status key_rotation_resume(struct iam_session *client,
                                    struct journal *journal, bool *undone)
{
    struct key_place place;
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    enum fob_status status;

    *undone = false;
    if (key == NULL)
        return fob_error_set(&client->request->error, FOB_E_NO_MEMORY,
                             "no memory");
    key_change_place(&journal->entry, &place);
    status = key_store_get_new(client->request, &place, key);
    if (status == FOB_OK) {
        status = go_on(client, journal);
    } else if (status == FOB_E_NOT_FOUND) {
        fob_error_clear(&client->request->error);
        status = settle_present(client, journal, key, undone);
    }
    fob_secret_free(&room);
    return status;
}
