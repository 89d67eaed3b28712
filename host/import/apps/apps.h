/* SPDX-License-Identifier: MIT */
/* The kinds of file that are read, a variable in a file of its own each. */
#ifndef FOB_HOST_IMPORT_APPS_APPS_H
#define FOB_HOST_IMPORT_APPS_APPS_H

#include "host/import/sink/format.h"

/* Vaults of Aegis Authenticator, plain or under a password: version 1 of the
 * file, versions 1 to 3 of what is in it. */
extern const struct import_format import_aegis;

/* Exports of Bitwarden, Vaultwarden and Bitwarden Authenticator as JSON, plain
 * or under a password. */
extern const struct import_format import_bitwarden;

/* Exports of Proton Authenticator, plain or encrypted. */
extern const struct import_format import_proton;

/* Encrypted exports of Ente Auth; plain ones are lists of URIs. */
extern const struct import_format import_ente;

#endif
