/* SPDX-License-Identifier: MIT */
#include "host/aws/iam.h"

#include "tests/lib/reply.h"
#include "tests/lib/tap.h"

#define DEVICE "arn:aws:iam::123456789012:mfa/phone"
#define DEVICE_ENCODED "arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fphone"

static void request_is(enum fob_iam_action action, struct fob_iam_params params,
                       const char *text)
{
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error = {FOB_OK, "", ""};
    enum fob_status status = fob_iam_request(action, &params, &body, &error);

    tap_ok(status == FOB_OK && body.len == strlen(text) &&
               memcmp(body.data, text, body.len) == 0,
           "%.60s", text);
    fob_secret_free(&body);
}

static void request_refused(enum fob_iam_action action,
                            struct fob_iam_params params, const char *words)
{
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error = {FOB_OK, "", ""};

    tap_ok(fob_iam_request(action, &params, &body, &error) == FOB_E_USAGE &&
               body.data == NULL && strstr(error.text, words) != NULL,
           "refused: %s", words);
}

static void test_requests(void)
{
    request_is(FOB_IAM_ENABLE_MFA_DEVICE,
               (struct fob_iam_params){{[FOB_IAM_USER_NAME] = "alice",
                                        [FOB_IAM_SERIAL_NUMBER] = DEVICE,
                                        [FOB_IAM_CODE_1] = "123456",
                                        [FOB_IAM_CODE_2] = "654321"}},
               "Action=EnableMFADevice&Version=2010-05-08&UserName=alice"
               "&SerialNumber=" DEVICE_ENCODED
               "&AuthenticationCode1=123456&AuthenticationCode2=654321");
    request_is(FOB_IAM_CREATE_VIRTUAL_MFA_DEVICE,
               (struct fob_iam_params){
                   {[FOB_IAM_DEVICE_NAME] = "a+b", [FOB_IAM_PATH] = "/x/"}},
               "Action=CreateVirtualMFADevice&Version=2010-05-08"
               "&VirtualMFADeviceName=a%2Bb&Path=%2Fx%2F");
    request_is(FOB_IAM_LIST_MFA_DEVICES, (struct fob_iam_params){{NULL}},
               "Action=ListMFADevices&Version=2010-05-08");
    request_is(
        FOB_IAM_UPDATE_ACCESS_KEY,
        (struct fob_iam_params){{[FOB_IAM_ACCESS_KEY_ID] = "AKIAEXAMPLE12345",
                                 [FOB_IAM_STATUS] = "Inactive"}},
        "Action=UpdateAccessKey&Version=2010-05-08"
        "&AccessKeyId=AKIAEXAMPLE12345&Status=Inactive");
}

static void test_refused(void)
{
    request_refused(FOB_IAM_ENABLE_MFA_DEVICE,
                    (struct fob_iam_params){{[FOB_IAM_SERIAL_NUMBER] = DEVICE}},
                    "EnableMFADevice needs a UserName");
    request_refused(FOB_IAM_LIST_ACCESS_KEYS,
                    (struct fob_iam_params){{[FOB_IAM_SERIAL_NUMBER] = DEVICE}},
                    "ListAccessKeys takes no SerialNumber");
    request_refused(FOB_IAM_RESYNC_MFA_DEVICE,
                    (struct fob_iam_params){{[FOB_IAM_USER_NAME] = "alice",
                                             [FOB_IAM_SERIAL_NUMBER] = DEVICE,
                                             [FOB_IAM_CODE_1] = "123456",
                                             [FOB_IAM_CODE_2] = "65432"}},
                    "AuthenticationCode2 must have 6 characters");
    request_refused(FOB_IAM_CREATE_VIRTUAL_MFA_DEVICE,
                    (struct fob_iam_params){{[FOB_IAM_DEVICE_NAME] = "a b"}},
                    "VirtualMFADeviceName holds a character");
}

static void test_devices(void)
{
    static const struct reply_pair pairs[] = {
        {"ListMFADevicesResult/IsTruncated", "true"},
        {"ListMFADevicesResult/Marker", "m1"},
        {"ListMFADevicesResult/MFADevices/member[0]/UserName", "alice"},
        {"ListMFADevicesResult/MFADevices/member[0]/SerialNumber", DEVICE},
        {"ListMFADevicesResult/MFADevices/member[0]/EnableDate",
         "1970-01-02T00:00:00Z"},
        {"ListMFADevicesResult/MFADevices/member[1]/SerialNumber", "GAHT1"},
        {NULL, NULL},
    };
    struct fob_iam_device device;
    struct fob_exchange_reply reply;
    uint8_t room[1024];

    reply = reply_of(200, pairs, room, sizeof(room));
    tap_ok(fob_iam_device_at(FOB_IAM_LIST_MFA_DEVICES, &reply, 0, &device) &&
               strcmp(device.serial, DEVICE) == 0 &&
               strcmp(device.user_name, "alice") == 0 &&
               device.enabled_s == 86400,
           "the first device");
    tap_ok(fob_iam_device_at(FOB_IAM_LIST_MFA_DEVICES, &reply, 1, &device) &&
               strcmp(device.serial, "GAHT1") == 0 && device.enabled_s == 0,
           "the second");
    tap_ok(!fob_iam_device_at(FOB_IAM_LIST_MFA_DEVICES, &reply, 2, &device),
           "there is no third");
    tap_ok(strcmp(fob_iam_marker(FOB_IAM_LIST_MFA_DEVICES, &reply), "m1") == 0,
           "but a further page");
    reply.pairs_len = 0;
    tap_ok(fob_iam_marker(FOB_IAM_LIST_MFA_DEVICES, &reply) == NULL, "or none");
}

