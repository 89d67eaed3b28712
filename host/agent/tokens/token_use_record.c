/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_use_record.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "host/base/text.h"
#include "src/bytes.h"

#include <string.h>

static const char magic[] = {'f', 'o', 'b', 'U', 1};

/* Twins have one serial; fobs before that knew no `id`. */
static enum fob_status find_path(const struct fob_token *token, const char *id,
                                 char path[static FOB_PATH_MAX],
                                 struct fob_error *error)
{
    char name[FOB_TOKEN_SERIAL_MAX + 2 * FOB_TOKEN_ID + 8];

    if (fob_text_format(name, sizeof(name), "uses:%s%s%s", token->serial,
                        id[0] == '\0' ? "" : ":", id) != FOB_OK)
        return FOB_E_FAILED;
    return state_file_make("tokens", name, path, error);
}

static enum fob_status find_own_path(const struct fob_token *token,
                                     char path[static FOB_PATH_MAX],
                                     struct fob_error *error)
{
    char id[2 * FOB_TOKEN_ID + 1];

    fob_text_hex(token->id, sizeof(token->id), id);
    return find_path(token, id, path, error);
}

void token_use_record_decode(struct token_use_record *uses, const void *data,
                             size_t len)
{
    struct fob_reader reader;
    const uint8_t *head, *id;

    uses->count = 0;
    fob_reader_init(&reader, data, len);
    head = fob_get_bytes(&reader, sizeof(magic));
    id = fob_get_bytes(&reader, FOB_TOKEN_ID);
    if (head == NULL || memcmp(head, magic, sizeof(magic)) != 0 || id == NULL ||
        memcmp(id, uses->id, FOB_TOKEN_ID) != 0)
        return;
    uses->count = fob_get_u16(&reader);
    for (size_t i = 0; uses->count <= TOKEN_USES_MAX && i < uses->count; i++) {
        uses->use[i].uid = fob_get_u32(&reader);
        uses->use[i].value = fob_get_u64(&reader);
    }
    if (uses->count > TOKEN_USES_MAX || fob_reader_end(&reader) != FOB_OK)
        uses->count = 0;
}

void token_use_record_read(const struct fob_token *token,
                           struct token_use_record *uses)
{
    struct fob_secret content = {0};
    struct fob_error ignored;
    char path[FOB_PATH_MAX];
    enum fob_status status = find_own_path(token, path, &ignored);

    memset(uses, 0, sizeof(*uses));
    memcpy(uses->id, token->id, sizeof(uses->id));
    if (status == FOB_OK)
        status = fob_file_read(path, TOKEN_USES_FILE_MAX, &content, &ignored);
    if (status == FOB_E_NOT_FOUND &&
        find_path(token, "", path, &ignored) == FOB_OK)
        status = fob_file_read(path, TOKEN_USES_FILE_MAX, &content, &ignored);
    if (status == FOB_OK)
        token_use_record_decode(uses, content.data, content.len);
    fob_secret_free(&content);
}

static void append_use(struct token_use_record *uses, uint32_t uid,
                       uint64_t value)
{
    if (uses->count == TOKEN_USES_MAX)
        memmove(uses->use, uses->use + 1, --uses->count * sizeof(uses->use[0]));
    uses->use[uses->count].uid = uid;
    uses->use[uses->count++].value = value;
}

size_t token_use_record_encode(const struct token_use_record *uses,
                               uint8_t data[static TOKEN_USES_FILE_MAX])
{
    struct fob_writer writer;

    fob_writer_init(&writer, data, TOKEN_USES_FILE_MAX);
    fob_put_bytes(&writer, magic, sizeof(magic));
    fob_put_bytes(&writer, uses->id, sizeof(uses->id));
    fob_put_u16(&writer, (uint16_t)uses->count);
    for (size_t i = 0; i < uses->count; i++) {
        fob_put_u32(&writer, uses->use[i].uid);
        fob_put_u64(&writer, uses->use[i].value);
    }
    return writer.len;
}

bool token_use_record_has(const struct token_use_record *uses,
                          const struct fob_token_use *use)
{
    for (size_t i = 0; i < uses->count; i++)
        if (uses->use[i].uid == use->uid && uses->use[i].value == use->value)
            return true;
    return false;
}

/* Whoever was the latest to ask is the latest in the record; so if any of the
 * account's codes is still in a full one, the latest would be, too. */
bool token_use_record_is_strange(const struct token_use_record *uses,
                                 const struct fob_token_account *account)
{
    const struct fob_token_use use = {.uid = account->uid,
                                      .value = account->mark};
    bool can_tell = uses->count < TOKEN_USES_MAX;

    for (size_t i = 0; i < uses->count; i++)
        can_tell |= uses->use[i].uid == account->uid;
    return account->has_facts && account->is_marked && can_tell &&
           !token_use_record_has(uses, &use);
}

enum fob_status token_use_record_note(const struct fob_token *token,
                                      uint32_t uid, uint64_t value,
                                      struct fob_error *error)
{
    const struct fob_token_use use = {.uid = uid, .value = value};
    const struct fob_file_options options = {.mode = 0600};
    uint8_t data[TOKEN_USES_FILE_MAX];
    struct token_use_record uses;
    char path[FOB_PATH_MAX];
    enum fob_status status = find_own_path(token, path, error);

    if (status != FOB_OK)
        return status;
    token_use_record_read(token, &uses);
    if (token_use_record_has(&uses, &use))
        return FOB_OK;
    append_use(&uses, uid, value);
    return fob_file_replace(path, data, token_use_record_encode(&uses, data),
                            &options, error);
}
