/* SPDX-License-Identifier: MIT */
/* Long-term access keys from and to a person. */
#include "host/agent/accounts/vault_proof.h"
#include "host/agent/keys/key_add.h"
#include "host/agent/profile/key_place.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

#include <string.h>

static enum fob_status read_key(struct fob_request *request,
                                struct fob_key_text *key)
{
    struct fob_field data;
    struct fob_span text;
    enum fob_status status;

    if (!fob_message_find(&request->message, FOB_TAG_DATA, &data))
        return fob_error_set(&request->error, FOB_E_USAGE, "no key was given");
    text = (struct fob_span){(const char *)data.data, data.len};
    status = fob_key_text_read(text, key, &request->error);
    return status == FOB_OK ? fob_key_text_check(key, &request->error) : status;
}

enum fob_status serve_keys_add(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret room = {0};
    struct fob_key_text *key = fob_key_text_alloc(&room);
    struct key_addition addition = {.profile = name, .key = key};
    struct fob_message *reply = &request->reply;
    enum fob_status status;

    if (key == NULL)
        return fob_error_no_memory(&request->error);
    status = field_read_text(request, FOB_TAG_PROFILE, "profile", name,
                             sizeof(name));
    if (status == FOB_OK)
        status = read_key(request, key);
    if (status == FOB_OK)
        status = key_add(request, &addition);
    if (status == FOB_OK) {
        fob_message_put_text(reply, FOB_TAG_PROFILE, name);
        fob_message_put_text(reply, FOB_TAG_ACCESS_KEY_ID, key->id);
        if (addition.made_in[0] != '\0')
            fob_message_put_text(reply, FOB_TAG_PATH, addition.made_in);
    }
    fob_secret_free(&room);
    return status;
}

/* By its id, else as the caller's profile has it; what only the files hold is
 * not the vault's to give. */
static enum fob_status find_key(struct fob_request *request, const char *name,
                                struct fob_access_key *key)
{
    const struct fob_vault_body *body = &request->view.body;
    struct fob_error *error = &request->error, ignored;
    struct fob_profile_paths paths;
    struct key_place place;
    struct fob_access_key_place exact, unfiled;
    enum fob_status status;

    if (fob_access_keys_get_id(body, name, key) == FOB_OK)
        return FOB_OK;
    status =
        fob_profile_find_paths(request->environment.variables, &paths, error);
    if (status != FOB_OK)
        return status;
    key_place_make(name, &paths, &place);
    exact = key_place_exact(&place);
    unfiled = key_place_unfiled(&place);
    status = fob_access_keys_get(body, &exact, key, error);
    if (status == FOB_E_NOT_FOUND && key_place_is_default(&place) &&
        fob_access_keys_get(body, &unfiled, key, &ignored) == FOB_OK) {
        fob_error_clear(error);
        status = FOB_OK;
    }
    return status;
}

static enum fob_status put_secret(struct fob_request *request, const char *name)
{
    struct fob_message *reply = &request->reply;
    struct fob_secret room = {0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    enum fob_status status;

    if (key == NULL)
        return fob_error_no_memory(&request->error);
    status = find_key(request, name, key);
    if (status == FOB_OK) {
        fob_message_put_text(reply, FOB_TAG_PROFILE, key->profile);
        fob_message_put_text(reply, FOB_TAG_ACCESS_KEY_ID, key->id);
        fob_message_put_text(reply, FOB_TAG_SECRET_KEY, key->secret);
    }
    fob_secret_free(&room);
    return status;
}

enum fob_status serve_keys_export(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret named = {0};
    struct vault_proof proof = {0};
    enum fob_status status = field_read_text(request, FOB_TAG_PROFILE,
                                             "profile", name, sizeof(name));

    if (status == FOB_OK)
        status = field_read_bytes(request, FOB_TAG_PROOF, &named);
    if (status == FOB_OK)
        status = vault_proof_ask(request, &named, &proof);
    if (status == FOB_OK)
        status = put_secret(request, name);
    vault_proof_free(&proof);
    fob_secret_free(&named);
    return status;
}
