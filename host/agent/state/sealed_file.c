/* SPDX-License-Identifier: MIT */
#include "host/agent/state/sealed_file.h"

#include "host/base/file.h"
#include "host/vault/seal.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

/* A file is magic, salt, and an AEAD record of name length, name, content. */
enum { SALT_LEN = 32, HEAD_LEN = 5 + SALT_LEN, NAME_LEN_LEN = 2 };

static const char magic[] = {'f', 'o', 'b', 'C', 1};
static const char info[] = "fob session cache 1";

enum {
    FILE_MAX = HEAD_LEN + NAME_LEN_LEN + SEALED_NAME_MAX + SEALED_CONTENT_MAX +
               FOB_SEAL_TAG_LEN
};

/* A salt of its own gives each record a key of its own. */
static enum fob_status derive_key(struct fob_agent *agent, const uint8_t *salt,
                                  uint8_t key[static FOB_SEAL_KEY_LEN])
{
    struct fob_secret cache_key = {0};
    enum fob_status status = agent_cache_key(agent, &cache_key);

    if (status == FOB_OK)
        status = fob_seal_hkdf(
            (struct fob_seal_bytes){cache_key.data, cache_key.len},
            (struct fob_seal_bytes){salt, SALT_LEN}, info, key);
    fob_secret_free(&cache_key);
    return status;
}

/* The name's part of a record, checked; `content` gets what follows. */
static enum fob_status split_record(const struct fob_secret *record,
                                    char name[static SEALED_NAME_MAX + 1],
                                    struct fob_secret *content)
{
    struct fob_reader reader;
    const uint8_t *text;
    size_t len;

    fob_reader_init(&reader, record->data, record->len);
    len = fob_get_u16(&reader);
    text = fob_get_bytes(&reader, len);
    if (text == NULL || len > SEALED_NAME_MAX)
        return FOB_E_DAMAGED;
    memcpy(name, text, len);
    name[len] = '\0';
    return fob_secret_copy(content, reader.at, reader.left);
}

enum fob_status sealed_file_decode(struct fob_agent *agent, const uint8_t *data,
                                   size_t len,
                                   char name[static SEALED_NAME_MAX + 1],
                                   struct fob_secret *content)
{
    uint8_t key[FOB_SEAL_KEY_LEN];
    struct fob_secret record = {0};
    enum fob_status status;

    if (len < HEAD_LEN + FOB_SEAL_TAG_LEN ||
        memcmp(data, magic, sizeof(magic)) != 0)
        return FOB_E_DAMAGED;
    status = fob_secret_alloc(&record, len - HEAD_LEN - FOB_SEAL_TAG_LEN);
    if (status == FOB_OK)
        status = derive_key(agent, data + sizeof(magic), key);
    if (status == FOB_OK)
        status = fob_seal_open(
            key, (struct fob_seal_bytes){data, HEAD_LEN},
            (struct fob_seal_bytes){data + HEAD_LEN, len - HEAD_LEN},
            record.data);
    if (status == FOB_OK) {
        record.len = len - HEAD_LEN - FOB_SEAL_TAG_LEN;
        status = split_record(&record, name, content);
    }
    fob_wipe(key, sizeof(key));
    fob_secret_free(&record);
    return status;
}

enum fob_status sealed_file_open(struct fob_agent *agent, const char *path,
                                 char name[static SEALED_NAME_MAX + 1],
                                 struct fob_secret *content)
{
    struct fob_secret file = {0};
    struct fob_error ignored;
    enum fob_status status = fob_file_read(path, FILE_MAX, &file, &ignored);

    if (status == FOB_OK)
        status = sealed_file_decode(agent, file.data, file.len, name, content);
    fob_secret_free(&file);
    return status;
}

enum fob_status sealed_file_read(struct fob_agent *agent, const char *path,
                                 const char *name, struct fob_secret *content)
{
    char stored[SEALED_NAME_MAX + 1];
    enum fob_status status = sealed_file_open(agent, path, stored, content);

    /* A file put in the place of another is not what was asked for. */
    if (status == FOB_OK && strcmp(stored, name) != 0) {
        fob_secret_free(content);
        status = FOB_E_DAMAGED;
    }
    return status;
}

static enum fob_status make_record(const char *name,
                                   const struct fob_secret *content,
                                   struct fob_secret *record)
{
    struct fob_writer writer;
    size_t name_len = strlen(name);
    size_t len = NAME_LEN_LEN + name_len + content->len;
    enum fob_status status;

    if (name_len > SEALED_NAME_MAX || content->len > SEALED_CONTENT_MAX)
        return FOB_E_TOO_LONG;
    status = fob_secret_alloc(record, len);
    if (status != FOB_OK)
        return status;
    fob_writer_init(&writer, record->data, len);
    fob_put_u16(&writer, (uint16_t)name_len);
    fob_put_bytes(&writer, name, name_len);
    fob_put_bytes(&writer, content->data, content->len);
    record->len = writer.len;
    return writer.status;
}

/* Magic and salt, then the record sealed behind them. */
static enum fob_status seal_record(struct fob_agent *agent,
                                   const struct fob_secret *record,
                                   struct fob_secret *file)
{
    uint8_t key[FOB_SEAL_KEY_LEN];
    enum fob_status status =
        fob_secret_alloc(file, HEAD_LEN + record->len + FOB_SEAL_TAG_LEN);

    if (status != FOB_OK)
        return status;
    memcpy(file->data, magic, sizeof(magic));
    status = fob_seal_random(file->data + sizeof(magic), SALT_LEN);
    if (status == FOB_OK)
        status = derive_key(agent, file->data + sizeof(magic), key);
    if (status == FOB_OK)
        status =
            fob_seal_close(key, (struct fob_seal_bytes){file->data, HEAD_LEN},
                           (struct fob_seal_bytes){record->data, record->len},
                           file->data + HEAD_LEN);
    file->len = HEAD_LEN + record->len + FOB_SEAL_TAG_LEN;
    fob_wipe(key, sizeof(key));
    return status;
}

enum fob_status sealed_file_write(struct fob_agent *agent, const char *path,
                                  const char *name,
                                  const struct fob_secret *content,
                                  struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600};
    struct fob_secret record = {0}, file = {0};
    enum fob_status status = make_record(name, content, &record);

    if (status == FOB_OK)
        status = seal_record(agent, &record, &file);
    if (status == FOB_OK)
        status = fob_file_replace(path, file.data, file.len, &options, error);
    else
        fob_error_set(error, status, "%s cannot be sealed", path);
    fob_secret_free(&record);
    fob_secret_free(&file);
    return status;
}
