/* SPDX-License-Identifier: MIT */
/*
 * Changing one thing in a config or credentials file: every other line, its
 * comments and its line ends stay byte for byte.  The changed text is parsed
 * again and compared with the old one before it counts.
 */
#ifndef FOB_HOST_CONFIG_EDIT_H
#define FOB_HOST_CONFIG_EDIT_H

#include "host/config/config.h"

enum fob_edit_action {
    FOB_EDIT_SET,          /* key = value; the section is added when missing */
    FOB_EDIT_ADD,          /* the section, empty, when it is missing */
    FOB_EDIT_REMOVE,       /* the key; nothing to do when it is not there */
    FOB_EDIT_REMOVE_KEYS,  /* access key id, secret and session token, and the
                              header when nothing else stood under it */
    FOB_EDIT_REMOVE_SETUP, /* credential_process and region, and the header
                              likewise, with an empty line above it */
};

struct fob_edit {
    enum fob_edit_action action;
    enum fob_config_kind kind;
    const char *profile;
    const char *key;   /* lower case; of FOB_EDIT_SET and _REMOVE */
    const char *value; /* one line without outer spaces; of FOB_EDIT_SET */
    bool keep_header;  /* of FOB_EDIT_REMOVE_KEYS: leave an empty section, as
                          no other file has the profile */
};

/* The changed text in the empty `result`.  FOB_E_USAGE for a profile, key or
 * value that the grammar cannot hold; FOB_E_UNSUPPORTED when the change would
 * alter more than what was asked; a fault of the text as fob_config_parse
 * tells it.  `path` is for words only. */
FOB_MUST_CHECK enum fob_status fob_edit_text(const struct fob_secret *text,
                                             const struct fob_edit *edit,
                                             const char *path,
                                             struct fob_secret *result,
                                             struct fob_error *error);

/* The same on the file `path` (mode and symbolic links kept; made 0600 when
 * missing), whole at every moment; one fob at a time. */
FOB_MUST_CHECK enum fob_status fob_edit_file(const char *path,
                                             const struct fob_edit *edit,
                                             struct fob_error *error);

/* The same of several edits, one after the other, in one step: `count` from 1
 * on. */
FOB_MUST_CHECK enum fob_status fob_edit_file_all(const char *path,
                                                 const struct fob_edit *edits,
                                                 size_t count,
                                                 struct fob_error *error);

#endif
