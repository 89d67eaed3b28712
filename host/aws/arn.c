/* SPDX-License-Identifier: MIT */
#include "host/aws/arn.h"

#include <stdio.h>
#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define WORD "ABCDEFGHIJKLMNOPQRSTUVWXYZ" LOWER DIGITS "_"

enum { ARN_MAX = 2048, SERIAL_MIN = 9, SERIAL_MAX = 256 };

/* The root user's virtual device has this name unless the console was told
 * another; then only the reply to a call tells. */
static const char ROOT_DEVICE[] = "root-account-mfa-device";

static const struct {
    const char *service;
    const char *word;
    enum fob_arn_kind kind;
} KINDS[] = {
    {"iam", "user/", FOB_ARN_USER},
    {"iam", "role/", FOB_ARN_ROLE},
    {"iam", "mfa/", FOB_ARN_MFA},
    {"iam", "sms-mfa/", FOB_ARN_SMS_MFA},
    {"iam", "u2f/", FOB_ARN_U2F},
    {"sts", "assumed-role/", FOB_ARN_ASSUMED_ROLE},
    {"sts", "federated-user/", FOB_ARN_FEDERATED_USER},
};

/* Copy the field up to the next ':'; the text after it, or NULL when the
 * field is empty, too long, or of other characters. */
static const char *take_field(const char *text, const char *of, char *field,
                              size_t cap)
{
    size_t len = strspn(text, of);

    if (len == 0 || len >= cap || text[len] != ':')
        return NULL;
    memcpy(field, text, len);
    field[len] = '\0';
    return text + len + 1;
}

static const char *skip_text(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);

    return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

/* path/name after the kind's word: split at the last '/'. */
static enum fob_status parse_name(const char *slash, struct fob_arn *arn)
{
    const char *last = strrchr(slash, '/');

    arn->path = slash;
    arn->name = last + 1;
    arn->path_len = (size_t)(arn->name - slash);
    return *arn->name != '\0' ? FOB_OK : FOB_E_SYNTAX;
}

static enum fob_status parse_resource(const char *service, const char *text,
                                      struct fob_arn *arn)
{
    if (*text == '\0' || text[strspn(text, WORD "+=,.@:/-")] != '\0')
        return FOB_E_SYNTAX;
    arn->path = "";
    arn->name = text;
    if (strcmp(service, "iam") == 0 && strcmp(text, "root") == 0) {
        arn->kind = FOB_ARN_ROOT;
        return FOB_OK;
    }
    for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
        const char *rest = skip_text(text, KINDS[i].word);

        if (rest == NULL || strcmp(service, KINDS[i].service) != 0)
            continue;
        arn->kind = KINDS[i].kind;
        return parse_name(rest - 1, arn);
    }
    return FOB_OK;
}

static enum fob_status parse_parts(const char *text, struct fob_arn *arn)
{
    char service[sizeof("iam")];

    if (strlen(text) > ARN_MAX)
        return FOB_E_SYNTAX;
    text = skip_text(text, "arn:");
    if (text != NULL)
        text = take_field(text, LOWER DIGITS "-", arn->partition,
                          sizeof(arn->partition));
    if (text == NULL || skip_text(arn->partition, "aws") == NULL)
        return FOB_E_SYNTAX;
    text = take_field(text, LOWER, service, sizeof(service));
    if (text == NULL || *text++ != ':')
        return FOB_E_SYNTAX;
    if (strcmp(service, "iam") != 0 && strcmp(service, "sts") != 0)
        return FOB_E_SYNTAX;
    text = take_field(text, DIGITS, arn->account, sizeof(arn->account));
    if (text == NULL || strlen(arn->account) != FOB_ARN_ACCOUNT_LEN)
        return FOB_E_SYNTAX;
    return parse_resource(service, text, arn);
}

enum fob_status fob_arn_parse(const char *text, struct fob_arn *arn)
{
    enum fob_status status;

    memset(arn, 0, sizeof(*arn));
    status = parse_parts(text, arn);
    if (status != FOB_OK)
        memset(arn, 0, sizeof(*arn));
    return status;
}

static enum fob_status device_kind(const struct fob_arn *arn,
                                   enum fob_device_kind *kind)
{
    bool root = strcmp(arn->name, ROOT_DEVICE) == 0 && arn->path_len == 1;

    switch (arn->kind) {
    case FOB_ARN_MFA:
        *kind = root ? FOB_DEVICE_ROOT : FOB_DEVICE_VIRTUAL;
        return FOB_OK;
    case FOB_ARN_SMS_MFA:
        *kind = FOB_DEVICE_SMS;
        return FOB_OK;
    case FOB_ARN_U2F:
        *kind = FOB_DEVICE_FIDO;
        return FOB_OK;
    default:
        return FOB_E_SYNTAX;
    }
}

enum fob_status fob_arn_device_kind(const char *serial,
                                    enum fob_device_kind *kind)
{
    size_t len = strlen(serial);
    struct fob_arn arn;

    if (len < SERIAL_MIN || len > SERIAL_MAX ||
        strspn(serial, WORD "+=/:,.@-") != len)
        return FOB_E_SYNTAX;
    if (strncmp(serial, "arn:", 4) != 0) {
        *kind = FOB_DEVICE_HARDWARE;
        return FOB_OK;
    }
    return fob_arn_parse(serial, &arn) == FOB_OK ? device_kind(&arn, kind)
                                                 : FOB_E_SYNTAX;
}

enum fob_status fob_arn_device_format(const struct fob_arn *user,
                                      const char *path, const char *name,
                                      char *text, size_t cap)
{
    int len = snprintf(text, cap, "arn:%s:iam::%s:mfa%s%s", user->partition,
                       user->account, path, name);

    if (len >= 0 && (size_t)len < cap)
        return FOB_OK;
    if (cap > 0)
        *text = '\0';
    return FOB_E_TOO_LONG;
}
