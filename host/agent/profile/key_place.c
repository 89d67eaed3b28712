/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/key_place.h"

#include "host/base/text.h"
#include "src/sha256.h"
#include "src/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Of a file that is not there, its folder's real path. */
static bool resolve_folder(const char *path, char real[static PATH_MAX])
{
    char folder[FOB_PATH_MAX];
    const char *base = strrchr(path, '/');

    if (base == NULL || base == path ||
        fob_text_format(folder, sizeof(folder), "%.*s", (int)(base - path),
                        path) != FOB_OK ||
        realpath(folder, real) == NULL)
        return false;
    return fob_text_copy(real + strlen(real), PATH_MAX - strlen(real), base) ==
           FOB_OK;
}

/* A path that the vault cannot keep as a text is known by its digest. */
static void put_path(const char *path, char out[static FOB_PATH_MAX])
{
    struct fob_digest digest;
    uint8_t hash[FOB_SHA256_LEN];
    char hex[2 * sizeof(hash) + 1];

    if (fob_utf8_is_text(path, strlen(path)) &&
        fob_text_copy(out, FOB_PATH_MAX, path) == FOB_OK)
        return;
    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, path, strlen(path));
    fob_digest_final(&digest, hash);
    fob_text_hex(hash, sizeof(hash), hex);
    (void)!fob_text_format(out, FOB_PATH_MAX, "sha256:%s", hex);
}

static void resolve(const char *path, char out[static FOB_PATH_MAX])
{
    char real[PATH_MAX];

    put_path(realpath(path, real) != NULL || resolve_folder(path, real) ? real
                                                                        : path,
             out);
}

static bool is_own(const char *path, const char *name)
{
    const char *home = getenv("HOME");
    char own[FOB_PATH_MAX], real[FOB_PATH_MAX];

    if (home == NULL || home[0] == '\0' ||
        fob_text_format(own, sizeof(own), "%s/.aws/%s", home, name) != FOB_OK)
        return false;
    resolve(own, real);
    return strcmp(path, real) == 0;
}

void key_place_make(const char *name, const struct fob_profile_paths *paths,
                    struct key_place *place)
{
    (void)!fob_text_copy(place->profile, sizeof(place->profile), name);
    resolve(paths->config, place->config);
    resolve(paths->credentials, place->credentials);
}

bool key_place_is_default(const struct key_place *place)
{
    return is_own(place->config, "config") &&
           is_own(place->credentials, "credentials");
}

struct fob_access_key_place key_place_exact(const struct key_place *place)
{
    return (struct fob_access_key_place){.profile = place->profile,
                                         .config = place->config,
                                         .credentials = place->credentials};
}

struct fob_access_key_place key_place_unfiled(const struct key_place *place)
{
    return (struct fob_access_key_place){
        .profile = place->profile, .config = "", .credentials = ""};
}

/* The id of the long-term key in the files, or NULL. */
static const char *find_named(const struct profile *profile,
                              struct fob_profile_key *pair)
{
    struct fob_error ignored;

    return fob_profile_get_key(&profile->found, pair, &ignored) == FOB_OK &&
                   pair->token == NULL
               ? pair->id
               : NULL;
}

/* Keys of that name that are another's, or may be. */
static enum fob_status tell_others(const struct fob_vault_body *body,
                                   const struct key_place *place,
                                   struct fob_access_key *key,
                                   struct fob_error *error)
{
    const struct fob_access_key_place unfiled = key_place_unfiled(place);
    struct fob_error ignored;

    fob_error_set(error, FOB_E_NOT_FOUND,
                  "profile %s has no access key, in the vault or in %s",
                  place->profile, place->credentials);
    if (fob_access_keys_get(body, &unfiled, key, &ignored) == FOB_OK) {
        fob_error_set(error, FOB_E_NOT_FOUND,
                      "profile %s of %s has no access key; the vault's %s is "
                      "an older fob's, which did not note whose files it is "
                      "for",
                      place->profile, place->config, key->id);
        fob_error_hint(error, "fob keys import %s", place->profile);
    }
    return FOB_E_NOT_FOUND;
}

enum fob_status key_place_find_key(const struct fob_vault_body *body,
                                   const struct profile *profile,
                                   struct fob_access_key *key,
                                   struct fob_error *error)
{
    struct fob_profile_key pair;
    const char *named = find_named(profile, &pair);
    struct key_place place;
    struct fob_access_key_place exact, unfiled;
    enum fob_status status;

    key_place_make(profile->name, &profile->all.paths, &place);
    exact = key_place_exact(&place);
    unfiled = key_place_unfiled(&place);
    status = fob_access_keys_get(body, &exact, key, error);
    if (named != NULL && (status != FOB_OK || strcmp(key->id, named) != 0))
        return fob_access_keys_get_id(body, named, key) == FOB_OK
                   ? FOB_OK
                   : tell_others(body, &place, key, error);
    if (status == FOB_E_NOT_FOUND && key_place_is_default(&place))
        status = fob_access_keys_get(body, &unfiled, key, error);
    return status == FOB_E_NOT_FOUND ? tell_others(body, &place, key, error)
                                     : status;
}
