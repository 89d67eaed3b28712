/* SPDX-License-Identifier: MIT */
/* The long-term key of a profile. */
#include "host/agent/accounts/vault_view.h"
#include "host/agent/profile/config_command.h"
#include "host/agent/profile/key_place.h"
#include "host/agent/profile/profile.h"
#include "host/agent/state/cache.h"
#include "host/base/path.h"
#include "host/base/text.h"
#include "host/vault/access_keys.h"

#include <string.h>
#include <unistd.h>

enum { HINT_NAME_MAX = 2 * FOB_PATH_MAX + FOB_NAME_MAX + 96 };

static enum fob_status copy_key(struct profile_key *key, const char *id,
                                const char *secret, struct fob_error *error)
{
    enum fob_status status = fob_text_copy(key->id, sizeof(key->id), id);

    if (status == FOB_OK)
        status = fob_secret_copy(&key->secret, secret, strlen(secret));
    if (status != FOB_OK)
        fob_error_set(error, status, "the access key cannot be held");
    return status;
}

/* A long-term key that a command prints. */
static enum fob_status key_from_command(struct fob_request *request,
                                        const struct profile *profile,
                                        struct profile_key *key)
{
    struct session printed = {0};
    struct fob_error *error = &request->error;
    enum fob_status status = config_command_key(request, profile, &printed);

    if (status == FOB_OK && session_is_temporary(&printed))
        status = fob_error_set(error, FOB_E_UNSUPPORTED,
                               "the credential_process of profile %s prints a "
                               "temporary key; sessions need a long-term key",
                               profile->name);
    if (status == FOB_OK)
        status =
            copy_key(key, printed.credentials.access_key_id,
                     (const char *)printed.credentials.secret_key.data, error);
    session_free(&printed);
    return status;
}

static enum fob_status refuse_temporary(const struct profile *profile,
                                        const struct fob_profile_key *pair,
                                        struct fob_error *error)
{
    if (pair->token == NULL)
        return FOB_OK;
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "the key of profile %s in %s is a temporary one, which SDKs "
                  "use without fob; sessions need a long-term key",
                  profile->name, pair->path);
    fob_error_hint(error, "if you have one: fob keys add %s", profile->name);
    return FOB_E_UNSUPPORTED;
}

enum fob_status profile_key_check_files(const struct profile *profile,
                                        struct fob_error *error)
{
    struct fob_profile_key pair;
    struct fob_error ignored;

    if (fob_profile_get_key(&profile->found, &pair, &ignored) != FOB_OK)
        return FOB_OK;
    return refuse_temporary(profile, &pair, error);
}

static enum fob_status key_from_files(const struct profile *profile,
                                      struct profile_key *key,
                                      struct fob_error *error)
{
    const struct fob_error missing = *error; /* of the vault */
    struct fob_profile_key pair;
    enum fob_status status = fob_profile_get_key(&profile->found, &pair, error);

    if (status == FOB_E_NOT_FOUND) {
        *error = missing;
        if (error->hint[0] == '\0')
            fob_error_hint(error, "fob keys add %s", profile->name);
    }
    if (status == FOB_OK)
        status = refuse_temporary(profile, &pair, error);
    if (status == FOB_OK)
        status = copy_key(key, pair.id, pair.secret, error);
    return status;
}

/* Unless there is a generation of before to go back to. */
static void hint_no_vault(const struct profile *profile,
                          struct fob_error *error)
{
    char backup[FOB_PATH_MAX];
    struct fob_error ignored;

    if (fob_path_get(FOB_PATH_VAULT_BACKUP, backup, &ignored) == FOB_OK &&
        access(backup, F_OK) != 0)
        fob_error_hint(error,
                       "from a backup, fob restore FILE; with a key of the "
                       "profile, run: fob keys add %s",
                       profile->name);
}

static enum fob_status key_from_vault(struct fob_request *request,
                                      const struct profile *profile,
                                      struct profile_key *key)
{
    struct fob_secret room = {0};
    struct fob_access_key *stored = fob_access_key_alloc(&room);
    const struct fob_vault_body *body;
    enum fob_status status;

    if (stored == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = vault_view_get(request, &body);
    if (status == FOB_E_NOT_FOUND)
        hint_no_vault(profile, &request->error);
    if (status == FOB_OK)
        status = key_place_find_key(body, profile, stored, &request->error);
    if (status == FOB_OK)
        status = copy_key(key, stored->id, stored->secret, &request->error);
    fob_secret_free(&room);
    return status;
}

enum fob_status profile_key_find(struct fob_request *request,
                                 const struct profile *profile,
                                 struct profile_key *key)
{
    enum fob_status status;

    *key = (struct profile_key){0};
    status = key_from_vault(request, profile, key);
    if (status == FOB_E_NOT_FOUND)
        status = key_from_command(request, profile, key);
    if (status == FOB_E_NOT_FOUND)
        status = key_from_files(profile, key, &request->error);
    return status;
}

void profile_key_free(struct profile_key *key)
{
    fob_secret_free(&key->secret);
    *key = (struct profile_key){0};
}

/* Two sets of files may each have a profile of that name; and what a command
 * prints depends on all that it was handed. */
static enum fob_status hint_name(const struct profile *profile,
                                 char name[static HINT_NAME_MAX + 1])
{
    char run[CONFIG_COMMAND_NAME_LEN + 1];

    config_command_name(profile, run);
    return fob_text_format(name, HINT_NAME_MAX + 1, "key\n%s\n%s\n%s\n%s",
                           profile->all.paths.config,
                           profile->all.paths.credentials, profile->name, run);
}

/* A key in the files that is not the remembered one is newer than it. */
static bool files_agree(const struct profile *profile, const char *id)
{
    struct fob_profile_key pair;
    struct fob_error ignored;

    return fob_profile_get_key(&profile->found, &pair, &ignored) != FOB_OK ||
           strcmp(pair.id, id) == 0;
}

static bool is_remembered(struct fob_agent *agent, const char *name,
                          char id[static FOB_KEY_ID_MAX + 1])
{
    struct fob_secret content = {0};
    bool known = cache_get(agent, name, &content) == FOB_OK &&
                 fob_text_copy(id, FOB_KEY_ID_MAX + 1,
                               (const char *)content.data) == FOB_OK;

    fob_secret_free(&content);
    return known;
}

bool profile_key_hint(struct fob_request *request,
                      const struct profile *profile, struct profile_key *key)
{
    char name[HINT_NAME_MAX + 1];

    *key = (struct profile_key){0};
    return !agent_is_open(request->agent) &&
           hint_name(profile, name) == FOB_OK &&
           is_remembered(request->agent, name, key->id) &&
           files_agree(profile, key->id);
}

void profile_key_remember(struct fob_request *request,
                          const struct profile *profile,
                          const struct profile_key *key)
{
    char name[HINT_NAME_MAX + 1], known[FOB_KEY_ID_MAX + 1];
    struct fob_secret id = {0};

    if (hint_name(profile, name) != FOB_OK ||
        (is_remembered(request->agent, name, known) &&
         strcmp(known, key->id) == 0))
        return;
    /* Not to remember costs a passphrase while locked, no more. */
    if (fob_secret_copy(&id, key->id, strlen(key->id)) == FOB_OK)
        cache_keep(request, name, &id);
    fob_secret_free(&id);
}
