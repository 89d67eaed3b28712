/* SPDX-License-Identifier: MIT */
#include "host/agent/accounts/account_make.h"

#include "host/base/text.h"
#include "src/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

const char account_make_aws_issuer[] = "Amazon Web Services";

static bool has_control(const char *name)
{
    for (; *name != '\0'; name++)
        if (iscntrl((unsigned char)*name))
            return true;
    return false;
}

enum fob_status account_make_check_name(const char *name,
                                        struct fob_error *error)
{
    if (name[0] == '\0')
        return fob_error_set(error, FOB_E_USAGE, "an account's name is empty");
    if (strlen(name) > FOB_ACCOUNT_NAME_MAX)
        return fob_error_set(error, FOB_E_USAGE,
                             "the account's name is longer than %d bytes",
                             FOB_ACCOUNT_NAME_MAX);
    if (fob_utf8_is_text(name, strlen(name)))
        return FOB_OK;
    return fob_error_set(error, FOB_E_USAGE, "the name \"%s\" %s", name,
                         has_control(name)
                             ? "holds a control character"
                             : "is not UTF-8, or holds a control character");
}

/* Issuer and label may be two bytes too long together. */
static void derive_name(const struct fob_account *otp,
                        char name[static FOB_ACCOUNT_NAME_MAX + 1])
{
    char whole[FOB_ISSUER_MAX + FOB_LABEL_MAX + 2];
    size_t len;

    snprintf(whole, sizeof(whole), "%s%s%s", otp->issuer,
             otp->issuer[0] != '\0' ? ":" : "", otp->label);
    len = strlen(whole);
    while (len > FOB_ACCOUNT_NAME_MAX ||
           ((unsigned char)whole[len] & 0xc0) == 0x80)
        len--;
    memcpy(name, whole, len);
    name[len] = '\0';
}

enum fob_status account_make_name(struct fob_vault_account *account,
                                  const char *wanted, struct fob_error *error)
{
    if (wanted[0] == '\0')
        derive_name(&account->otp, account->name);
    else if (account_make_check_name(wanted, error) != FOB_OK)
        return error->status;
    else
        (void)!fob_text_copy(account->name, sizeof(account->name), wanted);
    account->created_s = time(NULL);
    return FOB_OK;
}

enum fob_status account_make_bind(struct fob_vault_account *account,
                                  const char *serial, struct fob_error *error)
{
    enum fob_device_kind kind;
    struct fob_arn arn;

    if (fob_arn_device_kind(serial, &kind) != FOB_OK ||
        strlen(serial) >= sizeof(account->device)) {
        fob_error_set(error, FOB_E_USAGE, "%s is no MFA device's serial",
                      serial);
        fob_error_hint(error, "it looks like "
                              "arn:aws:iam::123456789012:mfa/name");
        return FOB_E_USAGE;
    }
    if (kind == FOB_DEVICE_SMS || kind == FOB_DEVICE_FIDO)
        return fob_error_set(error, FOB_E_USAGE,
                             "%s is %s, which takes no "
                             "codes of fob's",
                             serial,
                             kind == FOB_DEVICE_SMS ? "an SMS device, retired"
                                                    : "a FIDO key");
    (void)!fob_text_copy(account->device, sizeof(account->device), serial);
    if (fob_arn_parse(serial, &arn) == FOB_OK) {
        (void)!fob_text_copy(account->partition, sizeof(account->partition),
                             arn.partition);
        (void)!fob_text_copy(account->account_id, sizeof(account->account_id),
                             arn.account);
    }
    return FOB_OK;
}

static bool is_account_number(const char *text)
{
    size_t digits = 0;

    while (isdigit((unsigned char)text[digits]))
        digits++;
    return digits == FOB_ARN_ACCOUNT_LEN && text[digits] == '\0';
}

static bool label_fits(const char *label, const struct fob_arn *arn,
                       bool or_alias)
{
    const char *at = strrchr(label, '@');
    size_t name_len = strlen(arn->name);

    if (at == NULL || (size_t)(at - label) != name_len ||
        memcmp(label, arn->name, name_len) != 0)
        return false;
    if (is_account_number(at + 1))
        return strcmp(at + 1, arn->account) == 0;
    return or_alias;
}

bool account_make_may_be(const struct fob_vault_account *account,
                         const char *serial, bool or_alias)
{
    struct fob_arn arn;

    if (account->device[0] != '\0')
        return strcmp(account->device, serial) == 0;
    if (strcmp(account->name, serial) == 0)
        return true;
    if (account->otp.type != FOB_TOTP || fob_arn_parse(serial, &arn) != FOB_OK)
        return false;
    if (strcmp(account->otp.issuer, account_make_aws_issuer) == 0)
        return label_fits(account->otp.label, &arn, or_alias);
    return or_alias && strcmp(account->name, arn.name) == 0;
}

void account_make_guess_serial(const struct fob_vault_account *account,
                               const struct fob_arn *user,
                               char serial[static FOB_ACCOUNT_ARN_MAX + 1])
{
    const char *label = account->otp.label, *at = strrchr(label, '@');
    char name[FOB_LABEL_MAX + 1];

    serial[0] = '\0';
    if (strcmp(account->otp.issuer, account_make_aws_issuer) != 0 ||
        at == NULL ||
        (is_account_number(at + 1) && strcmp(at + 1, user->account) != 0) ||
        fob_text_format(name, sizeof(name), "%.*s", (int)(at - label), label) !=
            FOB_OK ||
        fob_arn_device_format(user, "/", name, serial,
                              FOB_ACCOUNT_ARN_MAX + 1) != FOB_OK)
        serial[0] = '\0';
}
