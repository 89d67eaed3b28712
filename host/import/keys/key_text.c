/* SPDX-License-Identifier: MIT */
#include "host/import/keys/key_text.h"

#include "host/import/keys/key_csv.h"
#include "host/import/keys/key_json.h"
#include "host/import/keys/key_lines.h"
#include "src/wipe.h"

#include <string.h>

enum { SECRET_LEN = 40, ID_LEN_MIN = 16 };

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "abcdefghijklmnopqrstuvwxyz0123456789+/";

struct fob_key_text *fob_key_text_alloc(struct fob_secret *room)
{
    if (fob_secret_alloc(room, sizeof(struct fob_key_text)) != FOB_OK)
        return NULL;
    return (void *)room->data;
}

/* Spreadsheets and Windows put a mark of the byte order first. */
static struct fob_span skip_mark(struct fob_span text)
{
    static const char mark[] = "\xef\xbb\xbf";

    if (text.len >= 3 && memcmp(text.at, mark, 3) == 0)
        text = (struct fob_span){text.at + 3, text.len - 3};
    return fob_span_trim(text, " \t\r\n");
}

static enum fob_status read_parts(struct fob_span text, struct key_parts *parts)
{
    enum fob_status status;

    text = skip_mark(text);
    if (text.len > 0 && text.at[0] == '{')
        status = key_json_read(text, parts);
    else if (key_csv_is(text))
        status = key_csv_read(text, parts);
    else
        status = key_lines_read(text, parts);
    return status == FOB_OK ? key_parts_check(parts) : status;
}

static bool is_utf16(struct fob_span text)
{
    return text.len >= 2 && (memcmp(text.at, "\xff\xfe", 2) == 0 ||
                             memcmp(text.at, "\xfe\xff", 2) == 0);
}

static enum fob_status say_unread(struct fob_span text, enum fob_status status,
                                  struct fob_error *error)
{
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status == FOB_E_DUPLICATE)
        return fob_error_set(error, status,
                             "more than one access key was given: hand over "
                             "that of one profile");
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(error, status,
                             "the id or the secret is longer than %d "
                             "characters: that is no access key",
                             FOB_KEY_PART_MAX);
    if (is_utf16(text))
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the text is in UTF-16: save it as UTF-8");
    return fob_error_set(error, FOB_E_SYNTAX,
                         "no access key was found: give two lines (id, "
                         "secret), a section of an AWS file, the console's "
                         "CSV or JSON with AccessKeyId and SecretAccessKey");
}

enum fob_status fob_key_text_read(struct fob_span text,
                                  struct fob_key_text *key,
                                  struct fob_error *error)
{
    struct key_parts parts = {.key = key};
    enum fob_status status;

    fob_wipe(key, sizeof(*key));
    status = read_parts(text, &parts);
    if (status != FOB_OK)
        status = say_unread(text, status, error);
    else if (parts.is_temporary || strncmp(key->id, "ASIA", 4) == 0)
        status = fob_error_set(error, FOB_E_UNSUPPORTED,
                               "that is a temporary key, of a session; the "
                               "vault keeps long-term keys");
    if (status != FOB_OK)
        fob_wipe(key, sizeof(*key));
    return status;
}

static bool is_id(const char *id)
{
    return strncmp(id, "AKIA", 4) == 0 && strlen(id) >= ID_LEN_MIN &&
           strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(id);
}

/* The set is AWS's; a position says nothing of the others. */
enum fob_status fob_key_text_check(const struct fob_key_text *key,
                                   struct fob_error *error)
{
    size_t len = strlen(key->secret);

    if (!is_id(key->id))
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the id is not that of a long-term access key: "
                             "AKIA and 16 more capitals and digits");
    if (strspn(key->secret, base64) != len)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the secret has a character that AWS's never "
                             "have: copy it again");
    if (len != SECRET_LEN)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the secret has %zu characters, AWS's have %d: "
                             "copy it again",
                             len, SECRET_LEN);
    return FOB_OK;
}
