/* SPDX-License-Identifier: MIT */
#include "host/config/config.h"

#include <stdlib.h>
#include <string.h>

enum fob_status fob_config_share(struct fob_config *config,
                                 struct fob_config *other)
{
    if (config->users == NULL) {
        config->users = malloc(sizeof(*config->users));
        if (config->users == NULL)
            return FOB_E_NO_MEMORY;
        atomic_init(config->users, 1);
    }
    atomic_fetch_add(config->users, 1);
    *other = *config;
    return FOB_OK;
}

void fob_config_free(struct fob_config *config)
{
    if (config->users == NULL || atomic_fetch_sub(config->users, 1) == 1) {
        fob_secret_free(&config->text);
        free(config->sections);
        free(config->by_name);
        free(config->profiles);
        free(config->entries);
        free(config->users);
    }
    *config = (struct fob_config){0};
}

struct config_name {
    enum fob_section_kind kind;
    const char *name;
};

static int config_compare_name(const void *key, const void *member)
{
    const struct config_name *wanted = key;
    const struct fob_config_section *section =
        *(struct fob_config_section *const *)member;

    if (wanted->kind != section->kind)
        return wanted->kind < section->kind ? -1 : 1;
    return strcmp(wanted->name, section->name);
}

const struct fob_config_section *
fob_config_find(const struct fob_config *config, enum fob_section_kind kind,
                const char *name)
{
    struct config_name wanted = {kind, name};
    struct fob_config_section **found = NULL;

    if (config->name_count > 0)
        found =
            bsearch(&wanted, config->by_name, config->name_count,
                    sizeof(struct fob_config_section *), config_compare_name);
    return found != NULL ? *found : NULL;
}

static int config_compare_key(const void *key, const void *member)
{
    return strcmp(key, ((const struct fob_config_entry *)member)->key);
}

const struct fob_config_entry *
fob_config_own(const struct fob_config_section *section, const char *key)
{
    if (section->count == 0)
        return NULL;
    return bsearch(key, section->entries, section->count,
                   sizeof(struct fob_config_entry), config_compare_key);
}

const struct fob_config_entry *
fob_config_get(const struct fob_config *config,
               const struct fob_config_section *section, const char *key)
{
    const struct fob_config_entry *entry = fob_config_own(section, key);

    return entry != NULL ? entry : fob_config_own(&config->sections[0], key);
}

const char *fob_config_sub(const struct fob_config_entry *block,
                           const char *sub)
{
    const char *at = block->text;
    const char *found = NULL;

    for (uint32_t i = 0; i < block->pairs; i++) {
        const char *value = at + strlen(at) + 1;

        if (strcmp(at, sub) == 0)
            found = value;
        at = value + strlen(value) + 1;
    }
    return found;
}
