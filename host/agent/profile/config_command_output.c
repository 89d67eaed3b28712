/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/config_command_output.h"

#include "host/agent/profile/printed_time.h"
#include "host/import/json/json_view.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TIME_MAX = 63 };

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

/* A reading on its way, and the words for what is wrong with it. */
struct reading {
    struct session *key;
    char *why;
};

__attribute__((format(printf, 2, 3))) static enum fob_status
refuse_output(const struct reading *reading, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)!vsnprintf(reading->why, CONFIG_COMMAND_WHY_MAX + 1, format,
                     arguments);
    va_end(arguments);
    return FOB_E_SYNTAX;
}

/* A member that must be there, and not be empty. */
static enum fob_status refuse_member(const struct reading *reading,
                                     enum member member)
{
    return refuse_output(reading, "prints no %s, or one that is no text",
                         names[member]);
}

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
static enum fob_status read_account(const struct reading *reading,
                                    struct fob_span value)
{
    enum fob_status status =
        read_text(value, reading->key->account_id, FOB_ACCOUNT_ID_MAX + 1);

    return status == FOB_OK || status == FOB_E_TOO_LONG
               ? FOB_OK
               : refuse_output(reading, "prints an AccountId that is no text");
}

static enum fob_status read_end(const struct reading *reading,
                                struct fob_span value)
{
    int64_t *end_s = &reading->key->credentials.expires_s;
    char text[TIME_MAX + 1];
    enum fob_status status;

    *end_s = INT64_MAX;
    if (value.len == 0)
        return FOB_OK;
    status = fob_json_view_text(value, text, sizeof(text));
    if (status != FOB_OK)
        return refuse_output(reading, "prints an Expiration that is no time");
    status = printed_time_parse(text, end_s);
    if (status == FOB_E_TOO_SHORT)
        return refuse_output(
            reading, "prints an Expiration without a time zone: \"%s\"", text);
    return status == FOB_OK
               ? FOB_OK
               : refuse_output(reading,
                               "prints an Expiration that is no time as ISO "
                               "8601 has it: \"%s\"",
                               text);
}

static enum fob_status read_pair(const struct reading *reading,
                                 const struct fob_span value[static MEMBERS])
{
    struct fob_session *credentials = &reading->key->credentials;
    enum fob_status status =
        read_text(value[KEY_ID], credentials->access_key_id,
                  sizeof(credentials->access_key_id));

    if (status != FOB_OK || credentials->access_key_id[0] == '\0')
        return refuse_member(reading, KEY_ID);
    status = read_secret(value[SECRET], &credentials->secret_key);
    if (status == FOB_E_NO_MEMORY)
        return status;
    return status == FOB_OK && credentials->secret_key.len > 0
               ? FOB_OK
               : refuse_member(reading, SECRET);
}

static enum fob_status read_key(const struct reading *reading,
                                const struct fob_span value[static MEMBERS])
{
    enum fob_status status = read_pair(reading, value);

    if (status == FOB_OK) {
        status = read_secret(value[TOKEN], &reading->key->credentials.token);
        if (status == FOB_E_SYNTAX)
            refuse_output(reading, "prints a SessionToken that is no text");
    }
    if (status == FOB_OK)
        status = read_account(reading, value[ACCOUNT]);
    return status == FOB_OK ? read_end(reading, value[EXPIRATION]) : status;
}

static bool is_json(const char *from, const char *to)
{
    const struct fob_span text = {.at = from, .len = (size_t)(to - from)};
    struct fob_span value;
    size_t line;

    return fob_json_view_open(text, &value, &line) == FOB_OK;
}

/* Programs say things on stdout that belong elsewhere. */
static enum fob_status refuse_text(const struct reading *reading,
                                   struct fob_span text, size_t line)
{
    const char *end = text.at + text.len;
    const char *open = memchr(text.at, '{', text.len);
    const char *close = memrchr(text.at, '}', text.len);
    const char *first = text.at;

    while (first < end && isspace((unsigned char)*first))
        first++;
    if (first == end)
        return refuse_output(reading, "prints nothing");
    if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
        return refuse_output(reading,
                             "prints a byte order mark before its JSON");
    if (text.len >= 2 && (memcmp(text.at, "\xff\xfe", 2) == 0 ||
                          memcmp(text.at, "\xfe\xff", 2) == 0))
        return refuse_output(reading, "prints UTF-16, and has to print UTF-8");
    if (open == NULL || close == NULL || close < open)
        return refuse_output(reading, "prints no JSON");
    if (open > first && is_json(open, end))
        return refuse_output(reading, "prints something before its JSON");
    if (close + 1 < end && is_json(open, close + 1))
        return refuse_output(reading, "prints something after its JSON");
    return refuse_output(reading, "prints JSON that is broken in line %zu",
                         line);
}

static enum fob_status read_object(const struct reading *reading,
                                   struct fob_span text)
{
    struct fob_span object, value[MEMBERS];
    uint64_t version = 0;
    size_t line;
    enum fob_status status = fob_json_view_open(text, &object, &line);

    if (status != FOB_OK)
        return refuse_text(reading, text, line);
    status = fob_json_view_members(object, names, MEMBERS, value);
    if (status == FOB_E_DUPLICATE)
        return refuse_output(reading, "prints one member of its JSON twice");
    if (status != FOB_OK)
        return refuse_output(reading, "prints JSON that is no object");
    if (value[VERSION].len == 0)
        return refuse_output(reading, "prints no Version, which has to be 1");
    if (fob_json_view_number(value[VERSION], 1, &version) != FOB_OK ||
        version != 1)
        return refuse_output(reading, "prints a Version that is not the "
                                      "number 1");
    return read_key(reading, value);
}

enum fob_status
config_command_output_key(const void *output, size_t len, struct session *key,
                          char why[static CONFIG_COMMAND_WHY_MAX + 1])
{
    const struct fob_span text = {.at = output, .len = len};
    const struct reading reading = {.key = key, .why = why};
    enum fob_status status = FOB_E_SYNTAX;

    why[0] = '\0';
    if (len == 0)
        refuse_output(&reading, "prints nothing");
    else
        status = read_object(&reading, text);
    if (status != FOB_OK)
        session_free(key);
    return status;
}
