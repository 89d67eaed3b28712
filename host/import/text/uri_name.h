/* SPDX-License-Identifier: MIT */
/* What an otpauth URI is called that cannot be used otherwise. */
#ifndef FOB_HOST_IMPORT_TEXT_URI_NAME_H
#define FOB_HOST_IMPORT_TEXT_URI_NAME_H

#include "src/account.h"
#include "src/span.h"

/* Fill in issuer and label of the zeroed `account`, as far as they are there
 * and can be; none without a parameter `secret`: it may be in a name. */
void uri_name_read(struct fob_span uri, struct fob_account *account);

#endif
