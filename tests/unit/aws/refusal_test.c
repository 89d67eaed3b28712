/* SPDX-License-Identifier: MIT */
#include "host/aws/refusal.h"

#include "tests/lib/reply.h"
#include "tests/lib/tap.h"

static const struct fob_refusal_context CONTEXT = {
    "GetSessionToken", "work", "arn:aws:iam::123456789012:mfa/phone",
    "AKIAEXAMPLE"};

struct sample {
    uint16_t http_status;
    const char *code;
    const char *message;
    enum fob_refusal kind;
    enum fob_status status;
    const char *words; /* in the text */
    const char *hint;
};

static const struct sample SAMPLES[] = {
    {403, "AccessDenied",
     "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
     FOB_REFUSAL_CODE, FOB_E_REFUSED, "used before", "wait for the next code"},
    {403, "AccessDenied",
     "MultiFactorAuthentication failed, unable to validate MFA code.  Please "
     "verify your MFA serial number is valid and associated with this user.",
     FOB_REFUSAL_DEVICE, FOB_E_REFUSED, "3-minute window", "3 minutes"},
    {403, "AccessDenied",
     "To complete this action, please ensure that you are authenticated with "
     "an MFA device that is enabled for this user.",
     FOB_REFUSAL_MFA, FOB_E_REFUSED, "minted with a code", "mfa_serial"},
    {403, "AccessDenied",
     "User: arn:aws:iam::1:user/a is not authorized to perform: "
     "sts:AssumeRole on resource: x with an explicit deny in a service control "
     "policy",
     FOB_REFUSAL_DENIED, FOB_E_REFUSED, "organization", "organization"},
    {403, "AccessDenied",
     "User: arn:aws:iam::1:user/a is not authorized to perform: iam:GetUser "
     "with an explicit deny in an identity-based policy",
     FOB_REFUSAL_DENIED, FOB_E_REFUSED, "outright", "mfa_serial"},
    {403, "AccessDenied",
     "User: x is not authorized to perform: sts:AssumeRole on resource: y",
     FOB_REFUSAL_DENIED, FOB_E_REFUSED, "does not trust", "external_id"},
    {403, "AccessDenied",
     "User: arn:aws:iam::1:user/a is not authorized to perform: "
     "sts:GetFederationToken on resource: x with an explicit deny",
     FOB_REFUSAL_DENIED, FOB_E_REFUSED, "wants MFA", "a role"},
    {403, "AccessDenied", "", FOB_REFUSAL_DENIED, FOB_E_REFUSED, "no policy",
     "policies"},
    {403, "AccessDenied",
     "Cannot call GetSessionToken with session credentials",
     FOB_REFUSAL_REQUEST, FOB_E_REFUSED, "long-term", "fob keys import work"},
    {403, "AccessDenied", "Roles may not be assumed by root accounts.",
     FOB_REFUSAL_REQUEST, FOB_E_REFUSED, "root", "fob keys import work"},
    {403, "InvalidClientTokenId",
     "The security token included in the request is invalid.", FOB_REFUSAL_KEY,
     FOB_E_REFUSED, "with AKIAEXAMPLE", "fob keys add work"},
    {403, "SignatureDoesNotMatch",
     "Signature expired: 20260101T000000Z is now earlier than 20260101T002000Z "
     "(20260101T003500Z - 15 min.)",
     FOB_REFUSAL_CLOCK, FOB_E_REFUSED, "behind", "set the clock"},
    {403, "SignatureDoesNotMatch",
     "Signature not yet current: 20260101T010000Z is still later than "
     "20260101T001500Z (20260101T000000Z + 15 min.)",
     FOB_REFUSAL_CLOCK, FOB_E_REFUSED, "ahead", "set the clock"},
    {403, "SignatureDoesNotMatch",
     "Credential should be scoped to a valid region, not 'us-east-1'. ",
     FOB_REFUSAL_REGION, FOB_E_REFUSED, "another region", "AWS_REGION"},
    {403, "InvalidSignatureException",
     "Credential should be scoped to a valid region.", FOB_REFUSAL_REGION,
     FOB_E_REFUSED, "another region", "AWS_REGION"},
    {403, "SignatureDoesNotMatch",
     "The request signature we calculated does not match the signature you "
     "provided.",
     FOB_REFUSAL_KEY, FOB_E_REFUSED, "does not belong", "fob keys add work"},
    {403, "ExpiredToken",
     "The security token included in the request is expired",
     FOB_REFUSAL_EXPIRED, FOB_E_REFUSED, "ended", "fob sessions --clear"},
    {400, "ExpiredTokenException", "x", FOB_REFUSAL_EXPIRED, FOB_E_REFUSED,
     "ended", "fob sessions --clear"},
    {400, "ValidationError",
     "The requested DurationSeconds exceeds the MaxSessionDuration set for "
     "this role.",
     FOB_REFUSAL_DURATION, FOB_E_REFUSED, "role allows", "--duration"},
    {400, "ValidationError",
     "The requested DurationSeconds exceeds the 1 hour session limit for roles "
     "assumed by role chaining.",
     FOB_REFUSAL_DURATION, FOB_E_REFUSED, "1 hour", "long-term key"},
    {400, "ValidationError",
     "1 validation error detected: Value '60' at 'durationSeconds' failed to "
     "satisfy constraint",
     FOB_REFUSAL_DURATION, FOB_E_REFUSED, "out of range", "--duration"},
    {400, "ValidationError", "1 validation error detected: other",
     FOB_REFUSAL_REQUEST, FOB_E_REFUSED, "not valid", "profile"},
    {400, "Throttling", "Rate exceeded", FOB_REFUSAL_LATER, FOB_E_THROTTLED,
     "too many requests", "again in a minute"},
    {400, "ThrottlingException", "Rate exceeded", FOB_REFUSAL_LATER,
     FOB_E_THROTTLED, "too many requests", "again in a minute"},
    {500, "InternalFailure", "x", FOB_REFUSAL_LATER, FOB_E_THROTTLED,
     "HTTP 500", "again in a minute"},
    {503, "ServiceUnavailable", "", FOB_REFUSAL_LATER, FOB_E_THROTTLED,
     "HTTP 503", "again in a minute"},
    {403, "RegionDisabledException",
     "STS is not activated in this region for account:1.", FOB_REFUSAL_REGION,
     FOB_E_REFUSED, "not enabled", "another region"},
    {403, "InvalidAuthenticationCode",
     "Authentication code for device is not valid.", FOB_REFUSAL_PAIR,
     FOB_E_REFUSED, "two codes", "fob pair"},
    {404, "NoSuchEntity", "x", FOB_REFUSAL_NOT_FOUND, FOB_E_REFUSED,
     "no such entity", "console"},
    {409, "EntityAlreadyExists", "x", FOB_REFUSAL_EXISTS, FOB_E_REFUSED,
     "already", "console"},
    {409, "LimitExceeded", "x", FOB_REFUSAL_LIMIT, FOB_E_REFUSED, "quota",
     "remove"},
    {409, "DeleteConflict", "x", FOB_REFUSAL_CONFLICT, FOB_E_REFUSED, "enabled",
     "deactivate"},
    {409, "EntityTemporarilyUnmodifiable", "x", FOB_REFUSAL_CONFLICT,
     FOB_E_REFUSED, "changed right now", "again"},
    {400, "PackedPolicyTooLarge", "x", FOB_REFUSAL_REQUEST, FOB_E_REFUSED,
     "too large", "tags"},
    {403, "AccessDenied",
     "MultiFactorAuthentication failed, must provide both MFA serial number "
     "and one time pass code.",
     FOB_REFUSAL_REQUEST, FOB_E_REFUSED, "was missing", "mfa_serial"},
    {403, "AccessDenied",
     "User: x is not authorized to perform: y with an explicit deny in a "
     "resource control policy",
     FOB_REFUSAL_DENIED, FOB_E_REFUSED, "organization", "organization"},
    {403, "UnrecognizedClientException", "x", FOB_REFUSAL_KEY, FOB_E_REFUSED,
     "does not know", "fob keys add work"},
    {403, "MissingAuthenticationToken", "Request is missing it",
     FOB_REFUSAL_KEY, FOB_E_REFUSED, "no access key", "fob keys list"},
    {403, "InvalidSignatureException",
     "Signature expired: 1 is now earlier than 2 (3 - 5 min.)",
     FOB_REFUSAL_CLOCK, FOB_E_REFUSED, "behind", "set the clock"},
    {403, "InvalidSignatureException",
     "Signature not yet current: 3 is still later than 2 (1 + 5 min.)",
     FOB_REFUSAL_CLOCK, FOB_E_REFUSED, "ahead", "set the clock"},
    {403, "InvalidSignatureException", "The request signature we calculated",
     FOB_REFUSAL_KEY, FOB_E_REFUSED, "does not belong", "fob keys add work"},
    {400, "RequestExpired", "x", FOB_REFUSAL_CLOCK, FOB_E_REFUSED, "clock",
     "set the clock"},
    {400, "TooManyRequestsException", "x", FOB_REFUSAL_LATER, FOB_E_THROTTLED,
     "too many requests", "again in a minute"},
    {400, "RequestLimitExceeded", "x", FOB_REFUSAL_LATER, FOB_E_THROTTLED,
     "too many requests", "again in a minute"},
    {403, "OptInRequired", "x", FOB_REFUSAL_REGION, FOB_E_REFUSED, "opted in",
     "another region"},
    {409, "ConcurrentModification", "x", FOB_REFUSAL_CONFLICT, FOB_E_REFUSED,
     "changed right now", "again"},
    {400, "MalformedPolicyDocument", "x", FOB_REFUSAL_REQUEST, FOB_E_REFUSED,
     "not valid", ""},
    {400, "InvalidInput", "x", FOB_REFUSAL_REQUEST, FOB_E_REFUSED, "not valid",
     "profile"},
    {418, "Teapot", "short and stout", FOB_REFUSAL_OTHER, FOB_E_REFUSED,
     "Teapot: short and stout", ""},
};

