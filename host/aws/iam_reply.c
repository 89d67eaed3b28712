/* SPDX-License-Identifier: MIT */
#include "host/aws/iam.h"
#include "host/aws/reply.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

enum { SEED_BASE64_MAX = 1024, BASE64_IN = 4, BASE64_OUT = 3 };
/* IAM's model: 16 to 128 of the characters of a word. */
enum { KEY_ID_MIN = 16 };

const char *fob_iam_marker(enum fob_iam_action action,
                           const struct fob_exchange_reply *reply)
{
    const char *name = fob_iam_action_name(action);
    const char *marker = reply_text(reply, "%sResult/Marker", name);

    if (strcmp(reply_text(reply, "%sResult/IsTruncated", name), "true") != 0)
        return NULL;
    return *marker != '\0' ? marker : NULL;
}

bool fob_iam_device_at(enum fob_iam_action action,
                       const struct fob_exchange_reply *reply, size_t index,
                       struct fob_iam_device *device)
{
    bool all = action == FOB_IAM_LIST_VIRTUAL_MFA_DEVICES;
    const char *path = all ? "ListVirtualMFADevicesResult/VirtualMFADevices"
                           : "ListMFADevicesResult/MFADevices";

    device->serial =
        reply_text(reply, "%s/member[%zu]/SerialNumber", path, index);
    device->user_name = reply_text(reply, "%s/member[%zu]/%sUserName", path,
                                   index, all ? "User/" : "");
    device->enabled_s =
        reply_time(reply_text(reply, "%s/member[%zu]/EnableDate", path, index));
    return *device->serial != '\0';
}

static bool read_key(const struct fob_exchange_reply *reply, const char *path,
                     struct fob_iam_key *key)
{
    key->user_name = reply_text(reply, "%s/UserName", path);
    key->access_key_id = reply_text(reply, "%s/AccessKeyId", path);
    key->status = reply_text(reply, "%s/Status", path);
    key->created_s = reply_time(reply_text(reply, "%s/CreateDate", path));
    return *key->access_key_id != '\0';
}

bool fob_iam_key_at(const struct fob_exchange_reply *reply, size_t index,
                    struct fob_iam_key *key)
{
    char path[sizeof("ListAccessKeysResult/AccessKeyMetadata/member[]") + 20];

    snprintf(path, sizeof(path),
             "ListAccessKeysResult/AccessKeyMetadata/member[%zu]", index);
    return read_key(reply, path, key);
}

enum fob_status fob_iam_last_used_reply(const struct fob_exchange_reply *reply,
                                        struct fob_iam_last_used *used,
                                        struct fob_error *error)
{
    static const char path[] = "GetAccessKeyLastUsedResult/%s";

    used->user_name = reply_text(reply, path, "UserName");
    used->service = reply_text(reply, path, "AccessKeyLastUsed/ServiceName");
    used->region = reply_text(reply, path, "AccessKeyLastUsed/Region");
    used->used_s =
        reply_time(reply_text(reply, path, "AccessKeyLastUsed/LastUsedDate"));
    return *used->service != '\0' ? FOB_OK
                                  : reply_lacks("last use of a key", error);
}

static bool is_base32(const struct fob_secret *text)
{
    static const char of[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=";

    return text->len > 0 && strspn((char *)text->data, of) == text->len;
}

/* The seed is base64 of base32 text; the length without the padding. */
static size_t base64_decode(const char *text, uint8_t *out)
{
    size_t len = strlen(text);
    int decoded;

    if (len == 0 || len % BASE64_IN != 0 || len > SEED_BASE64_MAX)
        return 0;
    decoded = EVP_DecodeBlock(out, (const unsigned char *)text, (int)len);
    if (decoded < 0)
        return 0;
    for (size_t i = 1; i <= 2; i++)
        if (text[len - i] == '=')
            out[--decoded] = '\0';
    return (size_t)decoded;
}

enum fob_status fob_iam_new_device_reply(const struct fob_exchange_reply *reply,
                                         const char **serial,
                                         struct fob_secret *seed,
                                         struct fob_error *error)
{
    static const char path[] =
        "CreateVirtualMFADeviceResult/VirtualMFADevice/%s";
    const char *text = reply_text(reply, path, "Base32StringSeed");

    *serial = reply_text(reply, path, "SerialNumber");
    if (**serial == '\0')
        return reply_lacks("serial number", error);
    if (fob_secret_alloc(seed, strlen(text) / BASE64_IN * BASE64_OUT) != FOB_OK)
        return fob_error_no_memory(error);
    seed->len = base64_decode(text, seed->data);
    if (is_base32(seed))
        return FOB_OK;
    fob_secret_free(seed);
    return reply_lacks("seed", error);
}

enum fob_status fob_iam_new_key_reply(const struct fob_exchange_reply *reply,
                                      struct fob_iam_key *key,
                                      struct fob_secret *secret,
                                      struct fob_error *error)
{
    static const char path[] = "CreateAccessKeyResult/AccessKey";

    if (!read_key(reply, path, key) || strlen(key->access_key_id) < KEY_ID_MIN)
        return reply_lacks("access key id", error);
    return reply_secret(reply_text(reply, "%s/SecretAccessKey", path),
                        "secret key", secret, error);
}
