/* SPDX-License-Identifier: MIT */
#include "host/agent/cache.h"

#include "host/agent/state_file.h"
#include "host/base/file.h"
#include "host/base/text.h"
#include "host/vault/seal.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* A file is magic, salt, and a sealed box of name length, name, content. */
enum { SALT_LEN = 32, HEAD_LEN = 5 + SALT_LEN, NAME_LEN_LEN = 2 };

static const char magic[] = {'f', 'o', 'b', 'C', 1};
static const char info[] = "fob session cache 1";
static const char folder_name[] = "sessions";

enum {
    FILE_MAX = HEAD_LEN + NAME_LEN_LEN + CACHE_NAME_MAX + CACHE_CONTENT_MAX +
               SEAL_TAG_LEN
};

/* A salt of its own gives each record a key of its own. */
static enum fob_status derive(struct fob_agent *agent, const uint8_t *salt,
                              uint8_t key[static SEAL_KEY_LEN])
{
    struct fob_secret cache_key = {0};
    enum fob_status status = agent_cache_key(agent, &cache_key);

    if (status == FOB_OK)
        status = seal_hkdf((struct seal_bytes){cache_key.data, cache_key.len},
                           (struct seal_bytes){salt, SALT_LEN}, info, key);
    fob_secret_free(&cache_key);
    return status;
}

/* The name's part of a box, checked; `content` gets what follows. */
static enum fob_status split(const struct fob_secret *box,
                             char name[static CACHE_NAME_MAX + 1],
                             struct fob_secret *content)
{
    struct fob_reader reader;
    const uint8_t *text;
    size_t len;

    fob_reader_init(&reader, box->data, box->len);
    len = fob_get_u16(&reader);
    text = fob_get_bytes(&reader, len);
    if (text == NULL || len > CACHE_NAME_MAX)
        return FOB_E_DAMAGED;
    memcpy(name, text, len);
    name[len] = '\0';
    return fob_secret_copy(content, reader.at, reader.left);
}

static enum fob_status open_file(struct fob_agent *agent, const char *path,
                                 char name[static CACHE_NAME_MAX + 1],
                                 struct fob_secret *content)
{
    uint8_t key[SEAL_KEY_LEN];
    struct fob_secret file = {0}, box = {0};
    struct fob_error ignored;
    enum fob_status status = fob_file_read(path, FILE_MAX, &file, &ignored);

    if (status == FOB_OK && (file.len < HEAD_LEN + SEAL_TAG_LEN ||
                             memcmp(file.data, magic, sizeof(magic)) != 0))
        status = FOB_E_DAMAGED;
    if (status == FOB_OK)
        status = fob_secret_alloc(&box, file.len - HEAD_LEN - SEAL_TAG_LEN);
    if (status == FOB_OK)
        status = derive(agent, file.data + sizeof(magic), key);
    if (status == FOB_OK)
        status = seal_open(
            key, (struct seal_bytes){file.data, HEAD_LEN},
            (struct seal_bytes){file.data + HEAD_LEN, file.len - HEAD_LEN},
            box.data);
    if (status == FOB_OK) {
        box.len = file.len - HEAD_LEN - SEAL_TAG_LEN;
        status = split(&box, name, content);
    }
    fob_wipe(key, sizeof(key));
    fob_secret_free(&box);
    fob_secret_free(&file);
    return status;
}

enum fob_status cache_get(struct fob_agent *agent, const char *name,
                          struct fob_secret *content)
{
    char path[FOB_PATH_MAX], stored[CACHE_NAME_MAX + 1];
    struct fob_error ignored;

    if (state_file_path(folder_name, name, path, &ignored) != FOB_OK ||
        open_file(agent, path, stored, content) != FOB_OK)
        return FOB_E_NOT_FOUND;
    /* A file put in the place of another is not what was asked for. */
    if (strcmp(stored, name) == 0)
        return FOB_OK;
    fob_secret_free(content);
    return FOB_E_NOT_FOUND;
}

static enum fob_status make_box(const char *name,
                                const struct fob_secret *content,
                                struct fob_secret *box)
{
    struct fob_writer writer;
    size_t name_len = strlen(name);
    size_t len = NAME_LEN_LEN + name_len + content->len;
    enum fob_status status;

