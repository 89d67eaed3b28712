/* SPDX-License-Identifier: MIT */
#include "host/aws/arn.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

struct sample {
    const char *text;
    enum fob_arn_kind kind;
    const char *partition;
    const char *path;
    const char *name;
};

static const struct sample GOOD[] = {
    {"arn:aws:iam::123456789012:user/alice", FOB_ARN_USER, "aws", "/", "alice"},
    {"arn:aws:iam::123456789012:user/a/b/alice", FOB_ARN_USER, "aws", "/a/b/",
     "alice"},
    {"arn:aws-cn:iam::123456789012:role/service-role/r", FOB_ARN_ROLE, "aws-cn",
     "/service-role/", "r"},
    {"arn:aws-us-gov:iam::123456789012:mfa/phone", FOB_ARN_MFA, "aws-us-gov",
     "/", "phone"},
    {"arn:aws:iam::123456789012:sms-mfa/x", FOB_ARN_SMS_MFA, "aws", "/", "x"},
    {"arn:aws:iam::123456789012:u2f/user/a/k-1", FOB_ARN_U2F, "aws", "/user/a/",
     "k-1"},
    {"arn:aws:iam::123456789012:root", FOB_ARN_ROOT, "aws", "", "root"},
    {"arn:aws:sts::123456789012:assumed-role/r/s@x", FOB_ARN_ASSUMED_ROLE,
     "aws", "/r/", "s@x"},
    {"arn:aws:sts::123456789012:federated-user/f", FOB_ARN_FEDERATED_USER,
     "aws", "/", "f"},
    {"arn:aws:iam::123456789012:policy/p", FOB_ARN_OTHER, "aws", "",
     "policy/p"},
    {"arn:aws:sts::123456789012:user/alice", FOB_ARN_OTHER, "aws", "",
     "user/alice"},
};

static const char *const BAD[] = {
    "",
    "arn",
    "arn:",
    "arn:aws:iam::123456789012:",
    "arn:aws:iam::12345678901:user/a",
    "arn:aws:iam::1234567890123:user/a",
    "arn:aws:iam::12345678901a:user/a",
    "arn:aws:iam:us-east-1:123456789012:user/a",
    "arn:aws:s3::123456789012:user/a",
    "arn:other:iam::123456789012:user/a",
    "arn::iam::123456789012:user/a",
    "arn:aws-much-too-long-x:iam::123456789012:user/a",
    "ARN:aws:iam::123456789012:user/a",
    "arn:aws:iam::123456789012:user/",
    "arn:aws:iam::123456789012:user/a/",
    "arn:aws:iam::123456789012:user/a b",
    "arn:aws:iam::123456789012:user/a\n",
    "arn:aws:iam::123456789012:user/\xc3\xa9",
};

static void test_good(const struct sample *sample)
{
    char *text = exact_copy(sample->text, strlen(sample->text) + 1);
    struct fob_arn arn;

    tap_ok(fob_arn_parse(text, &arn) == FOB_OK && arn.kind == sample->kind &&
               strcmp(arn.partition, sample->partition) == 0 &&
               strcmp(arn.account, "123456789012") == 0 &&
               strcmp(arn.name, sample->name) == 0 &&
               arn.path_len == strlen(sample->path) &&
               memcmp(arn.path, sample->path, arn.path_len) == 0,
           "%s", sample->text);
    free(text);
}

static void test_bad(void)
{
    static const struct fob_arn zero;

    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        char *text = exact_copy(BAD[i], strlen(BAD[i]) + 1);
        struct fob_arn arn;

        memset(&arn, 0xff, sizeof(arn));
        tap_ok(fob_arn_parse(text, &arn) == FOB_E_SYNTAX &&
                   memcmp(&arn, &zero, sizeof(arn)) == 0,
               "refused: case %zu", i);
        free(text);
    }
}

static void test_device(const char *serial, int wanted)
{
    enum fob_device_kind kind = FOB_DEVICE_ROOT;
    enum fob_status status = fob_arn_device_kind(serial, &kind);

    tap_ok(wanted < 0 ? status == FOB_E_SYNTAX
                      : status == FOB_OK && (int)kind == wanted,
           "device %.60s", serial);
}

static void test_format(void)
{
    struct fob_arn user;
    char text[64];

    tap_ok(fob_arn_parse("arn:aws-cn:iam::123456789012:user/x/a", &user) ==
               FOB_OK,
           "a user");
    tap_ok(fob_arn_device_format(&user, "/p/", "fob", text, sizeof(text)) ==
                   FOB_OK &&
               strcmp(text, "arn:aws-cn:iam::123456789012:mfa/p/fob") == 0,
           "the ARN of a device to be");
    tap_ok(fob_arn_device_format(&user, "/", "fob", text, 37) == FOB_OK,
           "fits 37 bytes");
    tap_ok(fob_arn_device_format(&user, "/", "fob", text, 36) ==
                   FOB_E_TOO_LONG &&
               *text == '\0',
           "but not 36");
}

int main(void)
{
    char long_serial[258];

    for (size_t i = 0; i < sizeof(GOOD) / sizeof(GOOD[0]); i++)
        test_good(&GOOD[i]);
    test_bad();
    test_device("arn:aws:iam::123456789012:mfa/phone", FOB_DEVICE_VIRTUAL);
    test_device("GAHT12345678", FOB_DEVICE_HARDWARE);
    test_device("arn:aws:iam::123456789012:sms-mfa/x", FOB_DEVICE_SMS);
    test_device("arn:aws:iam::123456789012:u2f/user/a/k", FOB_DEVICE_FIDO);
    test_device("arn:aws:iam::123456789012:mfa/root-account-mfa-device",
                FOB_DEVICE_ROOT);
    test_device("arn:aws:iam::123456789012:user/a", -1);
    test_device("arn:aws:iam::1234:mfa/phone", -1);
    test_device("12345678", -1);
    test_device("has a space in it", -1);
    memset(long_serial, 'A', sizeof(long_serial));
    long_serial[256] = '\0';
    test_device(long_serial, FOB_DEVICE_HARDWARE);
    long_serial[256] = 'A';
    long_serial[257] = '\0';
    test_device(long_serial, -1);
    test_format();
    return tap_done();
}