static void test_virtual_devices(void)
{
    static const struct reply_pair pairs[] = {
        {"ListVirtualMFADevicesResult/VirtualMFADevices/member[0]/SerialNumber",
         DEVICE},
        {"ListVirtualMFADevicesResult/VirtualMFADevices/member[0]/User/"
         "UserName",
         "alice"},
        {NULL, NULL},
    };
    struct fob_iam_device device;
    uint8_t room[512];
    struct fob_exchange_reply reply = reply_of(200, pairs, room, sizeof(room));

    tap_ok(fob_iam_device_at(FOB_IAM_LIST_VIRTUAL_MFA_DEVICES, &reply, 0,
                             &device) &&
               strcmp(device.serial, DEVICE) == 0 &&
               strcmp(device.user_name, "alice") == 0,
           "a virtual device and its user");
}

static void seed_is(const char *base64, const char *wanted)
{
    const struct reply_pair pairs[] = {
        {"CreateVirtualMFADeviceResult/VirtualMFADevice/SerialNumber", DEVICE},
        {"CreateVirtualMFADeviceResult/VirtualMFADevice/Base32StringSeed",
         base64},
        {NULL, NULL},
    };
    struct fob_secret seed = {NULL, 0, 0};
    const char *serial = "";
    struct fob_error error;
    uint8_t room[512];
    struct fob_exchange_reply reply = reply_of(200, pairs, room, sizeof(room));
    enum fob_status status =
        fob_iam_new_device_reply(&reply, &serial, &seed, &error);

    if (wanted != NULL)
        tap_ok(status == FOB_OK && strcmp(serial, DEVICE) == 0 &&
                   seed.len == strlen(wanted) &&
                   memcmp(seed.data, wanted, seed.len) == 0,
               "a new device's seed %s", wanted);
    else
        tap_ok(status == FOB_E_REPLY && seed.data == NULL, "no seed in \"%s\"",
               base64);
    fob_secret_free(&seed);
}

static void test_keys(void)
{
    static const struct reply_pair pairs[] = {
        {"ListAccessKeysResult/AccessKeyMetadata/member[0]/AccessKeyId",
         "AKIA1"},
        {"ListAccessKeysResult/AccessKeyMetadata/member[0]/Status", "Active"},
        {"CreateAccessKeyResult/AccessKey/AccessKeyId", "AKIA234567890123"},
        {"CreateAccessKeyResult/AccessKey/SecretAccessKey", "secret"},
        {"GetAccessKeyLastUsedResult/AccessKeyLastUsed/ServiceName", "sts"},
        {"GetAccessKeyLastUsedResult/AccessKeyLastUsed/LastUsedDate",
         "1970-01-01T00:01:00Z"},
        {NULL, NULL},
    };
    struct fob_secret secret = {NULL, 0, 0};
    struct fob_iam_last_used used;
    struct fob_iam_key key;
    struct fob_error error;
    uint8_t room[1024];
    struct fob_exchange_reply reply = reply_of(200, pairs, room, sizeof(room));

    tap_ok(fob_iam_key_at(&reply, 0, &key) &&
               strcmp(key.access_key_id, "AKIA1") == 0 &&
               strcmp(key.status, "Active") == 0 && key.created_s == 0 &&
               !fob_iam_key_at(&reply, 1, &key),
           "a listing of one key");
    tap_ok(fob_iam_new_key_reply(&reply, &key, &secret, &error) == FOB_OK &&
               strcmp(key.access_key_id, "AKIA234567890123") == 0 &&
               secret.len == 6,
           "a new key");
    fob_secret_free(&secret);
    tap_ok(fob_iam_last_used_reply(&reply, &used, &error) == FOB_OK &&
               used.used_s == 60 && strcmp(used.service, "sts") == 0,
           "the last use of a key");
    reply.pairs_len = 0;
    tap_ok(fob_iam_new_key_reply(&reply, &key, &secret, &error) ==
                   FOB_E_REPLY &&
               fob_iam_last_used_reply(&reply, &used, &error) == FOB_E_REPLY,
           "none of these in an empty reply");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_requests();
    test_refused();
    test_devices();
    test_virtual_devices();
    seed_is("SkJTV1kzRFBFSFBLM1BYUA==", "JBSWY3DPEHPK3PXP");
    seed_is("SkJTV1kzRFBFSFBLM1BY", "JBSWY3DPEHPK3PX");
    seed_is("", NULL);
    seed_is("SkJTV1kzRFBFSFBLM1BYUA=", NULL);
    seed_is("!!!!", NULL);
    seed_is("====", NULL);
    test_keys();
    return tap_done();
}
