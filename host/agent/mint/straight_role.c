/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/straight_role.h"

#include "host/base/text.h"

#include <string.h>
#include <time.h>

/* Content: how, as a character, and the Unix time in decimal. */
enum { HELPS = '+', IS_NO_HELP = '-', CONTENT_MAX = 24 };

static enum fob_status make_name(const struct session_key *key,
                                 char name[static CACHE_NAME_MAX + 1])
{
    struct session_key any = *key;
    char session[CACHE_NAME_MAX + 1];
    enum fob_status status;

    any.access_key_id = "";
    status = session_cache_make_name(&any, session);
    if (status == FOB_OK)
        status =
            fob_text_format(name, CACHE_NAME_MAX + 1, "straight\n%s", session);
    return status;
}

static enum straight_role read_content(const struct fob_secret *content)
{
    char text[CONTENT_MAX + 1];
    int64_t now_s = time(NULL);
    uint64_t at_s;

    if (content->len == 0 || content->len > CONTENT_MAX)
        return STRAIGHT_ROLE_UNKNOWN;
    memcpy(text, content->data, content->len);
    text[content->len] = '\0';
    if (fob_text_number(text + 1, INT64_MAX, &at_s) != FOB_OK ||
        (int64_t)at_s > now_s || (int64_t)at_s < now_s - STRAIGHT_ROLE_KEPT_S)
        return STRAIGHT_ROLE_UNKNOWN;
    return text[0] == HELPS ? STRAIGHT_ROLE_HELPS : STRAIGHT_ROLE_IS_NO_HELP;
}

enum straight_role straight_role_find(struct fob_request *request,
                                      const struct session_key *key)
{
    char name[CACHE_NAME_MAX + 1];
    struct fob_secret content = {0};
    enum straight_role how = STRAIGHT_ROLE_UNKNOWN;

    if (make_name(key, name) == FOB_OK &&
        cache_get(request->agent, name, &content) == FOB_OK)
        how = read_content(&content);
    fob_secret_free(&content);
    return how;
}

void straight_role_keep(struct fob_request *request,
                        const struct session_key *key, enum straight_role how)
{
    char name[CACHE_NAME_MAX + 1], text[CONTENT_MAX + 1];
    struct fob_secret content = {0};

    if (make_name(key, name) == FOB_OK &&
        fob_text_format(text, sizeof(text), "%c%lld",
                        how == STRAIGHT_ROLE_HELPS ? HELPS : IS_NO_HELP,
                        (long long)time(NULL)) == FOB_OK &&
        fob_secret_copy(&content, text, strlen(text)) == FOB_OK)
        cache_keep(request, name, &content);
    fob_secret_free(&content);
}

bool straight_role_may_help(enum straight_role known, enum fob_refusal refusal,
                            int64_t age_s)
{
    return known != STRAIGHT_ROLE_IS_NO_HELP && age_s >= STRAIGHT_ROLE_OLD_S &&
           (refusal == FOB_REFUSAL_DENIED || refusal == FOB_REFUSAL_MFA);
}
