/* SPDX-License-Identifier: MIT */
#include "host/config/config_store.h"

#include "host/base/file_identity.h"

#include <stdlib.h>
#include <string.h>

/* Two files for each of a few sets of variables. */
enum { KEPT_MAX = 8 };

struct config_kept {
    struct config_kept *older;
    struct fob_config config;
    enum fob_config_kind kind;
    struct fob_file_identity identity;
    char path[]; /* as it was asked for */
};

static void free_kept(struct config_kept *kept)
{
    fob_config_free(&kept->config);
    free(kept);
}

void fob_config_store_init(struct fob_config_store *store)
{
    *store = (struct fob_config_store){0};
    pthread_mutex_init(&store->mutex, NULL);
}

/* All that come after so many. */
static void drop_after(struct config_kept **at, size_t count)
{
    while (count-- > 0 && *at != NULL)
        at = &(*at)->older;
    while (*at != NULL) {
        struct config_kept *last = *at;

        *at = last->older;
        free_kept(last);
    }
}

void fob_config_store_empty(struct fob_config_store *store)
{
    pthread_mutex_lock(&store->mutex);
    drop_after(&store->newest, 0);
    pthread_mutex_unlock(&store->mutex);
}

/* Whatever has such a word in its name, but for the name of a file. */
static bool is_secret(const char *key)
{
    static const char *const words[] = {"secret", "token", "passw", "seed"};
    static const char file[] = "_file";
    size_t len = strlen(key), file_len = sizeof(file) - 1;

    if (len > file_len && strcmp(key + len - file_len, file) == 0)
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strstr(key, words[i]) != NULL)
            return true;
    return false;
}

static bool has_secret(const struct fob_config *config)
{
    for (size_t i = 0; i < config->entry_count; i++)
        if (is_secret(config->entries[i].key))
            return true;
    return false;
}

/* The link to what is kept of the file, of whatever state; NULL there. */
static struct config_kept **find_kept(struct fob_config_store *store,
                                      enum fob_config_kind kind,
                                      const char *path)
{
    struct config_kept **at = &store->newest;

    while (*at != NULL && ((*at)->kind != kind || strcmp((*at)->path, path)))
        at = &(*at)->older;
    return at;
}

static bool take_kept(struct fob_config_store *store, enum fob_config_kind kind,
                      const char *path,
                      const struct fob_file_identity *identity,
                      struct fob_config *config)
{
    struct config_kept *kept;
    bool is_taken;

    pthread_mutex_lock(&store->mutex);
    kept = *find_kept(store, kind, path);
    is_taken = kept != NULL &&
               fob_file_identity_is_same(&kept->identity, identity) &&
               fob_config_share(&kept->config, config) == FOB_OK;
    pthread_mutex_unlock(&store->mutex);
    return is_taken;
}

static struct config_kept *make_kept(enum fob_config_kind kind,
                                     const char *path,
                                     const struct fob_file_identity *identity,
                                     struct fob_config *config)
{
    size_t len = strlen(path) + 1;
    struct config_kept *kept = calloc(1, sizeof(*kept) + len);

    if (kept == NULL)
        return NULL;
    kept->kind = kind;
    kept->identity = *identity;
    memcpy(kept->path, path, len);
    if (fob_config_share(config, &kept->config) == FOB_OK)
        return kept;
    free(kept);
    return NULL;
}

/* In the place of what was kept of it. */
static void put_kept(struct fob_config_store *store, struct config_kept *kept)
{
    struct config_kept **at, *last;

    pthread_mutex_lock(&store->mutex);
    at = find_kept(store, kept->kind, kept->path);
    last = *at;
    if (last != NULL) {
        *at = last->older;
        free_kept(last);
    }
    kept->older = store->newest;
    store->newest = kept;
    drop_after(&store->newest, KEPT_MAX);
    pthread_mutex_unlock(&store->mutex);
}

enum fob_status fob_config_store_load(struct fob_config_store *store,
                                      struct fob_config *config,
                                      enum fob_config_kind kind,
                                      const char *path, struct fob_error *error)
{
    struct fob_file_identity before, after;
    struct config_kept *kept;
    bool is_file = store != NULL && fob_file_identify(path, &before);
    enum fob_status status;

    if (is_file && take_kept(store, kind, path, &before, config))
        return FOB_OK;
    status = fob_config_load(config, kind, path, error);
    if (status != FOB_OK || !is_file || has_secret(config) ||
        !fob_file_identity_is_settled(&before) ||
        !fob_file_identify(path, &after) ||
        !fob_file_identity_is_same(&before, &after))
        return status;
    kept = make_kept(kind, path, &before, config);
    if (kept != NULL)
        put_kept(store, kept);
    return FOB_OK;
}
