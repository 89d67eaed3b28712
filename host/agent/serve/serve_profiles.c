/* SPDX-License-Identifier: MIT */
/* All profiles, or one, as files, vault and cache have them: AWS is not
 * asked, and no code is used. */
#include "host/agent/accounts/account_match.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_hold.h"
#include "host/agent/profile/profile.h"
#include "host/agent/profile/profile_alias.h"
#include "host/agent/serve/account_named.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/state/session_cache.h"
#include "host/aws/arn.h"
#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ENDS_MAX = 4096 };

/* When the last session of a profile ends. */
struct session_end {
    char profile[FOB_NAME_MAX + 1];
    int64_t ends_s;
};

struct survey {
    struct fob_request *request;
    struct profile profile; /* `found` is the one at hand */
    bool is_open;           /* the vault is */
    struct fob_vault_account *account;
    char serial[FOB_ACCOUNT_ARN_MAX + 1]; /* whose account that is */
    bool has_account;
    struct session_end *ends;
    size_t count;
};

static void note_end(void *context, const struct session *session)
{
    struct survey *survey = context;
    int64_t now_s = time(NULL) + device_clock_offset_s(session->serial);
    struct session_end *ends;

    if (!session_has_end(session) || session_left_s(session, now_s) <= 0 ||
        survey->count == ENDS_MAX)
        return;
    ends = realloc(survey->ends, (survey->count + 1) * sizeof(*ends));
    if (ends == NULL)
        return;
    survey->ends = ends;
    ends[survey->count] =
        (struct session_end){.ends_s = session->credentials.expires_s};
    if (fob_text_copy(ends[survey->count].profile, sizeof(ends->profile),
                      session->profile) == FOB_OK)
        survey->count++;
}

static int64_t find_end(const struct survey *survey, const char *profile)
{
    int64_t ends_s = 0;

    for (size_t i = 0; i < survey->count; i++)
        if (survey->ends[i].ends_s > ends_s &&
            strcmp(survey->ends[i].profile, profile) == 0)
            ends_s = survey->ends[i].ends_s;
    return ends_s;
}

/* Profiles that follow each other often have the same device. */
static void find_account(struct survey *survey, const char *serial)
{
    if (strcmp(survey->serial, serial) == 0)
        return;
    survey->has_account =
        account_match_find(survey->request, serial, survey->account) == FOB_OK;
    fob_error_clear(&survey->request->error);
    if (fob_text_copy(survey->serial, sizeof(survey->serial), serial) != FOB_OK)
        survey->serial[0] = '\0';
}

static void put_seed(struct survey *survey, const char *serial,
                     struct fob_message *record)
{
    const struct fob_vault_account *account = survey->account;

    fob_message_put_text(record, FOB_TAG_SERIAL, serial);
    if (!survey->is_open)
        return;
    find_account(survey, serial);
    if (!survey->has_account) {
        fob_message_put_text(record, FOB_TAG_PLACE, "elsewhere");
        return;
    }
    fob_message_put_text(record, FOB_TAG_NAME, account->name);
    fob_message_put_text(record, FOB_TAG_PLACE,
                         account->token[0] != '\0' ? account->token : "vault");
}

/* Who it is: known of a role, and of a user whose device has been used. */
static void put_identity(struct survey *survey, const char *serial,
                         struct fob_message *record)
{
    const char *role = fob_profile_get(&survey->profile.found, "role_arn");
    const char *id = fob_profile_get(&survey->profile.found, "sso_account_id");
    bool has_user =
        role == NULL && survey->has_account && survey->account->user[0] != '\0';
    char identity[FOB_NAME_MAX + 1];
    struct fob_arn arn;

    if (fob_arn_parse(role != NULL     ? role
                      : serial != NULL ? serial
                                       : "",
                      &arn) == FOB_OK)
        id = arn.account;
    if (id != NULL && id[0] != '\0')
        fob_message_put_text(record, FOB_TAG_ACCOUNT_ID, id);
    if (role != NULL)
        fob_message_put_text(record, FOB_TAG_ROLE, role);
    else if (has_user)
        fob_message_put_text(record, FOB_TAG_USER, survey->account->user);
    if (role != NULL ? arn.name != NULL : has_user)
        if (fob_text_format(identity, sizeof(identity), "%s/%s",
                            role != NULL ? "role" : "user",
                            role != NULL ? arn.name : survey->account->user) ==
            FOB_OK)
            fob_message_put_text(record, FOB_TAG_IDENTITY, identity);
}

