/* SPDX-License-Identifier: MIT */
#include "host/aws/refusal_rows.h"

#include <string.h>

static const struct refusal_row ROWS[] = {
    {"AccessDenied", "invalid MFA one time pass code", FOB_REFUSAL_CODE,
     "the code was wrong, or has been used before",
     "wait for the next code and try again", false},
    {"AccessDenied", "unable to validate MFA code", FOB_REFUSAL_DEVICE,
     "the device is not of this user, or was enabled seconds ago, or has no "
     "check left in this 3-minute window",
     "check the profile's mfa_serial, or try again in 3 minutes", false},
    {"AccessDenied", "must provide both MFA serial number", FOB_REFUSAL_REQUEST,
     "a code or a serial number was missing", "set mfa_serial in the profile",
     false},
    {"AccessDenied", "authenticated with an MFA device", FOB_REFUSAL_MFA,
     "it takes a session minted with a code of a device of this user",
     "set mfa_serial in the profile to a device of this user", false},
    {"AccessDenied", "Cannot call GetSessionToken", FOB_REFUSAL_REQUEST,
     "sessions come from long-term keys only, and these are a session's",
     "store the user's access key: fob keys import", true},
    {"AccessDenied", "Roles may not be assumed by root", FOB_REFUSAL_REQUEST,
     "the root user cannot assume roles",
     "store an IAM user's access key: fob keys import", true},
    {"AccessDenied", "service control policy", FOB_REFUSAL_DENIED,
     "a service control policy of the organization forbids it",
     "ask whoever runs the AWS organization", false},
    {"AccessDenied", "resource control policy", FOB_REFUSAL_DENIED,
     "a resource control policy of the organization forbids it",
     "ask whoever runs the AWS organization", false},
    {"AccessDenied", "sts:GetFederationToken", FOB_REFUSAL_DENIED,
     "no policy allows it to the user, or one wants MFA, which AWS does not "
     "take for it",
     "use a profile with a role, or have sts:GetFederationToken allowed",
     false},
    {"AccessDenied", "explicit deny", FOB_REFUSAL_DENIED,
     "a policy denies it outright, as many do without MFA",
     "set mfa_serial in the profile, or check the user's policies", false},
    {"AccessDenied", "sts:AssumeRole", FOB_REFUSAL_DENIED,
     "the role does not trust this user, or wants MFA or an external id",
     "check the role's trust policy, and mfa_serial and external_id in the "
     "profile",
     false},
    {"AccessDenied", NULL, FOB_REFUSAL_DENIED,
     "no policy of this identity allows it", "check the user's policies",
     false},
    {"InvalidClientTokenId", NULL, FOB_REFUSAL_KEY,
     "AWS does not know the access key, or the call takes a session minted "
     "with MFA",
     "check that the key is active, or store another: fob keys add", true},
    {"UnrecognizedClient", NULL, FOB_REFUSAL_KEY,
     "AWS does not know the access key",
     "check that the key is active, or store another: fob keys add", true},
    {"MissingAuthenticationToken", NULL, FOB_REFUSAL_KEY,
     "the request carried no access key that AWS could read",
     "check the stored key: fob keys list", false},
    {"SignatureDoesNotMatch", "Signature expired", FOB_REFUSAL_CLOCK,
     "this machine's clock is more than 15 minutes behind",
     "set the clock and try again", false},
    {"SignatureDoesNotMatch", "not yet current", FOB_REFUSAL_CLOCK,
     "this machine's clock is more than 15 minutes ahead",
     "set the clock and try again", false},
    {"InvalidSignature", "Signature expired", FOB_REFUSAL_CLOCK,
     "this machine's clock is more than 15 minutes behind",
     "set the clock and try again", false},
    {"InvalidSignature", "not yet current", FOB_REFUSAL_CLOCK,
     "this machine's clock is more than 15 minutes ahead",
     "set the clock and try again", false},
    {"SignatureDoesNotMatch", "scoped to a valid region", FOB_REFUSAL_REGION,
     "the endpoint called is of another region or partition than the one that "
     "the call was signed for",
     "set the profile's region to one of the partition of its key, and look "
     "for AWS_REGION and endpoint_url",
     false},
    {"InvalidSignature", "scoped to a valid region", FOB_REFUSAL_REGION,
     "the endpoint called is of another region or partition than the one that "
     "the call was signed for",
     "set the profile's region to one of the partition of its key, and look "
     "for AWS_REGION and endpoint_url",
     false},
    {"RequestExpired", NULL, FOB_REFUSAL_CLOCK, "this machine's clock is off",
     "set the clock and try again", false},
    {"SignatureDoesNotMatch", NULL, FOB_REFUSAL_KEY,
     "the secret key does not belong to the access key id",
     "store the pair again: fob keys add", true},
    {"InvalidSignature", NULL, FOB_REFUSAL_KEY,
     "the secret key does not belong to the access key id",
     "store the pair again: fob keys add", true},
    {"ExpiredToken", NULL, FOB_REFUSAL_EXPIRED, "the session used has ended",
     "drop cached sessions and ask again: fob sessions --clear", false},
    {"ValidationError", "MaxSessionDuration", FOB_REFUSAL_DURATION,
     "the duration is longer than the role allows",
     "lower duration_seconds or --duration, or raise the role's "
     "MaxSessionDuration",
     false},
    {"ValidationError", "role chaining", FOB_REFUSAL_DURATION,
     "a role assumed from a session lasts 1 hour at most",
     "assume it from the long-term key, or ask for 3600 s or less", false},
    {"ValidationError", "urationSeconds", FOB_REFUSAL_DURATION,
     "the duration is out of range",
     "ask for 900 to 43200 seconds with --duration or duration_seconds", false},
    {"Throttling", NULL, FOB_REFUSAL_LATER, "too many requests",
     "try again in a minute", false},
    {"TooManyRequests", NULL, FOB_REFUSAL_LATER, "too many requests",
     "try again in a minute", false},
    {"RequestLimitExceeded", NULL, FOB_REFUSAL_LATER, "too many requests",
     "try again in a minute", false},
    {"RegionDisabled", NULL, FOB_REFUSAL_REGION,
     "STS is not enabled for this account in this region",
     "enable the region in the account's settings, or set another region",
     false},
    {"OptInRequired", NULL, FOB_REFUSAL_REGION,
     "the account has not opted in to this region or service",
     "enable the region in the account's settings, or set another region",
     false},
    {"InvalidAuthenticationCode", NULL, FOB_REFUSAL_PAIR,
     "the two codes do not fit the device, or were used before",
     "wait for two new codes and try again: fob pair", false},
    {"NoSuchEntity", NULL, FOB_REFUSAL_NOT_FOUND, "AWS knows no such entity",
     "look at the user's devices and keys in the console", false},
    {"EntityAlreadyExists", NULL, FOB_REFUSAL_EXISTS,
     "one of this name is there already",
     "look at the user's devices and keys in the console", false},
    {"LimitExceeded", NULL, FOB_REFUSAL_LIMIT,
     "a quota is used up (8 MFA devices and 2 access keys per user)",
     "remove one that is not needed", false},
    {"DeleteConflict", NULL, FOB_REFUSAL_CONFLICT,
     "the device is still enabled for a user", "deactivate it first", false},
    {"EntityTemporarilyUnmodifiable", NULL, FOB_REFUSAL_CONFLICT,
     "it is being changed right now", "try again in a minute", false},
    {"ConcurrentModification", NULL, FOB_REFUSAL_CONFLICT,
     "it is being changed right now", "try again in a minute", false},
    {"PackedPolicyTooLarge", NULL, FOB_REFUSAL_REQUEST,
     "session policies and tags are too large together",
     "pass fewer session tags", false},
    {"MalformedPolicyDocument", NULL, FOB_REFUSAL_REQUEST,
     "the session policy is not valid", "", false},
    {"ValidationError", NULL, FOB_REFUSAL_REQUEST, "a parameter is not valid",
     "check the profile in ~/.aws/config", false},
    {"InvalidInput", NULL, FOB_REFUSAL_REQUEST, "a parameter is not valid",
     "check the profile in ~/.aws/config", false},
};

/* Whether `code` is `name`, or `name` with the suffix that JSON services and
 * some of STS's errors have. */
static bool is_code(const char *code, const char *name)
{
    size_t len = strlen(name);

    return strncmp(code, name, len) == 0 &&
           (code[len] == '\0' || strcmp(code + len, "Exception") == 0);
}

const struct refusal_row *refusal_find(const char *code, const char *message)
{
    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
        if (!is_code(code, ROWS[i].code))
            continue;
        if (ROWS[i].part == NULL || strstr(message, ROWS[i].part) != NULL)
            return &ROWS[i];
    }
    return NULL;
}
