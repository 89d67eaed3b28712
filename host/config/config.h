/* SPDX-License-Identifier: MIT */
/*
 * The grammar of ~/.aws/config and ~/.aws/credentials, as botocore reads it.
 *
 * A section is `[HEADER]`, a key `name = value` or `name: value`.  A line that
 * is indented deeper than the key above it continues that key's value; with
 * nothing after `name =` the indented lines are a block of `sub = value`.
 * Comments are whole lines with # or ; in front.  Keys of [DEFAULT] are seen
 * in every section that lacks them.  Of several sections with one name (such
 * as [default] and [profile default]) the last wins whole.
 *
 * Errors for the whole file: a line before any section, a key without a
 * delimiter or without a name, a header or a key of one section given twice,
 * a block line without `=`, bytes that are not UTF-8, a byte order mark.
 *
 * Where this is not botocore: a NUL byte is refused; only the letters of
 * ASCII are case-folded in keys; a broken block in [DEFAULT] is an error even
 * when every section overrides it.
 */
#ifndef FOB_HOST_CONFIG_CONFIG_H
#define FOB_HOST_CONFIG_CONFIG_H

#include "host/base/error.h"
#include "host/base/secret.h"

#include <stdatomic.h>

/* Bytes of a file: a hundred thousand profiles are 15 MB. */
enum { FOB_CONFIG_MAX = 64 << 20 };

enum fob_config_kind {
    FOB_CONFIG_NAMED, /* [profile NAME], [default], [services NAME] ... */
    FOB_CONFIG_BARE,  /* [NAME]: credentials file, fob's settings */
};

enum fob_section_kind {
    FOB_SECTION_DEFAULTS, /* [DEFAULT], once, always there */
    FOB_SECTION_PROFILE,  /* of a bare file: every section */
    FOB_SECTION_SSO_SESSION,
    FOB_SECTION_SERVICES,
    FOB_SECTION_OTHER, /* none of these; cannot be found by name */
};

/* One key.  A plain value has no pairs; a block has `pairs` of NUL-ended
 * sub-key and value after each other at `text`. */
struct fob_config_entry {
    const char *key;  /* case-folded */
    const char *text; /* value, or pairs */
    uint32_t pairs;
    uint32_t section;
    uint32_t line;
};

struct fob_config_section {
    enum fob_section_kind kind;
    const char *name;
    const struct fob_config_entry *entries; /* sorted by key */
    size_t count;
    uint32_t line;
    bool is_again; /* an earlier section has its kind and name */
};

/* A parsed file; every string points into `text`, which it owns.  Nothing of
 * it changes once it is parsed: several may share it. */
struct fob_config {
    struct fob_secret text;
    struct fob_config_section *sections; /* in file order; [0] is [DEFAULT] */
    size_t section_count;
    struct fob_config_section **by_name; /* sorted; the last of each name */
    size_t name_count;
    const char **profiles; /* each name once, in file order */
    size_t profile_count;
    struct fob_config_entry *entries;
    size_t entry_count;
    atomic_size_t *users; /* of a shared one, or NULL */
};

/* Parse `text`, which moves into `config` and is rewritten in place; `path`
 * is for the words of an error only.  FOB_E_SYNTAX or FOB_E_DUPLICATE, with
 * path, line and what to mend, leaves `config` empty and `text` wiped. */
FOB_MUST_CHECK enum fob_status fob_config_parse(struct fob_config *config,
                                                enum fob_config_kind kind,
                                                struct fob_secret *text,
                                                const char *path,
                                                struct fob_error *error);

/* Read and parse the file `path`; a missing one is an empty one. */
FOB_MUST_CHECK enum fob_status fob_config_load(struct fob_config *config,
                                               enum fob_config_kind kind,
                                               const char *path,
                                               struct fob_error *error);

/* The same for a bare file that nobody else may write: FOB_E_UNSUPPORTED,
 * error set, for one that they may. */
FOB_MUST_CHECK enum fob_status fob_config_load_own(struct fob_config *config,
                                                   const char *path,
                                                   struct fob_error *error);

/* `other` becomes the same one, to be freed for itself, by whichever thread.
 * `config` itself is changed by the first call. */
FOB_MUST_CHECK enum fob_status fob_config_share(struct fob_config *config,
                                                struct fob_config *other);

/* Leaves it empty; wipes and frees what nobody shares any more. */
void fob_config_free(struct fob_config *config);

/* The last section of that kind and name, or NULL. */
const struct fob_config_section *
fob_config_find(const struct fob_config *config, enum fob_section_kind kind,
                const char *name);

/* A key of the section itself, or NULL. */
const struct fob_config_entry *
fob_config_own(const struct fob_config_section *section, const char *key);

/* A key of the section, else of [DEFAULT], or NULL. */
const struct fob_config_entry *
fob_config_get(const struct fob_config *config,
               const struct fob_config_section *section, const char *key);

/* The value of `sub` in a block (the last of several), or NULL. */
const char *fob_config_sub(const struct fob_config_entry *block,
                           const char *sub);

#endif
