/* SPDX-License-Identifier: MIT */
/* Where fob keeps and finds things. */
#ifndef FOB_HOST_BASE_PATH_H
#define FOB_HOST_BASE_PATH_H

#include "host/base/error.h"

#include <stdbool.h>

enum { FOB_PATH_MAX = 1024 }; /* bytes with the NUL */

enum fob_path {
    FOB_PATH_VAULT,        /* vault file:      $FOB_HOME/vault */
    FOB_PATH_VAULT_BACKUP, /* previous one:    $FOB_HOME/vault.previous */
    FOB_PATH_SETTINGS,     /* fob's own:       $FOB_HOME/settings */
    FOB_PATH_STATE,        /* folder: ledgers, locks, session cache */
    FOB_PATH_SOCKET,       /* the shared agent's: $FOB_HOME/run/agent.sock */
    FOB_PATH_REMOTE,       /* its other one:   $FOB_HOME/run/remote.sock */
};
/* An absolute path.  With FOB_HOME unset: XDG_DATA_HOME/fob (the vault, and
 * below it the sockets), XDG_CONFIG_HOME/fob and XDG_STATE_HOME/fob, each with
 * its default under HOME. */
FOB_MUST_CHECK enum fob_status fob_path_get(enum fob_path which,
                                            char path[static FOB_PATH_MAX],
                                            struct fob_error *error);

/* Where the socket of an agent may stand, in the order in which it is looked
 * for; false: there is no such place.  An agent listens beside the vault
 * (FOB_PATH_SOCKET), so that every shell finds the same, whatever its session.
 * In the runtime folders ssh puts one that it forwards, and agents before 0.2
 * listened there, or in the state folder.  With FOB_HOME there is but one. */
enum { FOB_PATH_AGENTS = 4 };
bool fob_path_agent(unsigned number, char path[static FOB_PATH_MAX]);

/* fob's folder in a runtime folder: 0 in the one that XDG_RUNTIME_DIR names, 1
 * in the usual one of this user, unless that is the same.  Neither need be
 * there, or be ours. */
enum { FOB_PATH_RUNTIMES = 2 };
bool fob_path_runtime(unsigned number, char folder[static FOB_PATH_MAX]);

/* A sibling program: beside this one (build folder), else in
 * ../libexec/fob.  FOB_E_FAILED, error set, when it is in neither. */
FOB_MUST_CHECK enum fob_status fob_path_program(const char *name,
                                                char path[static FOB_PATH_MAX],
                                                struct fob_error *error);

/* `path` made absolute against the working folder; "~/" is not expanded. */
FOB_MUST_CHECK enum fob_status
fob_path_absolute(const char *path, char absolute[static FOB_PATH_MAX],
                  struct fob_error *error);

#endif
