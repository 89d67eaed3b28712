/* SPDX-License-Identifier: MIT */
/* Any message: what decodes as a request or a reply encodes to the same
 * bytes again, and a reply's typed readers and its refusal cope with it. */
#include "host/aws/exchange.h"
#include "host/aws/iam.h"
#include "host/aws/refusal.h"
#include "host/aws/sts.h"

#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(bool good)
{
    if (!good)
        abort();
}

static void try_request(const uint8_t *data, size_t len)
{
    struct fob_exchange_request request;
    struct fob_secret message = {NULL, 0, 0};

    if (fob_exchange_request_decode(data, len, &request) != FOB_OK)
        return;
    check(fob_exchange_request_encode(&request, &message) == FOB_OK);
    check(message.len == len && memcmp(message.data, data, len) == 0);
    fob_secret_free(&message);
}

static void try_sts(const struct fob_exchange_reply *reply)
{
    struct fob_session session;
    struct fob_sts_identity identity;
    struct fob_error error;

    if (fob_sts_session_reply(reply, &session, &error) == FOB_OK) {
        check(session.expires_s > 0 && session.token.len > 0);
        fob_session_free(&session);
    }
    check(session.secret_key.data == NULL);
    if (fob_sts_role_reply(reply, &session, &error) == FOB_OK) {
        check(session.expires_s > 0 && session.token.len > 0);
        fob_session_free(&session);
    }
    if (fob_sts_federation_reply(reply, &session, &error) == FOB_OK) {
        check(session.expires_s > 0 && session.token.len > 0);
        fob_session_free(&session);
    }
    if (fob_sts_identity_reply(reply, &identity, &error) == FOB_OK)
        check(*identity.account != '\0');
}

static void try_iam(const struct fob_exchange_reply *reply)
{
    struct fob_secret secret = {NULL, 0, 0};
    struct fob_iam_device device;
    struct fob_iam_last_used used;
    struct fob_iam_key key;
    struct fob_error error;
    const char *serial;

    (void)fob_iam_device_at(FOB_IAM_LIST_MFA_DEVICES, reply, 0, &device);
    (void)fob_iam_device_at(FOB_IAM_LIST_VIRTUAL_MFA_DEVICES, reply, 0,
                            &device);
    (void)fob_iam_marker(FOB_IAM_LIST_MFA_DEVICES, reply);
    (void)!fob_iam_last_used_reply(reply, &used, &error);
    (void)fob_iam_key_at(reply, 0, &key);
    if (fob_iam_new_device_reply(reply, &serial, &secret, &error) == FOB_OK)
        check(secret.len > 0);
    fob_secret_free(&secret);
    if (fob_iam_new_key_reply(reply, &key, &secret, &error) == FOB_OK)
        check(secret.len > 0);
    fob_secret_free(&secret);
}

static void try_reply(const uint8_t *data, size_t len)
{
    static const struct fob_refusal_context context = {"A", "p", "s", "k"};
    struct fob_exchange_reply reply;
    struct fob_secret message = {NULL, 0, 0};
    struct fob_error error = {FOB_OK, "", ""};

    if (fob_exchange_reply_decode(data, len, &reply) != FOB_OK)
        return;
    check(fob_exchange_reply_encode(&reply, &message) == FOB_OK);
    check(message.len == len && memcmp(message.data, data, len) == 0);
    fob_secret_free(&message);
    try_sts(&reply);
    try_iam(&reply);
    check((fob_refusal_explain(&reply, &context, &error) == FOB_REFUSAL_NONE) ==
          (error.status == FOB_OK));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    uint8_t *exact = exact_copy(data, len);

    if (fob_secret_start() == FOB_OK) {
        try_request(exact, len);
        try_reply(exact, len);
    }
    free(exact);
    return 0;
}
