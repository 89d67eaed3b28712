/* SPDX-License-Identifier: MIT */
#include "host/aws/sts.h"

#include "tests/lib/reply.h"
#include "tests/lib/tap.h"

#define DEVICE "arn:aws:iam::123456789012:mfa/a/phone"
#define DEVICE_ENCODED "arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fa%2Fphone"
#define ROLE "arn:aws:iam::123456789012:role/r"

static bool is_body(const struct fob_secret *body, const char *text)
{
    return body->len == strlen(text) &&
           memcmp(body->data, text, body->len) == 0;
}

static void session_is(struct fob_sts_session_params params, const char *text,
                       const char *what)
{
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error = {FOB_OK, "", ""};
    enum fob_status status = fob_sts_session_request(&params, &body, &error);

    if (text != NULL)
        tap_ok(status == FOB_OK && is_body(&body, text), "%s", what);
    else
        tap_ok(status == FOB_E_USAGE && body.data == NULL &&
                   *error.text != '\0' &&
                   (*params.code == '\0' ||
                    strstr(error.text, params.code) == NULL),
               "refused: %s", what);
    fob_secret_free(&body);
}

static void test_session_request(void)
{
    session_is((struct fob_sts_session_params){3600, DEVICE, "990817"},
               "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=3600"
               "&SerialNumber=" DEVICE_ENCODED "&TokenCode=990817",
               "a session with MFA");
    session_is((struct fob_sts_session_params){0, "", ""},
               "Action=GetSessionToken&Version=2011-06-15",
               "a session without MFA");
    session_is((struct fob_sts_session_params){900, "GAHT12345678", "000000"},
               "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900"
               "&SerialNumber=GAHT12345678&TokenCode=000000",
               "a hardware device");
    session_is((struct fob_sts_session_params){899, DEVICE, "990817"}, NULL,
               "899 s");
    session_is((struct fob_sts_session_params){129601, DEVICE, "990817"}, NULL,
               "129601 s");
    session_is((struct fob_sts_session_params){0, DEVICE, "12345"}, NULL,
               "a code of 5 digits");
    session_is((struct fob_sts_session_params){0, DEVICE, "1234567"}, NULL,
               "a code of 7 digits");
    session_is((struct fob_sts_session_params){0, DEVICE, "12345x"}, NULL,
               "a code with a letter");
    session_is((struct fob_sts_session_params){0, DEVICE, ""}, NULL,
               "a device without a code");
    session_is((struct fob_sts_session_params){0, "", "990817"}, NULL,
               "a code without a device");
    session_is(
        (struct fob_sts_session_params){
            0, "arn:aws:iam::123456789012:sms-mfa/x", "990817"},
        NULL, "SMS");
    session_is(
        (struct fob_sts_session_params){
            0, "arn:aws:iam::123456789012:u2f/user/a/k", "990817"},
        NULL, "a FIDO key");
    session_is(
        (struct fob_sts_session_params){
            0, "arn:aws:iam::123456789012:user/alice", "990817"},
        NULL, "a user's ARN as a device");
}

static void test_role_request(void)
{
    static const struct fob_sts_tag tags[] = {{"Team", "R&D"}, {"Empty", ""}};
    static const char *const keys[] = {"Team"};
    static const char *const policies[] = {"arn:aws:iam::aws:policy/X"};
    static const struct fob_sts_role_params params = {
        .role_arn = ROLE,
        .session_name = "me@host",
        .duration_s = 43200,
        .serial = DEVICE,
        .code = "990817",
        .external_id = "a:b/c",
        .source_identity = "me",
        .policy = "{\"a\": 1}",
        .policy_arns = policies,
        .policy_arn_count = 1,
        .tags = tags,
        .tag_count = 2,
        .transitive_keys = keys,
        .transitive_key_count = 1,
    };
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error;

    tap_ok(
        fob_sts_role_request(&params, &body, &error) == FOB_OK &&
            is_body(&body,
                    "Action=AssumeRole&Version=2011-06-15"
                    "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fr"
                    "&RoleSessionName=me%40host&DurationSeconds=43200"
                    "&SerialNumber=" DEVICE_ENCODED "&TokenCode=990817"
                    "&ExternalId=a%3Ab%2Fc&SourceIdentity=me"
                    "&Policy=%7B%22a%22%3A%201%7D"
                    "&PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy"
                    "%2FX&Tags.member.1.Key=Team&Tags.member.1.Value=R%26D"
                    "&Tags.member.2.Key=Empty&Tags.member.2.Value="
                    "&TransitiveTagKeys.member.1=Team"),
        "every parameter of AssumeRole");
    fob_secret_free(&body);
}

