/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_change.h"

#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>

/* AWS takes a new key after some seconds; asking costs nothing. */
static const unsigned pauses_s[] = {1, 2, 3, 5, 5, 10, 10, 20};
_Static_assert(sizeof(pauses_s) / sizeof(pauses_s[0]) == KEY_CHANGE_PAUSES, "");
/* A key made so long after the journal was written is not ours. */
enum { ORPHAN_S = 300 };

enum fob_status key_change_pause(struct iam_session *client, size_t i)
{
    request_progress(client->request, "waiting for AWS to know the new key");
    return request_wait(client->request, (int)pauses_s[i] * 1000);
}

enum fob_status key_change_ask(struct iam_session *client,
                               enum fob_iam_action action,
                               const struct journal_entry *entry,
                               const char *id)
{
    struct iam_request asked = {.action = action};
    enum fob_refusal refusal = FOB_REFUSAL_NONE;
    enum fob_status status;

    asked.params.value[FOB_IAM_USER_NAME] = entry->user;
    asked.params.value[FOB_IAM_ACCESS_KEY_ID] = id;
    if (action == FOB_IAM_UPDATE_ACCESS_KEY)
        asked.params.value[FOB_IAM_STATUS] = "Inactive";
    status = iam_session_do(client, &asked, &refusal);
    /* IAM may know the new key later than STS. */
    for (size_t i = 0; i < KEY_CHANGE_PAUSES && refusal == FOB_REFUSAL_KEY;
         i++) {
        status = key_change_pause(client, i);
        if (status != FOB_OK)
            return status;
        status = iam_session_do(client, &asked, &refusal);
    }
    if (refusal != FOB_REFUSAL_NOT_FOUND)
        return status;
    fob_error_clear(&client->request->error);
    return FOB_OK;
}

void key_change_place(const struct journal_entry *entry,
                      struct key_place *place)
{
    struct fob_profile_paths paths = {0};

    (void)!fob_text_copy(paths.config, sizeof(paths.config), entry->config);
    (void)!fob_text_copy(paths.credentials, sizeof(paths.credentials),
                         entry->credentials);
    key_place_make(entry->profile, &paths, place);
}

/* The id of a key that this entry may have made, and that does not sign here;
 * "" for none. */
static void find_orphan(const struct fob_exchange_reply *reply,
                        const struct journal_entry *entry, const char *signer,
                        char id[static FOB_KEY_ID_MAX + 1])
{
    struct fob_iam_key key;

    id[0] = '\0';
    for (size_t i = 0; fob_iam_key_at(reply, i, &key); i++)
        if (strcmp(key.access_key_id, entry->key_id) != 0 &&
            strcmp(key.access_key_id, signer) != 0 &&
            llabs(key.created_s - entry->started_s) <= ORPHAN_S &&
            fob_text_copy(id, FOB_KEY_ID_MAX + 1, key.access_key_id) == FOB_OK)
            return;
}

enum fob_status key_change_delete_orphan(struct iam_session *client,
                                         const struct journal_entry *entry)
{
    struct iam_request asked = {.action = FOB_IAM_LIST_ACCESS_KEYS};
    struct aws_call_reply reply = {0};
    char id[FOB_KEY_ID_MAX + 1] = "";
    enum fob_status status;

    asked.params.value[FOB_IAM_USER_NAME] = entry->user;
    status = iam_session_call(client, &asked, &reply);
    if (status == FOB_OK)
        find_orphan(&reply.exchange, entry, client->key.id, id);
    aws_call_reply_free(&reply);
    if (status == FOB_OK && id[0] != '\0')
        status = key_change_ask(client, FOB_IAM_DELETE_ACCESS_KEY, entry, id);
    return status;
}
