/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_entry.h"

#include "host/base/text.h"

#include <string.h>

static const char not_added[] = "nothing was added";

/* --- one command ---------------------------------------------------------*/

/* To another name, or, with "", to none. */
static enum fob_status change_name(struct token_session *session,
                                   const char *name, const char *wanted)
{
    token_expect_touch(session);
    return wanted[0] == '\0' ? fob_token_delete(&session->token, name)
                             : fob_token_rename(&session->token, name, wanted);
}

/* What is under a Nitrokey's PIN is not found without it. */
static enum fob_status change_found(struct token_session *session,
                                    const char *name, const char *wanted,
                                    const char *what)
{
    enum fob_status status = change_name(session, name, wanted);

    if (status == FOB_E_NOT_FOUND && session->token.has_pin) {
        status = token_unlock_pin(session);
        if (status != FOB_OK)
            return status;
        status = change_name(session, name, wanted);
    }
    return fob_token_word(&session->token, status, what,
                          &session->request->error);
}

enum fob_status token_entry_delete(struct token_session *session,
                                   const char *name, const char *what)
{
    return change_found(session, name, "", what);
}

static enum fob_status put_entry(struct token_session *session,
                                 const struct token_entry *entry)
{
    token_expect_touch(session);
    return fob_token_put(&session->token, entry->name, entry->otp,
                         entry->properties);
}

static enum fob_status word_put(struct token_session *session,
                                enum fob_status status, const char *what)
{
    return fob_token_word(&session->token, status, what,
                          &session->request->error);
}

/* --- on cards that do not overwrite --------------------------------------*/

/* Of those that cannot rename either. */
static enum fob_status put_after_delete(struct token_session *session,
                                        const struct token_entry *entry)
{
    enum fob_status status =
        token_entry_delete(session, entry->name, not_added);

    if (status != FOB_OK)
        return status;
    return word_put(session, put_entry(session, entry),
                    "the seed that was there is gone, and nothing was added");
}

/* The new one is not there; the old one is, by another name.  A session whose
 * PIN nobody gave is closed then, and knows no serial any more. */
static enum fob_status put_back(struct token_session *session,
                                const struct token_entry *entry,
                                const char *aside, enum fob_status fault)
{
    char what[FOB_TOKEN_NAME_MAX + 80];
    struct fob_token token = {0};
    enum fob_status status;

    memcpy(token.serial, session->token.serial, sizeof(token.serial));
    status = change_found(session, aside, entry->name, not_added);
    if (status == FOB_OK)
        return word_put(session, fault, not_added);
    if (fob_text_format(
            what, sizeof(what),
            "nothing was added, and the seed that was there is called %s now",
            aside) != FOB_OK)
        return status;
    return fob_token_word(&token, fault, what, &session->request->error);
}

/* The same of the session. */
static void drop_aside(struct token_session *session, const char *aside)
{
    struct fob_request *request = session->request;
    char serial[FOB_TOKEN_SERIAL_MAX + 1];

    memcpy(serial, session->token.serial, sizeof(serial));
    if (token_entry_delete(session, aside, "it stays there") == FOB_OK)
        return;
    request_note(request, "the seed that was there stays on token %s as %s",
                 serial, aside);
    fob_error_clear(&request->error);
}

/* A PUT may fail: only when it has not, what was there is deleted. */
static enum fob_status put_in_place(struct token_session *session,
                                    const struct token_entry *entry)
{
    char aside[FOB_TOKEN_NAME_MAX + 1];
    enum fob_status status;

    fob_token_name_aside(entry->name, aside);
    status = change_found(session, entry->name, aside, not_added);
    if (status == FOB_E_UNSUPPORTED) {
        fob_error_clear(&session->request->error);
        return put_after_delete(session, entry);
    }
    if (status != FOB_OK)
        return status;
    status = put_entry(session, entry);
    if (status != FOB_OK)
        return put_back(session, entry, aside, status);
    drop_aside(session, aside);
    return FOB_OK;
}

enum fob_status token_entry_put(struct token_session *session,
                                const struct token_entry *entry,
                                bool overwrites)
{
    enum fob_status status = put_entry(session, entry);

    if (status == FOB_E_EXISTS && overwrites)
        return put_in_place(session, entry);
    return word_put(session, status, not_added);
}