static void role_refused(struct fob_sts_role_params params, const char *what)
{
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error = {FOB_OK, "", ""};

    tap_ok(fob_sts_role_request(&params, &body, &error) == FOB_E_USAGE &&
               body.data == NULL && *error.text != '\0',
           "refused: %s", what);
}

/* Limits count characters: 128 of two bytes each. */
static void test_role_characters(void)
{
    char key[2 * 129 + 1] = "";
    const struct fob_sts_tag tag = {key, ""};
    struct fob_sts_role_params params = {ROLE, "me", 0, "",   "", "",   "",
                                         "",   NULL, 0, &tag, 1,  NULL, 0};
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error;

    for (size_t i = 0; i < 128; i++)
        memcpy(key + 2 * i, "\xc3\xa9", 3);
    tap_ok(fob_sts_role_request(&params, &body, &error) == FOB_OK,
           "a tag's key of 128 characters");
    fob_secret_free(&body);
    memcpy(key + 2 * 128, "\xc3\xa9", 3);
    role_refused(params, "a tag's key of 129 characters");
}

static void test_role_limits(void)
{
    static const struct fob_sts_tag bad_tag[] = {{"", "v"}};
    static const struct fob_sts_tag control[] = {{"k", "a\nb"}};
    const struct fob_sts_role_params good = {ROLE, "me", 0, "",   "", "",   "",
                                             "",   NULL, 0, NULL, 0,  NULL, 0};
    struct fob_sts_role_params params = good;

    params.role_arn = "arn:aws:iam::123456789012:user/alice";
    role_refused(params, "a user's ARN as a role");
    params = good, params.role_arn = "";
    role_refused(params, "no role");
    params = good, params.session_name = "x";
    role_refused(params, "a session name of one character");
    params = good, params.session_name = "a b";
    role_refused(params, "a session name with a space");
    params = good, params.duration_s = 43201;
    role_refused(params, "12 h and a second");
    params = good, params.external_id = "x";
    role_refused(params, "an external id of one character");
    params = good, params.source_identity = "a/b";
    role_refused(params, "a source identity with a slash");
    params = good, params.tags = bad_tag, params.tag_count = 1;
    role_refused(params, "a tag without a key");
    params = good, params.tags = control, params.tag_count = 1;
    role_refused(params, "a tag with a line end");
    params = good, params.tags = bad_tag, params.tag_count = 51;
    role_refused(params, "51 tags");
}

static const struct reply_pair CREDENTIALS[] = {
    {"GetSessionTokenResult/Credentials/AccessKeyId", "ASIAEXAMPLE"},
    {"GetSessionTokenResult/Credentials/SecretAccessKey", "se/cret"},
    {"GetSessionTokenResult/Credentials/SessionToken", "to+ken=="},
    {"GetSessionTokenResult/Credentials/Expiration", "2026-11-23T17:33:00Z"},
    {"ResponseMetadata/RequestId", "id"},
    {NULL, NULL},
};

static void test_session_reply(void)
{
    uint8_t room[1024];
    struct fob_exchange_reply reply =
        reply_of(200, CREDENTIALS, room, sizeof(room));
    struct fob_session session;
    struct fob_error error;

    tap_ok(fob_sts_session_reply(&reply, &session, &error) == FOB_OK &&
               strcmp(session.access_key_id, "ASIAEXAMPLE") == 0 &&
               strcmp((char *)session.secret_key.data, "se/cret") == 0 &&
               strcmp((char *)session.token.data, "to+ken==") == 0 &&
               session.expires_s == 1795455180,
           "credentials of a session");
    fob_session_free(&session);
    tap_ok(session.secret_key.data == NULL && session.token.data == NULL &&
               session.expires_s == 0,
           "and their end");
    tap_ok(fob_sts_role_reply(&reply, &session, &error) == FOB_E_REPLY,
           "are not those of a role");
}

static void test_session_reply_lacks(void)
{
    uint8_t room[1024];
    struct reply_pair pairs[6];
    struct fob_session session;
    struct fob_error error;

    for (size_t i = 0; i < 4; i++) {
        struct fob_exchange_reply reply;

        memcpy(pairs, CREDENTIALS, sizeof(pairs));
        pairs[i].value = i == 3 ? "soon" : "";
        reply = reply_of(200, pairs, room, sizeof(room));
        tap_ok(fob_sts_session_reply(&reply, &session, &error) == FOB_E_REPLY &&
                   session.secret_key.data == NULL &&
                   session.token.data == NULL && *session.access_key_id == '\0',
               "a reply without %s gives nothing", pairs[i].path + 34);
    }
}