/* What SDKs get of a profile that asks fob for another one is that one's. */
static void follow_alias(struct survey *survey, const char *name)
{
    struct profile *profile = &survey->profile;
    const struct fob_profile own = profile->found;
    struct fob_error ignored;

    if (fob_text_copy(profile->name, sizeof(profile->name), name) != FOB_OK ||
        profile_alias_follow(profile, &ignored) != FOB_OK)
        profile->found = own;
}

/* The region is the profile's own: a variable is the same for all. */
static void put_profile(struct survey *survey, const char *name)
{
    const struct fob_profile *found = &survey->profile.found;
    const char *region = fob_profile_get(found, "region"), *serial;
    struct fob_message record = {0};
    int64_t ends_s;

    follow_alias(survey, name);
    serial = account_named_serial(found);
    ends_s = find_end(survey, found->name);
    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_PROFILE, name);
    if (region != NULL && region[0] != '\0')
        fob_message_put_text(&record, FOB_TAG_REGION, region);
    if (serial != NULL)
        put_seed(survey, serial, &record);
    else
        survey->has_account = false;
    if (serial == NULL)
        survey->serial[0] = '\0';
    put_identity(survey, serial, &record);
    if (ends_s > 0)
        fob_message_put_number(&record, FOB_TAG_EXPIRATION, (uint64_t)ends_s);
    fob_message_put_record(&survey->request->reply, &record);
    fob_message_free(&record);
}

/* One that leads nowhere is listed by its name: doctor says why. */
static void put_profiles(struct survey *survey)
{
    const struct fob_profiles *all = &survey->profile.all;
    struct fob_error ignored;

    for (size_t i = 0; i < all->count; i++) {
        survey->profile.found =
            (struct fob_profile){.all = all, .name = all->names[i]};
        (void)!fob_profile_find(all, all->names[i], &survey->profile.found,
                                &ignored);
        survey->profile.found.name = all->names[i];
        put_profile(survey, all->names[i]);
    }
}

/* Without a vault there are no seeds; where nobody can open it, that is told
 * and the rest is. */
static enum fob_status open_vault(struct survey *survey)
{
    struct fob_request *request = survey->request;
    bool is_peek = field_read_flag(request, FOB_TAG_PEEK);
    enum fob_status status = FOB_OK;

    survey->is_open = agent_is_open(request->agent);
    if (!survey->is_open && !is_peek) {
        status = vault_hold_open(request, false);
        survey->is_open = status == FOB_OK || status == FOB_E_NOT_FOUND;
    }
    if (status == FOB_E_NOT_FOUND || status == FOB_E_NOBODY ||
        status == FOB_E_LOCKED) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    fob_message_put_number(&request->reply, FOB_TAG_LOCKED, !survey->is_open);
    return status;
}

static void find_sessions(struct survey *survey)
{
    struct fob_request *request = survey->request;
    struct fob_secret key = {0};

    if (agent_cache_key(request->agent, &key) == FOB_OK)
        (void)!session_cache_each(request->agent, note_end, survey,
                                  &request->error);
    fob_error_clear(&request->error);
    fob_secret_free(&key);
}

static enum fob_status load_files(struct survey *survey)
{
    struct fob_request *request = survey->request;
    struct fob_profile_paths paths;
    enum fob_status status = fob_profile_find_paths(
        request->environment.variables, &paths, &request->error);

    if (status != FOB_OK)
        return status;
    return fob_profiles_load_kept(&survey->profile.all, &paths,
                                  &request->agent->configs, &request->error);
}

enum fob_status serve_profiles(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct survey survey = {.request = request,
                            .account = account_store_room(request, &room)};
    char only[FOB_NAME_MAX + 1];
    enum fob_status status;

    if (survey.account == NULL)
        return request->error.status;
    status = field_read_optional(request, FOB_TAG_PROFILE, "profile", only,
                                 sizeof(only));
    if (status == FOB_OK)
        status = load_files(&survey);
    if (status == FOB_OK && only[0] != '\0')
        status = fob_profile_find(&survey.profile.all, only,
                                  &survey.profile.found, &request->error);
    if (status == FOB_OK)
        status = open_vault(&survey);
    if (status == FOB_OK) {
        find_sessions(&survey);
        if (only[0] != '\0')
            put_profile(&survey, survey.profile.found.name);
        else
            put_profiles(&survey);
    }
    profile_free(&survey.profile);
    free(survey.ends);
    fob_secret_free(&room);
    return status;
}
