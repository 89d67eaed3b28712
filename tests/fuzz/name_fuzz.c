/* SPDX-License-Identifier: MIT */
/*
 * Names and numbers that stand in AWS's files and replies, each by itself:
 * ARNs and serials, URLs, times, durations, command lines, percent-escapes.
 * What is taken apart can be put together again.
 */
#include "host/agent/accounts/account_make.h"
#include "host/aws/arn.h"
#include "host/aws/url.h"
#include "host/base/text.h"
#include "host/config/credential_process.h"
#include "src/percent.h"

#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 4096 };

static void must(bool held)
{
    if (!held)
        abort();
}

static void try_arn(const char *text)
{
    char again[TEXT_MAX + 64], path[TEXT_MAX];
    enum fob_device_kind kind;
    struct fob_arn arn;

    if (fob_arn_device_kind(text, &kind) == FOB_OK)
        must(strlen(text) >= 9 && strlen(text) <= 256);
    if (fob_arn_parse(text, &arn) != FOB_OK)
        return;
    must(strlen(arn.account) == FOB_ARN_ACCOUNT_LEN);
    if (arn.kind != FOB_ARN_MFA)
        return;
    must(arn.path_len < sizeof(path));
    memcpy(path, arn.path, arn.path_len);
    path[arn.path_len] = '\0';
    must(fob_arn_device_format(&arn, path, arn.name, again, sizeof(again)) ==
         FOB_OK);
    must(strcmp(again, text) == 0);
}

static void try_url(const char *text)
{
    char authority[FOB_URL_HOST_MAX + 16], again[TEXT_MAX + 512];
    struct fob_url url, twice;

    if (fob_url_parse(text, &url) != FOB_OK)
        return;
    must(url.tls || url.loopback);
    must(fob_url_authority(&url, authority, sizeof(authority)) == FOB_OK);
    must(fob_text_format(again, sizeof(again), "http%s://%s%s",
                         url.tls ? "s" : "", authority,
                         url.path[0] == '\0' ? "/" : url.path) == FOB_OK);
    must(fob_url_parse(again, &twice) == FOB_OK);
    must(strcmp(twice.host, url.host) == 0 && twice.port == url.port);
}

static void try_time(const char *text)
{
    char again[FOB_TEXT_TIME_LEN + 1];
    int64_t unix_s, twice_s;

    if (fob_text_time_parse(text, &unix_s) != FOB_OK)
        return;
    fob_text_time(unix_s, again);
    must(fob_text_time_parse(again, &twice_s) == FOB_OK);
    must(twice_s == unix_s);
}

static void try_line(const char *text)
{
    char line[TEXT_MAX * 6];

    if (fob_credential_process_is_own(text, "work"))
        must(fob_credential_process_is_own(text, NULL));
    if (strchr(text, '\n') == NULL && text[0] != '\0' &&
        fob_credential_process_format("/usr/bin/fob", text, line,
                                      sizeof(line)) == FOB_OK)
        must(fob_credential_process_is_own(line, text));
}

static void try_percent(const char *text)
{
    char decoded[TEXT_MAX + 1], again[TEXT_MAX + 1];
    uint8_t encoded[TEXT_MAX * 3];
    struct fob_writer writer;

    if (fob_percent_decode(text, strlen(text), decoded, sizeof(decoded)) !=
        FOB_OK)
        return;
    fob_writer_init(&writer, encoded, sizeof(encoded));
    fob_percent_put(&writer, decoded, "");
    must(writer.status == FOB_OK);
    must(fob_percent_decode((char *)encoded, writer.len, again,
                            sizeof(again)) == FOB_OK);
    must(strcmp(again, decoded) == 0);
}

/* The label of a QR code beside the serial of a device. */
static void try_label(const char *text)
{
    static const char serial[] = "arn:aws:iam::111122223333:mfa/alice";
    struct fob_vault_account account = {.otp.type = FOB_TOTP};
    char guess[FOB_ACCOUNT_ARN_MAX + 1];
    struct fob_arn user;

    must(fob_arn_parse(serial, &user) == FOB_OK);
    strcpy(account.otp.issuer, account_make_aws_issuer);
    if (fob_text_format(account.otp.label, sizeof(account.otp.label), "%s",
                        text) != FOB_OK)
        return;
    account_make_guess_serial(&account, &user, guess);
    if (account_make_may_be(&account, serial, true))
        must(strcmp(guess, serial) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text;

    if (size > TEXT_MAX || memchr(data, '\0', size) != NULL)
        return -1;
    text = exact_copy(NULL, size + 1);
    memcpy(text, data, size);
    try_arn(text);
    try_url(text);
    try_time(text);
    try_line(text);
    try_percent(text);
    try_label(text);
    free(text);
    return 0;
}
