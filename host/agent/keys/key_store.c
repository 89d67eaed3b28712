/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_store.h"

#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/base/text.h"

#include <string.h>

static enum fob_status no_memory(struct fob_request *request)
{
    return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
}

/* Where the new key waits: a profile of the same files with a name that says
 * so. */
static enum fob_status make_new(struct fob_request *request,
                                const struct key_place *place,
                                struct key_place *waiting)
{
    *waiting = *place;
    if (fob_text_format(waiting->profile, sizeof(waiting->profile), "%s (new)",
                        place->profile) == FOB_OK)
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_TOO_LONG,
                         "the name of profile %s is too long", place->profile);
}

/* A rotation that an older fob began has it without its files. */
static enum fob_status get_key(const struct fob_vault_body *body,
                               const struct key_place *place,
                               struct fob_access_key *key,
                               struct fob_error *error)
{
    const struct fob_access_key_place exact = key_place_exact(place);
    const struct fob_access_key_place unfiled = key_place_unfiled(place);
    struct fob_error ignored;
    enum fob_status status = fob_access_keys_get(body, &exact, key, error);

    if (status != FOB_E_NOT_FOUND ||
        fob_access_keys_get(body, &unfiled, key, &ignored) != FOB_OK)
        return status;
    fob_error_clear(error);
    return FOB_OK;
}

enum fob_status key_store_get(struct fob_request *request,
                              const struct key_place *place,
                              struct fob_access_key *key)
{
    const struct fob_vault_body *body;
    enum fob_status status = vault_view_get(request, &body);

    if (status == FOB_OK)
        status = get_key(body, place, key, &request->error);
    return status;
}

enum fob_status key_store_get_new(struct fob_request *request,
                                  const struct key_place *place,
                                  struct fob_access_key *key)
{
    struct key_place waiting;
    enum fob_status status = make_new(request, place, &waiting);

    return status == FOB_OK ? key_store_get(request, &waiting, key) : status;
}

static void set_place(struct fob_access_key *key, const struct key_place *place)
{
    (void)!fob_text_copy(key->profile, sizeof(key->profile), place->profile);
    (void)!fob_text_copy(key->config, sizeof(key->config), place->config);
    (void)!fob_text_copy(key->credentials, sizeof(key->credentials),
                         place->credentials);
}

enum fob_status key_store_put_new(struct fob_request *request,
                                  const struct key_place *place,
                                  struct fob_access_key *key)
{
    struct key_place waiting;
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = make_new(request, place, &waiting);

    if (status != FOB_OK)
        return status;
    set_place(key, &waiting);
    status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = fob_access_keys_put(&edit.body, key, &request->error);
    return vault_transaction_commit(request, &edit, status);
}

/* What is there under another id was put there by a person, and its plaintext
 * is gone: it moves aside under a name that has its id. */
static enum fob_status move_aside(struct fob_request *request,
                                  struct fob_vault_body *body,
                                  const struct key_place *place, const char *id,
                                  struct fob_access_key *room)
{
    const struct fob_access_key_place exact = key_place_exact(place);
    struct fob_error *error = &request->error;
    enum fob_status status = fob_access_keys_get(body, &exact, room, error);

    if (status == FOB_E_NOT_FOUND || strcmp(room->id, id) == 0) {
        fob_error_clear(error);
        return FOB_OK;
    }
    if (fob_text_format(room->profile, sizeof(room->profile), "%s (%s)",
                        place->profile, room->id) != FOB_OK)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the name of profile %s is too long",
                             place->profile);
    status = fob_access_keys_put(body, room, error);
    if (status == FOB_OK)
        request_note(request,
                     "the key %s that the vault had for profile %s is kept as "
                     "\"%s\"",
                     room->id, place->profile, room->profile);
    return status;
}

/* An older fob's record of the same key is this one. */
static enum fob_status drop_unfiled(struct fob_vault_body *body,
                                    const struct key_place *place,
                                    const char *id, struct fob_access_key *room)
{
    const struct fob_access_key_place unfiled = key_place_unfiled(place);
    struct fob_error ignored;

    if (fob_access_keys_get(body, &unfiled, room, &ignored) != FOB_OK ||
        strcmp(room->id, id) != 0)
        return FOB_OK;
    return fob_access_keys_remove(body, &unfiled, &ignored);
}

enum fob_status key_store_put(struct fob_request *request,
                              const struct key_place *place,
                              struct fob_access_key *key)
{
    struct fob_secret room = {0};
    struct fob_access_key *old = fob_access_key_alloc(&room);
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status =
        old == NULL ? no_memory(request)
                    : vault_transaction_begin(request, true, &edit);

    set_place(key, place);
    if (status == FOB_OK)
        status = move_aside(request, &edit.body, place, key->id, old);
    if (status == FOB_OK)
        status = drop_unfiled(&edit.body, place, key->id, old);
    if (status == FOB_OK)
        status = fob_access_keys_put(&edit.body, key, &request->error);
    status = vault_transaction_commit(request, &edit, status);
    fob_secret_free(&room);
    return status;
}

/* `next` is a copy of the new key, its profile changed for each put. */
static enum fob_status put_everywhere(struct fob_vault_body *body,
                                      const char *old_id,
                                      struct fob_access_key *next,
                                      struct fob_access_key *each,
                                      struct fob_error *error)
{
    size_t cursor = 0;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && fob_access_keys_next(body, &cursor, each))
        if (strcmp(each->id, old_id) == 0) {
            (void)!fob_text_copy(next->profile, sizeof(next->profile),
                                 each->profile);
            (void)!fob_text_copy(next->config, sizeof(next->config),
                                 each->config);
            (void)!fob_text_copy(next->credentials, sizeof(next->credentials),
                                 each->credentials);
            status = fob_access_keys_put(body, next, error);
            cursor = 0; /* records may have moved */
        }
    return status;
}

enum fob_status key_store_switch(struct fob_request *request,
                                 const struct key_place *place,
                                 const char *old_id)
{
    struct key_place waiting;
    struct fob_access_key_place taken;
    struct fob_secret rooms[2] = {{0}, {0}};
    struct fob_access_key *next = fob_access_key_alloc(&rooms[0]);
    struct fob_access_key *each = fob_access_key_alloc(&rooms[1]);
    struct fob_vault_edit edit = {.lock = -1};
    struct fob_error *error = &request->error;
    enum fob_status status = next == NULL || each == NULL
                                 ? no_memory(request)
                                 : make_new(request, place, &waiting);

    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status = get_key(&edit.body, &waiting, next, error);
    /* put_everywhere changes `next`. */
    if (status == FOB_OK) {
        taken = next->config[0] != '\0' ? key_place_exact(&waiting)
                                        : key_place_unfiled(&waiting);
        status = put_everywhere(&edit.body, old_id, next, each, error);
    }
    if (status == FOB_OK)
        status = fob_access_keys_remove(&edit.body, &taken, error);
    status = vault_transaction_commit(request, &edit, status);
    fob_secret_free(&rooms[0]);
    fob_secret_free(&rooms[1]);
    return status;
}
