/* SPDX-License-Identifier: MIT */
#include "host/agent/keys/key_add.h"

#include "host/agent/accounts/vault_view.h"
#include "host/agent/keys/key_store.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "host/config/credential_process.h"
#include "host/config/edit.h"
#include "host/config/profile.h"
#include "src/wipe.h"

#include <string.h>
#include <time.h>

/* The profile as the files have it, if they do. */
struct target {
    struct fob_profiles all;
    struct fob_profile found;
    bool is_new;
};

static struct fob_edit section_of(const char *profile)
{
    return (struct fob_edit){
        .action = FOB_EDIT_ADD, .kind = FOB_CONFIG_NAMED, .profile = profile};
}

/* A name that no config file can hold is told before anything is kept. */
static enum fob_status check_name(const char *profile, struct fob_error *error)
{
    const struct fob_edit edit = section_of(profile);
    const struct fob_secret empty = {0};
    struct fob_secret result = {0};
    enum fob_status status =
        fob_edit_text(&empty, &edit, "the config", &result, error);

    fob_secret_free(&result);
    return status;
}

static enum fob_status load_target(struct fob_request *request,
                                   const char *profile, struct target *target)
{
    struct fob_error *error = &request->error;
    struct fob_profile_paths paths;
    enum fob_status status =
        fob_profile_find_paths(request->environment.variables, &paths, error);

    if (status == FOB_OK)
        status = fob_profiles_load(&target->all, &paths, error);
    if (status == FOB_OK)
        status = fob_profile_find(&target->all, profile, &target->found, error);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(error);
    target->is_new = true;
    return check_name(profile, error);
}

/* A role's profile has no use for a key of its own. */
static enum fob_status check_source(const struct target *target,
                                    struct fob_error *error)
{
    const char *name = target->found.name;
    const char *source = fob_profile_get(&target->found, "source_profile");

    if (source == NULL || strcmp(source, name) == 0)
        return FOB_OK;
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "profile %s takes the key of its source_profile %s: a key of "
                  "its own would not be used",
                  name, source);
    fob_error_hint(error, "fob keys add %s", source);
    return FOB_E_UNSUPPORTED;
}

/* What a person may run next. */
static void note_plaintext(struct fob_request *request, const char *path,
                           const char *profile)
{
    char line[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(line, sizeof(line), "fob keys import %s", profile) ==
        FOB_OK)
        request_note(request, "the same key is in plaintext in %s; run: %s",
                     path, line);
}

/* As with SDKs, a program that the files name goes before what they do not
 * hold; one of ours asks for this very key. */
static bool has_command(const struct target *target)
{
    const char *line =
        target->is_new ? NULL
                       : fob_profile_get(&target->found, "credential_process");

    return line != NULL && !fob_credential_process_is_own(line, NULL);
}

static void note_command(struct fob_request *request,
                         const struct target *target)
{
    if (has_command(target))
        request_note(request,
                     "the credential_process of profile %s goes before this "
                     "key; take it out of %s",
                     target->found.name, target->all.paths.config);
}

static void note_device(struct fob_request *request,
                        const struct target *target, const char *profile)
{
    char line[FOB_ERROR_HINT_MAX + 1];

    if (!target->is_new &&
        (fob_profile_get(&target->found, "mfa_serial") != NULL ||
         fob_profile_get(&target->found, "role_arn") != NULL))
        return;
    if (fob_shell_line(line, sizeof(line), "fob enroll --profile %s",
                       profile) == FOB_OK)
        request_note(request, "profile %s names no MFA device; run: %s",
                     profile, line);
}

