/* SPDX-License-Identifier: MIT */
#include "host/config/change.h"

#include <string.h>

/* One section on both sides of the edit. */
struct change_pair {
    const struct fob_config_section *before;
    const struct fob_config_section *now;
};

struct change_keys change_keys_of(const struct fob_edit *edit)
{
    static const struct change_keys access = {
        {"aws_access_key_id", "aws_secret_access_key", "aws_session_token",
         "aws_security_token", NULL}};

    static const struct change_keys setup = {
        {"credential_process", "region", NULL}};

    if (edit->action == FOB_EDIT_REMOVE_KEYS)
        return access;
    if (edit->action == FOB_EDIT_REMOVE_SETUP)
        return setup;
    if (edit->action == FOB_EDIT_ADD)
        return (struct change_keys){{NULL}};
    return (struct change_keys){{edit->key, NULL}};
}

static bool keys_have(const struct change_keys *keys, const char *name)
{
    for (size_t i = 0; keys->names[i] != NULL; i++)
        if (strcmp(keys->names[i], name) == 0)
            return true;
    return false;
}

bool change_is_plain(const char *text, const char *more)
{
    for (; *text != '\0'; text++) {
        bool word = (*text >= 'a' && *text <= 'z') ||
                    (*text >= 'A' && *text <= 'Z') ||
                    (*text >= '0' && *text <= '9');

        if (!word && strchr(more, *text) == NULL && (*text & 0x80) == 0)
            return false;
    }
    return true;
}

static bool change_same_entry(const struct fob_config_entry *a,
                              const struct fob_config_entry *b)
{
    const char *at = a->text;
    const char *bt = b->text;
    size_t strings = a->pairs == 0 ? 1 : 2 * (size_t)a->pairs;

    if (a->pairs != b->pairs || strcmp(a->key, b->key) != 0)
        return false;
    for (; strings > 0; strings--) {
        if (strcmp(at, bt) != 0)
            return false;
        at += strlen(at) + 1;
        bt += strlen(bt) + 1;
    }
    return true;
}

/* The index of the first entry from `at` on that is not one of `keys`. */
static size_t change_skip(const struct fob_config_section *section, size_t at,
                          const struct change_keys *keys)
{
    while (at < section->count && keys_have(keys, section->entries[at].key))
        at++;
    return at;
}

/* Whether the entries are the same, those of `keys` left aside. */
static bool change_same_entries(const struct change_pair *pair,
                                const struct change_keys *keys)
{
    size_t i = change_skip(pair->before, 0, keys);
    size_t j = change_skip(pair->now, 0, keys);

    while (i < pair->before->count && j < pair->now->count) {
        if (!change_same_entry(&pair->before->entries[i],
                               &pair->now->entries[j]))
            return false;
        i = change_skip(pair->before, i + 1, keys);
        j = change_skip(pair->now, j + 1, keys);
    }
    return i == pair->before->count && j == pair->now->count;
}

static bool change_same_name(const struct change_pair *pair)
{
    return pair->before->kind == pair->now->kind &&
           strcmp(pair->before->name, pair->now->name) == 0;
}

/* Whether the section edited says what was asked; a key that [DEFAULT] still
 * lends it was not removed. */
static bool change_is_done(const struct fob_config *now,
                           const struct fob_config_section *section,
                           const struct fob_edit *edit)
{
    struct change_keys keys = change_keys_of(edit);
    const struct fob_config_entry *entry = NULL;

    if (edit->action == FOB_EDIT_SET) {
        entry = section != NULL ? fob_config_own(section, edit->key) : NULL;
        return entry != NULL && entry->pairs == 0 &&
               strcmp(entry->text, edit->value) == 0;
    }
    if (edit->action == FOB_EDIT_ADD)
        return section != NULL;
    for (size_t i = 0; section != NULL && keys.names[i] != NULL; i++)
        if (fob_config_get(now, section, keys.names[i]) != NULL)
            return false;
    return true;
}

/* A section that came or went held nothing but the keys of the edit. */
static bool change_was_alone(const struct fob_config_section *section,
                             const struct change_keys *keys)
{
    return section != NULL && change_skip(section, 0, keys) == section->count;
}

bool change_is_asked(const struct fob_config *before,
                     const struct fob_config *now, const struct fob_edit *edit)
{
    static const struct change_keys none = {{NULL}};
    const struct change_keys keys = change_keys_of(edit);
    const struct fob_config_section *target =
        fob_config_find(before, FOB_SECTION_PROFILE, edit->profile);
    const struct fob_config_section *result =
        fob_config_find(now, FOB_SECTION_PROFILE, edit->profile);
    bool went = now->section_count + 1 == before->section_count;
    bool came = now->section_count == before->section_count + 1;
    size_t j = 0;

    /* A profile that went must not come back by what [DEFAULT] lends. */
    if (!change_is_done(now, went ? &now->sections[0] : result, edit))
        return false;
    for (size_t i = 0; i < before->section_count; i++) {
        struct change_pair pair = {&before->sections[i], &now->sections[j]};

        if (went && pair.before == target)
            continue;
        if (j++ == now->section_count || !change_same_name(&pair) ||
            !change_same_entries(&pair, pair.before == target ? &keys : &none))
            return false;
    }
    if (went)
        return j == now->section_count && change_was_alone(target, &keys);
    if (came)
        return target == NULL && change_was_alone(result, &keys);
    return j == now->section_count;
}