    if (name_len > CACHE_NAME_MAX || content->len > CACHE_CONTENT_MAX)
        return FOB_E_TOO_LONG;
    status = fob_secret_alloc(box, len);
    if (status != FOB_OK)
        return status;
    fob_writer_init(&writer, box->data, len);
    fob_put_u16(&writer, (uint16_t)name_len);
    fob_put_bytes(&writer, name, name_len);
    fob_put_bytes(&writer, content->data, content->len);
    box->len = writer.len;
    return writer.status;
}

/* Magic and salt, then the box sealed behind them. */
static enum fob_status seal_box(struct fob_agent *agent,
                                const struct fob_secret *box,
                                struct fob_secret *file)
{
    uint8_t key[SEAL_KEY_LEN];
    enum fob_status status =
        fob_secret_alloc(file, HEAD_LEN + box->len + SEAL_TAG_LEN);

    if (status != FOB_OK)
        return status;
    memcpy(file->data, magic, sizeof(magic));
    status = seal_random(file->data + sizeof(magic), SALT_LEN);
    if (status == FOB_OK)
        status = derive(agent, file->data + sizeof(magic), key);
    if (status == FOB_OK)
        status = seal_close(key, (struct seal_bytes){file->data, HEAD_LEN},
                            (struct seal_bytes){box->data, box->len},
                            file->data + HEAD_LEN);
    file->len = HEAD_LEN + box->len + SEAL_TAG_LEN;
    fob_wipe(key, sizeof(key));
    return status;
}

enum fob_status cache_put(struct fob_agent *agent, const char *name,
                          const struct fob_secret *content,
                          struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600};
    char path[FOB_PATH_MAX];
    struct fob_secret box = {0}, file = {0};
    enum fob_status status = state_file_path(folder_name, name, path, error);

    if (status == FOB_OK) {
        status = make_box(name, content, &box);
        if (status == FOB_OK)
            status = seal_box(agent, &box, &file);
        if (status != FOB_OK)
            fob_error_set(error, status, "the session cannot be sealed");
    }
    if (status == FOB_OK)
        status = fob_file_replace(path, file.data, file.len, &options, error);
    fob_secret_free(&box);
    fob_secret_free(&file);
    return status;
}

/* Call `each` with the path of every file of the folder. */
static enum fob_status walk(void (*each)(void *context, const char *path),
                            void *context, struct fob_error *error)
{
    char folder[FOB_PATH_MAX], path[FOB_PATH_MAX];
    struct dirent *entry;
    DIR *files;
    enum fob_status status = state_file_folder(folder_name, folder, error);

    if (status != FOB_OK)
        return status;
    files = opendir(folder);
    if (files == NULL && errno == ENOENT)
        return FOB_OK;
    if (files == NULL)
        return fob_error_errno(error, FOB_E_IO, "cannot read %s", folder);
    while ((entry = readdir(files)) != NULL)
        if (entry->d_name[0] != '.' &&
            fob_text_format(path, sizeof(path), "%s/%s", folder,
                            entry->d_name) == FOB_OK)
            each(context, path);
    closedir(files);
    return FOB_OK;
}

struct visit {
    struct fob_agent *agent;
    void (*call)(void *context, const char *name,
                 const struct fob_secret *content);
    void *context;
};

static void visit_file(void *context, const char *path)
{
    const struct visit *visit = context;
    char name[CACHE_NAME_MAX + 1];
    struct fob_secret content = {0};

    if (open_file(visit->agent, path, name, &content) == FOB_OK)
        visit->call(visit->context, name, &content);
    fob_secret_free(&content);
}

enum fob_status cache_each(struct fob_agent *agent,
                           void (*visit)(void *context, const char *name,
                                         const struct fob_secret *content),
                           void *context, struct fob_error *error)
{
    struct visit each = {.agent = agent, .call = visit, .context = context};

    return walk(visit_file, &each, error);
}

static void remove_file(void *context, const char *path)
{
    int *fault = context;

    if (unlink(path) != 0 && errno != ENOENT)
        *fault = errno;
}

enum fob_status cache_clear(struct fob_error *error)
{
    int fault = 0;
    enum fob_status status = walk(remove_file, &fault, error);

    if (status == FOB_OK && fault != 0) {
        errno = fault;
        status = fob_error_errno(error, FOB_E_IO,
                                 "a cached session cannot be removed");
    }
    return status;
}