/* What stands in the files goes before the vault's, with SDKs and with fob. */
static enum fob_status check_files(struct fob_request *request,
                                   const struct target *target, const char *id)
{
    struct fob_profile_key pair;
    struct fob_error ignored;
    const char *name = target->found.name;

    if (fob_profile_get_key(&target->found, &pair, &ignored) != FOB_OK ||
        pair.token != NULL)
        return FOB_OK;
    if (strcmp(pair.id, id) == 0) {
        note_plaintext(request, pair.path, name);
        return FOB_OK;
    }
    fob_error_set(&request->error, FOB_E_EXISTS,
                  "profile %s has the key %s in %s, which SDKs would go on "
                  "using",
                  name, pair.id, pair.path);
    fob_error_hint(&request->error, "fob keys import %s", name);
    return FOB_E_EXISTS;
}

static enum fob_status check_target(struct fob_request *request,
                                    const struct target *target, const char *id)
{
    enum fob_status status = FOB_OK;

    if (target->is_new)
        return FOB_OK;
    status = check_source(target, &request->error);
    return status == FOB_OK ? check_files(request, target, id) : status;
}

/* Before the new one is among them. */
static enum fob_status find_same(struct fob_request *request,
                                 const struct key_place *place,
                                 struct key_addition *addition,
                                 struct fob_access_key *room)
{
    const struct fob_key_text *key = addition->key;
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status = vault_view_list(request, &body);

    if (status != FOB_OK)
        return status;
    while (fob_access_keys_next(body, &cursor, room)) {
        bool is_same = strcmp(room->secret, key->secret) == 0;

        if (strcmp(room->id, key->id) != 0)
            continue;
        if (is_same && strcmp(room->profile, place->profile) == 0 &&
            strcmp(room->config, place->config) == 0)
            addition->was_there = true;
        if (!addition->is_one_of_many)
            request_note(request, "the vault has this key for profile %s%s",
                         room->profile,
                         is_same ? " already"
                                 : ", with another secret: one of the two is "
                                   "mistyped");
    }
    return FOB_OK;
}

static enum fob_status keep_key(struct fob_request *request,
                                const struct target *target,
                                struct key_addition *addition)
{
    struct fob_secret room = {0};
    struct fob_access_key *stored = fob_access_key_alloc(&room);
    struct key_place place;
    enum fob_status status;

    if (stored == NULL)
        return fob_error_no_memory(&request->error);
    key_place_make(addition->profile, &target->all.paths, &place);
    status = find_same(request, &place, addition, stored);
    fob_wipe(stored, sizeof(*stored));
    stored->created_s = time(NULL);
    if (status == FOB_OK)
        status =
            fob_text_copy(stored->id, sizeof(stored->id), addition->key->id);
    if (status == FOB_OK)
        status = fob_text_copy(stored->secret, sizeof(stored->secret),
                               addition->key->secret);
    if (status == FOB_OK)
        status = key_store_put(request, &place, stored);
    fob_secret_free(&room);
    return status;
}

/* For SDKs and for a person's eye; the key itself needs no section. */
static enum fob_status make_profile(struct fob_request *request,
                                    const struct target *target,
                                    struct key_addition *addition)
{
    const struct fob_edit edit = section_of(addition->profile);
    const char *path = target->all.paths.config;
    enum fob_status status = fob_edit_file(path, &edit, &request->error);

    if (status == FOB_OK)
        status =
            fob_text_copy(addition->made_in, sizeof(addition->made_in), path);
    return status;
}

enum fob_status key_add(struct fob_request *request,
                        struct key_addition *addition)
{
    struct target target = {0};
    enum fob_status status = load_target(request, addition->profile, &target);

    addition->made_in[0] = '\0';
    addition->was_there = false;
    addition->has_command = status == FOB_OK && has_command(&target);
    if (status == FOB_OK)
        status = check_target(request, &target, addition->key->id);
    if (status == FOB_OK)
        status = keep_key(request, &target, addition);
    if (status == FOB_OK && target.is_new)
        status = make_profile(request, &target, addition);
    if (status == FOB_OK && !addition->is_one_of_many) {
        note_command(request, &target);
        note_device(request, &target, addition->profile);
    }
    fob_profiles_free(&target.all);
    return status;
}
