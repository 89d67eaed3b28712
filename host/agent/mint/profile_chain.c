/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/profile_chain.h"

#include "host/agent/profile/profile_alias.h"
#include "host/agent/profile/profile_place.h"
#include "host/base/text.h"
#include "host/config/foreign.h"

#include <string.h>

enum { SOURCES_MAX = SESSION_PLAN_LINKS_MAX - 1 };

static const char *get_setting(const struct profile *profile, const char *key)
{
    const char *value = fob_profile_get(&profile->found, key);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

static struct profile_link *last_link(struct profile_chain *chain)
{
    return &chain->links[chain->count - 1];
}

/* What fob cannot do for a profile is said before anything is asked. */
enum fob_status profile_chain_check_kind(const struct profile_chain *chain,
                                         const struct profile *profile)
{
    return fob_foreign_check(&profile->found, &chain->request->error);
}

/* Whether the profile has a long-term key. */
static enum fob_status check_own_key(const struct profile_chain *chain,
                                     const struct profile *profile)
{
    struct fob_error *error = &chain->request->error;
    struct profile_key key;
    enum fob_status status = FOB_OK;

    if (!profile_key_hint(chain->request, profile, &key))
        status = profile_key_find(chain->request, profile, &key);
    profile_key_free(&key);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_set(error, FOB_E_SYNTAX,
                  "profile %s has a role_arn, but no source_profile and no key "
                  "of its own",
                  profile->name);
    fob_error_hint(error, "set source_profile in %s",
                   profile->all.paths.config);
    return FOB_E_SYNTAX;
}

/* The profile that a role is assumed from.  One that names itself, or names
 * none and has a key, is meant without its role. */
static enum fob_status find_source(struct profile_chain *chain,
                                   const struct profile_link *link,
                                   struct profile_link *source)
{
    struct profile *profile = &source->profile;
    struct fob_error *error = &chain->request->error;
    enum fob_status status;

    *source = (struct profile_link){.profile = link->profile};
    if (get_setting(&link->profile, "source_profile") == NULL)
        return check_own_key(chain, &link->profile);
    status =
        fob_profile_get_source(&link->profile.found, &profile->found, error);
    if (status == FOB_OK)
        status = fob_text_copy(profile->name, sizeof(profile->name),
                               profile->found.name);
    if (status == FOB_OK)
        status = profile_alias_follow(profile, error);
    if (status == FOB_OK)
        profile_place_inherit(profile, &chain->links[0].profile);
    source->has_role = get_setting(profile, "role_arn") != NULL &&
                       strcmp(link->profile.name, profile->name) != 0;
    return status;
}

static enum fob_status say_circle(const struct profile_chain *chain,
                                  const struct profile_link *link)
{
    return fob_error_set(&chain->request->error, FOB_E_SYNTAX,
                         "the source profiles of %s lead in a circle, or are "
                         "more than %d",
                         link->profile.name, SOURCES_MAX);
}

static void learn_serial(struct profile_chain *chain)
{
    if (chain->serial == NULL)
        chain->serial = get_setting(&last_link(chain)->profile, "mfa_serial");
}

static enum fob_status add_source(struct profile_chain *chain)
{
    const struct profile_link *link = last_link(chain);
    enum fob_status status = profile_chain_check_kind(chain, &link->profile);

    if (status != FOB_OK)
        return status;
    if (chain->count == SESSION_PLAN_LINKS_MAX)
        return say_circle(chain, link);
    status = find_source(chain, link, &chain->links[chain->count]);
    if (status == FOB_OK) {
        chain->count++;
        learn_serial(chain);
    }
    return status;
}

/* A profile with nothing but a source: that one, as aws-vault has it, with a
 * region or a device of its own.  SDKs find no credentials in it. */
static bool may_be_hop(const struct profile *profile)
{
    const char *source = get_setting(profile, "source_profile");
    struct fob_profile_key pair;
    struct fob_error ignored;

    return source != NULL && strcmp(source, profile->name) != 0 &&
           get_setting(profile, "role_arn") == NULL &&
           get_setting(profile, "credential_process") == NULL &&
           fob_profile_get_key(&profile->found, &pair, &ignored) ==
               FOB_E_NOT_FOUND;
}

/* A key in the vault is its own, too; that there is none is remembered, so that
 * nobody is asked to open the vault for it. */
static enum fob_status ask_hop(struct profile_chain *chain,
                               const struct profile *profile, bool *is_hop)
{
    static const char none[] = "-";
    struct profile_key key;
    enum fob_status status;

    *is_hop = false;
    if (!may_be_hop(profile))
        return FOB_OK;
    if (profile_key_hint(chain->request, profile, &key)) {
        *is_hop = strcmp(key.id, none) == 0;
        return FOB_OK;
    }
    status = profile_key_find(chain->request, profile, &key);
    profile_key_free(&key);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(&chain->request->error);
    *is_hop = true;
    memcpy(key.id, none, sizeof(none));
    profile_key_remember(chain->request, profile, &key);
    return FOB_OK;
}

/* Put the source in the place of the last link, which keeps its own say of
 * where calls go. */
static enum fob_status follow_hop(struct profile_chain *chain)
{
    struct profile_link source;
    enum fob_status status = find_source(chain, last_link(chain), &source);

    if (status == FOB_OK) {
        profile_place_take(&source.profile, &last_link(chain)->profile);
        *last_link(chain) = source;
        learn_serial(chain);
    }
    return status;
}

enum fob_status profile_chain_find(struct fob_request *request,
                                   const struct profile *profile,
                                   struct profile_chain *chain)
{
    enum fob_status status = FOB_OK;
    int hops = 0;
    bool is_hop;

    *chain = (struct profile_chain){
        .request = request,
        .links = {{.profile = *profile,
                   .has_role = get_setting(profile, "role_arn") != NULL}},
        .count = 1,
        .serial = get_setting(profile, "mfa_serial")};
    while (status == FOB_OK) {
        if (last_link(chain)->has_role) {
            status = add_source(chain);
            continue;
        }
        status = ask_hop(chain, &last_link(chain)->profile, &is_hop);
        if (status != FOB_OK || !is_hop)
            break;
        status = hops++ == SOURCES_MAX ? say_circle(chain, last_link(chain))
                                       : follow_hop(chain);
    }
    return status;
}

const struct profile *profile_chain_base(const struct profile_chain *chain)
{
    return &chain->links[chain->count - 1].profile;
}
