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

/* Copy one text of the JSON into a field; absent ones are passed over. */
static enum fob_status put_member(struct fob_message *key, enum fob_tag tag,
                                  struct fob_span value)
{
    struct fob_secret text = {0};
    enum fob_status status = FOB_OK;

    if (value.len == 0)
        return FOB_OK;
    status = fob_secret_alloc(&text, value.len);
    if (status == FOB_OK)
        status = fob_json_view_text(value, (char *)text.data, value.len);
    if (status == FOB_OK && text.data[0] != '\0')
        fob_message_put_text(key, tag, (const char *)text.data);
    fob_secret_free(&text);
    return status;
}

static enum fob_status put_expiration(struct fob_message *key,
                                      struct fob_span value)
{
    char text[64];
    int64_t end_s;
    enum fob_status status;

    if (value.len == 0)
        return FOB_OK;
    status = fob_json_view_text(value, text, sizeof(text));
    if (status == FOB_OK)
        status = fob_text_time_parse(text, &end_s);
    if (status == FOB_OK)
        fob_message_put_number(key, FOB_TAG_EXPIRATION, (uint64_t)end_s);
    return status;
}

/* Empty texts are as good as none. */
static bool is_whole(const struct fob_message *key)
{
    struct fob_field field;

    return fob_message_find(key, FOB_TAG_ACCESS_KEY_ID, &field) &&
           fob_message_find(key, FOB_TAG_SECRET_KEY, &field);
}

enum fob_status config_command_output_key(const void *output, size_t len,
                                          struct fob_message *key)
{
    struct fob_span text = {.at = output, .len = len};
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
    fob_message_start(key, FOB_REPLY_OK);
    if (status == FOB_OK)
        status = put_member(key, FOB_TAG_ACCESS_KEY_ID, value[KEY_ID]);
    if (status == FOB_OK)
        status = put_member(key, FOB_TAG_SECRET_KEY, value[SECRET]);
    if (status == FOB_OK)
        status = put_member(key, FOB_TAG_SESSION_TOKEN, value[TOKEN]);
    if (status == FOB_OK)
        status = put_member(key, FOB_TAG_ACCOUNT_ID, value[ACCOUNT]);
    if (status == FOB_OK)
        status = put_expiration(key, value[EXPIRATION]);
    if (status == FOB_OK && !is_whole(key))
        status = FOB_E_SYNTAX;
    return status == FOB_OK ? key->status : status;
}
