/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/session_forget.h"

#include "host/agent/mint/profile_chain.h"
#include "host/agent/mint/role.h"
#include "host/agent/state/cache.h"
#include "host/agent/state/session_cache.h"
#include "host/agent/state/session_file.h"
#include "host/base/text.h"

#include <string.h>

/* What the names of the profile's records have in common. */
struct target {
    const char *profile;
    char key_id[FOB_KEY_ID_MAX + 1]; /* of a profile without a role; or "" */
    char serial[FOB_ACCOUNT_ARN_MAX + 1];
    char role[FOB_ARN_MAX + 1]; /* its id, or "" */
    size_t count;
};

/* The lines of a session's name: docs/protocol.md, "Sealed records". */
enum { LINE_KEY, LINE_SERIAL, LINE_ROLE };

static bool has_line(const char *lines, size_t number, const char *wanted)
{
    size_t len = strlen(wanted);

    while (number-- > 0) {
        lines = strchr(lines, '\n');
        if (lines == NULL)
            return false;
        lines++;
    }
    return strncmp(lines, wanted, len) == 0 && lines[len] == '\n';
}

/* What is remembered of a session's refusal has the session's name in its
 * own.  A role's session is signed for by its source's, whatever that is. */
static bool may_be_given(const char *name, const struct target *target)
{
    static const char head[] = "session\n";
    const char *lines = strstr(name, head);

    if (lines == NULL || (target->key_id[0] == '\0' && target->role[0] == '\0'))
        return false;
    lines += strlen(head);
    return has_line(lines, LINE_SERIAL, target->serial) &&
           has_line(lines, LINE_ROLE, target->role) &&
           (target->role[0] != '\0' ||
            has_line(lines, LINE_KEY, target->key_id));
}

static bool is_made_for(const struct fob_secret *content,
                        const struct target *target)
{
    struct session session = {0};
    bool is_made = session_file_decode(content, &session) == FOB_OK &&
                   strcmp(session.profile, target->profile) == 0;

    session_free(&session);
    return is_made;
}

static void drop_record(void *context, const char *name,
                        const struct fob_secret *content)
{
    struct target *target = context;
    bool is_session = session_cache_is_name(name);

    if (!may_be_given(name, target) &&
        !(is_session && is_made_for(content, target)))
        return;
    cache_drop(name);
    target->count += is_session ? 1 : 0;
}

static void find_role(const struct profile *profile, struct target *target)
{
    struct role role = {0};
    struct fob_error ignored;

    if (role_load(profile, target->serial, &role, &ignored) == FOB_OK)
        (void)!fob_text_copy(target->role, sizeof(target->role), role.id);
    role_free(&role);
}

static void find_key(struct fob_request *request, const struct profile *profile,
                     struct target *target)
{
    struct profile_key key;

    if (profile_key_hint(request, profile, &key) ||
        profile_key_find(request, profile, &key) == FOB_OK)
        (void)!fob_text_copy(target->key_id, sizeof(target->key_id), key.id);
    profile_key_free(&key);
}

/* A profile that is no more, or is not one for sessions, is told by its name
 * alone. */
static void describe_target(struct fob_request *request,
                            const struct profile *profile,
                            struct target *target)
{
    struct profile_chain chain;

    if (profile->found.all != NULL &&
        profile_chain_find(request, profile, &chain) == FOB_OK) {
        (void)!fob_text_copy(target->serial, sizeof(target->serial),
                             chain.serial == NULL ? "" : chain.serial);
        if (chain.links[0].has_role)
            find_role(profile, target);
        else
            find_key(request, profile, target);
    }
    fob_error_clear(&request->error);
}

enum fob_status session_forget(struct fob_request *request,
                               const struct profile *profile, size_t *count)
{
    struct target target = {.profile = profile->name};
    enum fob_status status;

    describe_target(request, profile, &target);
    status = cache_each(request->agent, drop_record, &target, &request->error);
    *count = target.count;
    return status;
}
