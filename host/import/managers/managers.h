/* SPDX-License-Identifier: MIT */
/* Password managers' files that are read, a variable in a file of its own each.
 */
#ifndef FOB_HOST_IMPORT_MANAGERS_MANAGERS_H
#define FOB_HOST_IMPORT_MANAGERS_MANAGERS_H

#include "host/import/sink/format.h"

/* The XML of KeePass and KeePassXC. */
extern const struct import_format import_keepass;

/* The export.data of 1Password's archive (1pux). */
extern const struct import_format import_onepassword;

/* CSV with a column for codes, whoever wrote it. */
extern const struct import_format import_passwords;

#endif
