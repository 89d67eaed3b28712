/* SPDX-License-Identifier: MIT */
/* Amazon resource names, and what a serial number says of an MFA device. */
#ifndef FOB_HOST_AWS_ARN_H
#define FOB_HOST_AWS_ARN_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { FOB_ARN_ACCOUNT_LEN = 12, FOB_ARN_PARTITION_MAX = 15 };

enum fob_arn_kind {
    FOB_ARN_OTHER,
    FOB_ARN_USER,
    FOB_ARN_ROLE,
    FOB_ARN_ROOT,
    FOB_ARN_MFA,
    FOB_ARN_SMS_MFA,
    FOB_ARN_U2F,
    FOB_ARN_ASSUMED_ROLE,
    FOB_ARN_FEDERATED_USER,
};

struct fob_arn {
    enum fob_arn_kind kind;
    char partition[FOB_ARN_PARTITION_MAX + 1]; /* "aws", "aws-cn" ... */
    char account[FOB_ARN_ACCOUNT_LEN + 1];     /* 12 digits */
    const char *name; /* into the text: after the last '/' */
    const char *path; /* into the text: from the '/' after the kind's word */
    size_t path_len;  /* up to and with the last '/': 1 for "/" */
};

/* arn:PARTITION:iam::ACCOUNT:... or sts.  FOB_E_SYNTAX for anything else;
 * `arn` is then all zero. */
FOB_MUST_CHECK enum fob_status fob_arn_parse(const char *text,
                                             struct fob_arn *arn);

enum fob_device_kind {
    FOB_DEVICE_VIRTUAL,  /* arn:...:mfa/..., TOTP */
    FOB_DEVICE_HARDWARE, /* a bare serial number such as GAHT12345678 */
    FOB_DEVICE_SMS,      /* retired by AWS */
    FOB_DEVICE_FIDO,     /* arn:...:u2f/...: no use for the API */
    FOB_DEVICE_ROOT,     /* the root user's: no use for the API */
};

/* FOB_E_SYNTAX when `serial` can be no serial number (9 to 256 characters of
 * [A-Za-z0-9_+=/:,.@-]; an ARN must be whole). */
FOB_MUST_CHECK enum fob_status fob_arn_device_kind(const char *serial,
                                                   enum fob_device_kind *kind);

/* arn:PARTITION:iam::ACCOUNT:mfa[PATH]NAME with PATH "/" or "/a/b/".
 * FOB_E_TOO_LONG when it does not fit; `text` is then "". */
FOB_MUST_CHECK enum fob_status fob_arn_device_format(const struct fob_arn *user,
                                                     const char *path,
                                                     const char *name,
                                                     char *text, size_t cap);

#endif
