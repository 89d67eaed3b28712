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

/* What `bw list items` and `bw get item` print. */
extern const struct import_format import_bitwarden_items;

/* Exports of Proton Authenticator, plain or encrypted. */
extern const struct import_format import_proton;

/* Backups of Stratum, which was Authenticator Pro: JSON, and encrypted. */
extern const struct import_format import_stratum;
extern const struct import_format import_stratum_sealed;

/* Encrypted exports of Ente Auth; plain ones are lists of URIs. */
extern const struct import_format import_ente;

/* Backups of 2FAS, plain or under a password: schema versions 1 to 4. */
extern const struct import_format import_twofas;

/* Backups of andOTP: plain, and under a password in both of its layouts. */
extern const struct import_format import_andotp;
extern const struct import_format import_andotp_sealed;

/* FreeOTP+'s JSON; its other export is a list of URIs. */
extern const struct import_format import_freeotp;

/* The tokens.xml of both. */
extern const struct import_format import_freeotp_xml;

/* The JSON in Raivo's archive; LastPass Authenticator's, up to version 3; Duo
 * Mobile's accounts.json. */
extern const struct import_format import_raivo;
extern const struct import_format import_lastpass;
extern const struct import_format import_duo;

#endif
