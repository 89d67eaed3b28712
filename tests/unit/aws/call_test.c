/* SPDX-License-Identifier: MIT */
#include "host/aws/call.h"
#include "host/aws/sts.h"

#include "tests/lib/tap.h"

static const struct fob_call_network NETWORK = {"", "", "", 5000, 30000};

static const char *header(const struct fob_exchange_request *request,
                          const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (strcmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    return "";
}

/* The signature was made by botocore 1.29's SigV4Auth of the same call. */
static void test_call(const char *token, const char *names,
                      const char *signature)
{
    static const uint8_t secret[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const struct fob_sigv4_key key = {"AKIDEXAMPLE", secret, sizeof(secret) - 1,
                                      token};
    const struct fob_endpoint_options options = {.region = "eu-west-1",
                                                 .url = ""};
    char authorization[512];
    struct fob_secret body = {NULL, 0, 0}, message = {NULL, 0, 0};
    struct fob_exchange_request request;
    struct fob_endpoint endpoint;
    struct fob_error error;
    const struct fob_call call = {&endpoint, &key, &body, 1440938160, &NETWORK};

    tap_ok(fob_endpoint_find(FOB_STS, &options, &endpoint, &error) == FOB_OK &&
               fob_sts_identity_request(&body, &error) == FOB_OK &&
               fob_call_encode(&call, &message, &error) == FOB_OK &&
               fob_exchange_request_decode(message.data, message.len,
                                           &request) == FOB_OK,
           "a call is encoded");
    tap_ok(
        strcmp(request.method, "POST") == 0 &&
            strcmp(request.url, "https://sts.eu-west-1.amazonaws.com/") == 0 &&
            strcmp(header(&request, "Host"), "sts.eu-west-1.amazonaws.com") ==
                0 &&
            strcmp(header(&request, "X-Amz-Date"), "20150830T123600Z") == 0 &&
            strcmp(header(&request, "X-Amz-Security-Token"), token) == 0 &&
            request.body_len == body.len,
        "with what was signed");
    snprintf(authorization, sizeof(authorization),
             "AWS4-HMAC-SHA256 "
             "Credential=AKIDEXAMPLE/20150830/eu-west-1/sts/aws4_request, "
             "SignedHeaders=content-type;host;x-amz-date%s, Signature=%s",
             names, signature);
    tap_ok(strcmp(header(&request, "Authorization"), authorization) == 0,
           "as botocore signs it");
    fob_secret_free(&body);
    fob_secret_free(&message);
}

static void test_refused(void)
{
    const struct fob_sigv4_key key = {"AKID\r\nX: y", (const uint8_t *)"s", 1,
                                      ""};
    const struct fob_endpoint_options options = {.region = "eu-west-1",
                                                 .url = ""};
    struct fob_secret body = {NULL, 0, 0}, message = {NULL, 0, 0};
    struct fob_endpoint endpoint;
    struct fob_error error = {FOB_OK, "", ""};
    struct fob_call call = {&endpoint, &key, &body, 0, &NETWORK};

    tap_ok(fob_endpoint_find(FOB_STS, &options, &endpoint, &error) == FOB_OK &&
               fob_call_encode(&call, &message, &error) == FOB_E_USAGE &&
               message.data == NULL && *error.text != '\0',
           "a key with a line end goes nowhere");
    call.time_s = -1;
    tap_ok(fob_call_encode(&call, &message, &error) == FOB_E_USAGE &&
               message.data == NULL,
           "nor does a call from before 1970");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_call(
        "", "",
        "d9ce7d87516e54d16bce0dfaec690a00a86d0c6a4505e7fbaf9081d93ffcbc1f");
    test_call(
        "to/ken==", ";x-amz-security-token",
        "38288ec3985b46d7550b0111ff92dfc857d23e9ab6b4fb4cde5d35b4d4b44a75");
    test_refused();
    return tap_done();
}
