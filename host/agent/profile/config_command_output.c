/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/config_command_output.h"

#include "host/base/text.h"
#include "host/import/json_view.h"

#include <ctype.h>
#include <string.h>

enum fob_status config_command_output_code(const void *output, size_t len,
                                           char code[static FOB_CODE_MAX + 1])
{
    const uint8_t *data = output;
    size_t count = 0;

    memset(code, 0, FOB_CODE_MAX + 1);
    for (size_t i = 0; i < len; i++) {
        if (isspace(data[i]))
            continue;
        if (!isdigit(data[i]) || count == FOB_CODE_MAX) {
            count = 0;
            break;
        }
        code[count++] = (char)data[i];
    }
    if (count >= FOB_DIGITS_MIN)
        return FOB_OK;
    memset(code, 0, FOB_CODE_MAX + 1);
    return FOB_E_SYNTAX;
}

enum member { VERSION, KEY_ID, SECRET, TOKEN, EXPIRATION, ACCOUNT, MEMBERS };

static const char *const names[MEMBERS] = {"Version",         "AccessKeyId",
                                           "SecretAccessKey", "SessionToken",
                                           "Expiration",      "AccountId"};

/* An absent text is "". */
static enum fob_status read_text(struct fob_span value, char *text, size_t cap)
{
    text[0] = '\0';
    return value.len == 0 ? FOB_OK : fob_json_view_text(value, text, cap);
}

static enum fob_status read_secret(struct fob_span value,
                                   struct fob_secret *secret)
{
    enum fob_status status;

    if (value.len == 0)
        return FOB_OK;
    status = fob_secret_alloc(secret, value.len);
    if (status == FOB_OK)
        status = read_text(value, (char *)secret->data, value.len);
    if (status == FOB_OK)
        secret->len = strlen((const char *)secret->data);
    return status;
}

/* Nobody signs with it: a longer one is passed over. */
static enum fob_status read_account(struct fob_span value,
                                    char id[static FOB_ACCOUNT_ID_MAX + 1])
{
    enum fob_status status = read_text(value, id, FOB_ACCOUNT_ID_MAX + 1);

    return status == FOB_E_TOO_LONG ? FOB_OK : status;
}

static enum fob_status read_end(struct fob_span value, int64_t *end_s)
{
    char text[64];
    enum fob_status status;

    *end_s = INT64_MAX;
    if (value.len == 0)
        return FOB_OK;
    status = fob_json_view_text(value, text, sizeof(text));
    return status == FOB_OK ? fob_text_time_parse(text, end_s) : status;
}

/* Empty texts are as good as none. */
static bool is_whole(const struct fob_session *key)
{
    return key->access_key_id[0] != '\0' && key->secret_key.len > 0;
}

static enum fob_status read_key(const struct fob_span value[static MEMBERS],
                                struct session *key)
{
    struct fob_session *credentials = &key->credentials;
    enum fob_status status =
        read_text(value[KEY_ID], credentials->access_key_id,
                  sizeof(credentials->access_key_id));

    if (status == FOB_OK)
        status = read_secret(value[SECRET], &credentials->secret_key);
    if (status == FOB_OK)
        status = read_secret(value[TOKEN], &credentials->token);
    if (status == FOB_OK)
        status = read_account(value[ACCOUNT], key->account_id);
    if (status == FOB_OK)
        status = read_end(value[EXPIRATION], &credentials->expires_s);
    return status == FOB_OK && !is_whole(credentials) ? FOB_E_SYNTAX : status;
}

static enum fob_status read_object(struct fob_span text, struct session *key)
{
    struct fob_span object, value[MEMBERS];
    uint64_t version = 0;
    size_t line;
    enum fob_status status = fob_json_view_open(text, &object, &line);

    if (status == FOB_OK)
        status = fob_json_view_members(object, names, MEMBERS, value);
    if (status == FOB_OK)
        status = fob_json_view_number(value[VERSION], 1, &version);
    if (status == FOB_OK && version != 1)
        status = FOB_E_SYNTAX;
    return status == FOB_OK ? read_key(value, key) : status;
}

enum fob_status config_command_output_key(const void *output, size_t len,
                                          struct session *key)
{
    const struct fob_span text = {.at = output, .len = len};
    enum fob_status status = read_object(text, key);

    if (status != FOB_OK)
        session_free(key);
    return status;
}