static void test_sample(const struct sample *sample)
{
    const struct reply_pair pairs[] = {
        {"Error/Type", "Sender"},
        {"Error/Code", sample->code},
        {"Error/Message", sample->message},
        {NULL, NULL},
    };
    struct fob_error error = {FOB_OK, "", ""};
    uint8_t room[1024];
    struct fob_exchange_reply reply =
        reply_of(sample->http_status, pairs, room, sizeof(room));
    enum fob_refusal kind = fob_refusal_explain(&reply, &CONTEXT, &error);

    if (!tap_ok(kind == sample->kind && error.status == sample->status &&
                    strstr(error.text, sample->words) != NULL &&
                    strstr(error.text, CONTEXT.action) != NULL &&
                    strstr(error.hint, sample->hint) != NULL,
                "%s: %.50s", sample->code, sample->message))
        printf("# %d %02x %s\n# %s\n", (int)kind, (unsigned)error.status,
               error.text, error.hint);
}

static void test_hostile(void)
{
    char text[2000];
    const struct reply_pair pairs[] = {
        {"Error/Code", "\033[31mCode"}, {"Error/Message", text}, {NULL, NULL}};
    struct fob_error error = {FOB_OK, "", ""};
    struct fob_exchange_reply reply;
    uint8_t room[4096];
    bool clean = true;

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)(i % 255 + 1);
    text[sizeof(text) - 1] = '\0';
    reply = reply_of(400, pairs, room, sizeof(room));
    tap_ok(fob_refusal_explain(&reply, &CONTEXT, &error) == FOB_REFUSAL_OTHER,
           "a message of 2000 odd bytes");
    for (const char *c = error.text; *c != '\0'; c++)
        clean = clean && *c >= ' ' && *c <= '~';
    tap_ok(clean && strlen(error.text) < 400, "is cut and cleaned");
}

