/* SPDX-License-Identifier: MIT */
/* fob's own settings: section [fob] of FOB_PATH_SETTINGS, fob-settings(5). */
#ifndef FOB_HOST_CONFIG_SETTINGS_H
#define FOB_HOST_CONFIG_SETTINGS_H

#include "host/base/path.h"
#include "host/config/name_list.h"
#include "host/config/setting_command.h"

#include <stdint.h>

/* Who is asked before a far side gets what it asks for. */
enum fob_remote_confirm {
    FOB_REMOTE_CONFIRM_NO,
    FOB_REMOTE_CONFIRM_TERMINAL, /* where `fob agent forward` runs */
    FOB_REMOTE_CONFIRM_PINENTRY,
    FOB_REMOTE_CONFIRM_DESKTOP, /* through the program remote_dialog */
};

struct fob_settings {
    uint32_t lock_idle_s;        /* unused for so long: lock; 0 is never */
    uint32_t lock_after_s;       /* so long after unlocking: lock; 0 is never */
    uint32_t scrypt_log2_n;      /* cost of a new passphrase slot, 14 to 20 */
    char key_file[FOB_PATH_MAX]; /* opens the vault; absolute, or "" */
    char pinentry[FOB_PATH_MAX]; /* program that asks; absolute, or "" */
    char browser[FOB_SETTING_COMMAND_MAX + 1]; /* opens the console, or "" */
    uint32_t clipboard_clear_s; /* a code copied stays so long; 0: for ever */
    /* For whoever comes by a forwarded socket. */
    struct fob_name_list remote_profiles;
    struct fob_name_list remote_accounts;
    enum fob_remote_confirm remote_confirm;
    bool has_remote_hotp;     /* codes of HOTP accounts */
    bool has_remote_commands; /* credential_process and mfa_process run */
    char remote_dialog[FOB_PATH_MAX]; /* asks as ssh-askpass does */
};

/* The marks of the setting browser, in this order; their values are "". */
enum fob_settings_browser {
    FOB_SETTINGS_BROWSER_PROFILE,
    FOB_SETTINGS_BROWSER_PROFILE_ENCODED,
    FOB_SETTINGS_BROWSER_PAGE,
    FOB_SETTINGS_BROWSER_URL,
    FOB_SETTINGS_BROWSER_URL_ENCODED,
    FOB_SETTINGS_BROWSER_MARKS,
};
extern const struct fob_setting_mark
    fob_settings_browser_marks[FOB_SETTINGS_BROWSER_MARKS + 1];

/* What holds where the file says nothing. */
void fob_settings_default(struct fob_settings *settings);

/* The word for a way to confirm ("no", "terminal", "pinentry", "desktop");
 * FOB_E_SYNTAX for another one. */
FOB_MUST_CHECK enum fob_status
fob_settings_confirm(const char *word, enum fob_remote_confirm *confirm);

/* Read the file `path`; a missing one leaves the defaults.  FOB_E_SYNTAX,
 * with path and line, for an unknown section or key or a value out of its
 * range, FOB_E_UNSUPPORTED for a file that others may write; `settings` then
 * holds the defaults. */
FOB_MUST_CHECK enum fob_status fob_settings_load(const char *path,
                                                 struct fob_settings *settings,
                                                 struct fob_error *error);

#endif
