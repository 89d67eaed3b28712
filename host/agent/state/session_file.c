/* SPDX-License-Identifier: MIT */
#include "host/agent/state/session_file.h"

#include "host/wire/message.h"

static void put_secret(struct fob_message *fields, enum fob_tag tag,
                       const struct fob_secret *secret)
{
    if (secret->len > 0)
        fob_message_put(fields, tag, secret->data, secret->len);
}

static void put_text(struct fob_message *fields, enum fob_tag tag,
                     const char *text)
{
    if (text[0] != '\0')
        fob_message_put_text(fields, tag, text);
}

enum fob_status session_file_encode(const struct session *session,
                                    struct fob_secret *content)
{
    const struct fob_session *credentials = &session->credentials;
    struct fob_message fields = {0};
    enum fob_status status;

    fob_message_start(&fields, FOB_REPLY_OK);
    put_text(&fields, FOB_TAG_ACCESS_KEY_ID, credentials->access_key_id);
    put_secret(&fields, FOB_TAG_SECRET_KEY, &credentials->secret_key);
    put_secret(&fields, FOB_TAG_SESSION_TOKEN, &credentials->token);
    if (session_has_end(session))
        fob_message_put_number(&fields, FOB_TAG_EXPIRATION,
                               (uint64_t)credentials->expires_s);
    put_text(&fields, FOB_TAG_SERIAL, session->serial);
    put_text(&fields, FOB_TAG_PROFILE, session->profile);
    put_text(&fields, FOB_TAG_ACCOUNT_ID, session->account_id);
    if (session->created_s != 0)
        fob_message_put_number(&fields, FOB_TAG_CREATED,
                               (uint64_t)session->created_s);
    status = fields.status;
    if (status == FOB_OK)
        *content = fields.fields;
    else
        fob_message_free(&fields);
    return status;
}

/* An absent text is "". */
static enum fob_status get_text(const struct fob_message *fields,
                                enum fob_tag tag, char *text, size_t cap)
{
    enum fob_status status = fob_message_text(fields, tag, text, cap);

    if (status == FOB_OK || status == FOB_E_NOT_FOUND)
        return FOB_OK;
    return FOB_E_DAMAGED;
}

static enum fob_status get_secret(const struct fob_message *fields,
                                  enum fob_tag tag, struct fob_secret *secret)
{
    struct fob_field field;

    if (!fob_message_find(fields, tag, &field) || field.len == 0)
        return FOB_OK;
    return fob_secret_copy(secret, field.data, field.len);
}

static enum fob_status get_number(const struct fob_message *fields,
                                  enum fob_tag tag, int64_t fallback,
                                  int64_t *number)
{
    uint64_t value = fob_message_number(fields, tag, (uint64_t)fallback);

    *number = (int64_t)value;
    return value <= INT64_MAX ? FOB_OK : FOB_E_DAMAGED;
}

static enum fob_status get_credentials(const struct fob_message *fields,
                                       struct fob_session *credentials)
{
    enum fob_status status =
        get_text(fields, FOB_TAG_ACCESS_KEY_ID, credentials->access_key_id,
                 sizeof(credentials->access_key_id));

    if (status == FOB_OK)
        status =
            get_secret(fields, FOB_TAG_SECRET_KEY, &credentials->secret_key);
    if (status == FOB_OK)
        status = get_secret(fields, FOB_TAG_SESSION_TOKEN, &credentials->token);
    if (status == FOB_OK)
        status = get_number(fields, FOB_TAG_EXPIRATION, INT64_MAX,
                            &credentials->expires_s);
    if (status == FOB_OK && (credentials->access_key_id[0] == '\0' ||
                             credentials->secret_key.len == 0))
        status = FOB_E_DAMAGED;
    return status;
}

static enum fob_status get_session(const struct fob_message *fields,
                                   struct session *session)
{
    enum fob_status status = get_credentials(fields, &session->credentials);

    if (status == FOB_OK)
        status = get_text(fields, FOB_TAG_SERIAL, session->serial,
                          sizeof(session->serial));
    if (status == FOB_OK)
        status = get_text(fields, FOB_TAG_PROFILE, session->profile,
                          sizeof(session->profile));
    if (status == FOB_OK)
        status = get_text(fields, FOB_TAG_ACCOUNT_ID, session->account_id,
                          sizeof(session->account_id));
    if (status == FOB_OK)
        status = get_number(fields, FOB_TAG_CREATED, 0, &session->created_s);
    return status;
}

enum fob_status session_file_decode(const struct fob_secret *content,
                                    struct session *session)
{
    /* A view: freed by whoever has the content. */
    const struct fob_message fields = {.type = FOB_REPLY_OK,
                                       .fields = *content};
    enum fob_status status = get_session(&fields, session);

    if (status != FOB_OK)
        session_free(session);
    return status;
}
