/* SPDX-License-Identifier: MIT */
/* Zip archives, which several apps export: told by the first file in them. */
#ifndef FOB_HOST_IMPORT_FOREIGN_ARCHIVE_H
#define FOB_HOST_IMPORT_FOREIGN_ARCHIVE_H

#include "host/base/error.h"
#include "src/span.h"

bool archive_is_zip(struct fob_span bytes);

/* Say whose it is, if it can be told, and how to unpack it. */
enum fob_status archive_refuse(struct fob_span zip, struct fob_error *error);

#endif