static void test_no_error(void)
{
    static const struct reply_pair none[] = {{NULL, NULL}};
    struct fob_error error = {FOB_OK, "", ""};
    uint8_t room[1];
    struct fob_exchange_reply reply = reply_of(200, none, room, 0);

    tap_ok(fob_refusal_explain(&reply, &CONTEXT, &error) == FOB_REFUSAL_NONE &&
               error.status == FOB_OK,
           "HTTP 200 is no refusal");
    reply.http_status = 502;
    tap_ok(fob_refusal_explain(&reply, &CONTEXT, &error) == FOB_REFUSAL_LATER &&
               error.status == FOB_E_NETWORK &&
               strstr(error.text, "502") != NULL,
           "HTTP 502 of a proxy");
    reply.http_status = 404;
    tap_ok(fob_refusal_explain(&reply, &CONTEXT, &error) ==
                   FOB_REFUSAL_TRANSPORT &&
               error.status == FOB_E_REPLY,
           "HTTP 404 of something that is not AWS");
    reply.status = FOB_E_NETWORK;
    reply.fault = "the connection to h was refused";
    tap_ok(fob_refusal_explain(&reply, &CONTEXT, &error) ==
                   FOB_REFUSAL_TRANSPORT &&
               error.status == FOB_E_NETWORK &&
               strstr(error.text, reply.fault) != NULL,
           "no reply at all");
}

static void test_no_profile(void)
{
    static const struct fob_refusal_context bare = {"GetUser", "", "", ""};
    static const struct reply_pair pairs[] = {
        {"Error/Code", "InvalidClientTokenId"}, {NULL, NULL}};
    struct fob_error error = {FOB_OK, "", ""};
    uint8_t room[128];
    struct fob_exchange_reply reply = reply_of(403, pairs, room, sizeof(room));

    tap_ok(fob_refusal_explain(&reply, &bare, &error) == FOB_REFUSAL_KEY &&
               strstr(error.hint, "add PROFILE") != NULL &&
               strstr(error.text, "refused GetUser:") != NULL,
           "without a profile the hint has a place for it");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(SAMPLES) / sizeof(SAMPLES[0]); i++)
        test_sample(&SAMPLES[i]);
    test_hostile();
    test_no_error();
    test_no_profile();
    return tap_done();
}