static void federation_is(struct fob_sts_federation_params params,
                          const char *text, const char *what)
{
    struct fob_secret body = {NULL, 0, 0};
    struct fob_error error = {FOB_OK, "", ""};
    enum fob_status status = fob_sts_federation_request(&params, &body, &error);

    if (text != NULL)
        tap_ok(status == FOB_OK && is_body(&body, text), "%s", what);
    else
        tap_ok(status == FOB_E_USAGE && body.data == NULL, "refused: %s", what);
    fob_secret_free(&body);
}

static void test_federation(void)
{
    static const struct reply_pair pairs[] = {
        {"GetFederationTokenResult/Credentials/AccessKeyId", "ASIAEXAMPLE"},
        {"GetFederationTokenResult/Credentials/SecretAccessKey", "se/cret"},
        {"GetFederationTokenResult/Credentials/SessionToken", "to+ken=="},
        {"GetFederationTokenResult/Credentials/Expiration",
         "2026-11-23T17:33:00Z"},
        {NULL, NULL},
    };
    uint8_t room[1024];
    struct fob_exchange_reply reply = reply_of(200, pairs, room, sizeof(room));
    struct fob_session session;
    struct fob_error error;

    federation_is((struct fob_sts_federation_params){"alice", "{}", 3600},
                  "Action=GetFederationToken&Version=2011-06-15&Name=alice"
                  "&Policy=%7B%7D&DurationSeconds=3600",
                  "a federated user's session");
    federation_is((struct fob_sts_federation_params){"a", "{}", 0}, NULL,
                  "a name of one character");
    federation_is(
        (struct fob_sts_federation_params){"123456789012345678901234567890123",
                                           "{}", 0},
        NULL, "a name of 33");
    federation_is((struct fob_sts_federation_params){"a/b", "{}", 0}, NULL,
                  "a name with a slash");
    federation_is((struct fob_sts_federation_params){"alice", "{}", 129601},
                  NULL, "36 h and a second");
    tap_ok(fob_sts_federation_reply(&reply, &session, &error) == FOB_OK &&
               strcmp(session.access_key_id, "ASIAEXAMPLE") == 0 &&
               strcmp((char *)session.token.data, "to+ken==") == 0,
           "the credentials of a federated user");
    fob_session_free(&session);
    tap_ok(fob_sts_session_reply(&reply, &session, &error) == FOB_E_REPLY,
           "are not those of a session");
}

static void test_identity(void)
{
    static const struct reply_pair pairs[] = {
        {"GetCallerIdentityResult/Arn", "arn:aws:iam::123456789012:user/a"},
        {"GetCallerIdentityResult/UserId", "AIDA"},
        {"GetCallerIdentityResult/Account", "123456789012"},
        {NULL, NULL},
    };
    static const struct reply_pair odd[] = {
        {"GetCallerIdentityResult/Arn", "arn\n"},
        {"GetCallerIdentityResult/UserId", "AIDA"},
        {"GetCallerIdentityResult/Account", "1234567890123"},
        {NULL, NULL},
    };
    struct fob_secret body = {NULL, 0, 0};
    struct fob_sts_identity identity;
    struct fob_exchange_reply reply;
    struct fob_error error;
    uint8_t room[512];

    tap_ok(fob_sts_identity_request(&body, &error) == FOB_OK &&
               is_body(&body, "Action=GetCallerIdentity&Version=2011-06-15"),
           "asking who one is");
    fob_secret_free(&body);
    reply = reply_of(200, pairs, room, sizeof(room));
    tap_ok(fob_sts_identity_reply(&reply, &identity, &error) == FOB_OK &&
               strcmp(identity.account, "123456789012") == 0 &&
               strcmp(identity.arn, "arn:aws:iam::123456789012:user/a") == 0 &&
               strcmp(identity.user_id, "AIDA") == 0,
           "the answer");
    reply = reply_of(200, odd, room, sizeof(room));
    tap_ok(fob_sts_identity_reply(&reply, &identity, &error) == FOB_E_REPLY &&
               *identity.account == '\0',
           "an answer with a line end in the ARN and 13 digits is none");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_session_request();
    test_role_request();
    test_role_characters();
    test_role_limits();
    test_session_reply();
    test_session_reply_lacks();
    test_federation();
    test_identity();
    return tap_done();
}
