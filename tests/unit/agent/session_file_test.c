/* SPDX-License-Identifier: MIT */
/* A session in the bytes of the cache: as agents before this one wrote them. */
#include "host/agent/state/session_file.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

/* A tag, a length of 4 bytes, the value; docs/protocol.md. */
#define KEY_ID "26 00000004 414b4941"           /* AKIA */
#define SECRET "27 00000003 536563"             /* Sec */
#define TOKEN "28 00000003 546f6b"              /* Tok */
#define END_2026 "29 00000008 000000006955b900" /* 1767225600 */
#define SERIAL "12 00000003 61726e"             /* arn */
#define PROFILE "20 00000004 776f726b"          /* work */
#define ACCOUNT "2a 0000000c 313131313232323233333333"
#define CREATED "13 00000008 000000006955b8ff"

static const char session_bytes[] =
    KEY_ID SECRET TOKEN END_2026 SERIAL PROFILE ACCOUNT;

static enum fob_status decode(const char *hex, struct session *session)
{
    struct fob_secret content = {0};
    size_t len;
    uint8_t *data = exact_hex(hex, &len);
    enum fob_status status = fob_secret_copy(&content, data, len);

    if (status == FOB_OK)
        status = session_file_decode(&content, session);
    fob_secret_free(&content);
    free(data);
    return status;
}

static bool comes_back(const char *hex, const struct session *session)
{
    struct fob_secret content = {0};
    size_t len;
    uint8_t *data = exact_hex(hex, &len);
    bool is_same = session_file_encode(session, &content) == FOB_OK &&
                   content.len == len && memcmp(content.data, data, len) == 0;

    fob_secret_free(&content);
    free(data);
    return is_same;
}

static void test_session(void)
{
    struct session session = {0};

    tap_ok(decode(session_bytes, &session) == FOB_OK, "a session is read");
    tap_ok(strcmp(session.credentials.access_key_id, "AKIA") == 0 &&
               strcmp((char *)session.credentials.secret_key.data, "Sec") ==
                   0 &&
               strcmp((char *)session.credentials.token.data, "Tok") == 0 &&
               strcmp(session.serial, "arn") == 0 &&
               strcmp(session.profile, "work") == 0 &&
               strcmp(session.account_id, "111122223333") == 0,
           "with all that it is");
    tap_ok(session_is_temporary(&session) && session_has_end(&session) &&
               session_left_s(&session, 1767225000) == 600,
           "and its end");
    tap_ok(comes_back(session_bytes, &session), "and written as it was");
    session_free(&session);
    tap_ok(session_is_empty(&session) && session.credentials.token.data == NULL,
           "freed, it is none");
}

static void test_printed(void)
{
    static const char bytes[] = KEY_ID SECRET PROFILE CREATED;
    struct session key = {0};

    tap_ok(decode(bytes, &key) == FOB_OK && !session_is_temporary(&key) &&
               key.created_s == 1767225599,
           "a long-term key that a command printed is read");
    tap_ok(!session_has_end(&key) &&
               session_left_s(&key, 1767225600) == INT64_MAX,
           "it does not end");
    tap_ok(comes_back(bytes, &key), "and is written as it was");
    session_free(&key);
}

static void test_damaged(void)
{
    static const struct {
        const char *name;
        const char *hex;
    } bad[] = {
        {"nothing is no session", ""},
        {"a session without its key id", SECRET TOKEN END_2026},
        {"an empty key id", "26 00000000" SECRET},
        {"a session without its secret", KEY_ID TOKEN END_2026},
        {"a text with a NUL", "26 00000002 4100" SECRET},
        {"an account of 13 digits",
         KEY_ID SECRET "2a 0000000d 31313131323232323333333334"},
        {"an end beyond time", KEY_ID SECRET "29 00000008 8000000000000000"},
        {"a field that is cut", KEY_ID "27 00000004 536563"},
    };
    struct session session = {0};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        tap_ok(decode(bad[i].hex, &session) == FOB_E_DAMAGED &&
                   session_is_empty(&session) &&
                   session.credentials.secret_key.data == NULL,
               "%s", bad[i].name);
}

static void test_signing_key(void)
{
    struct session session = {0};
    struct fob_sigv4_key key;

    tap_ok(decode(session_bytes, &session) == FOB_OK, "a session");
    key = session_signing_key(&session);
    tap_ok(strcmp(key.access_key_id, "AKIA") == 0 && key.secret_len == 3 &&
               memcmp(key.secret, "Sec", 3) == 0 &&
               strcmp(key.session_token, "Tok") == 0,
           "signs with its token");
    session_free(&session);
    tap_ok(decode(KEY_ID SECRET, &session) == FOB_OK &&
               strcmp(session_signing_key(&session).session_token, "") == 0,
           "a long-term key signs without one");
    session_free(&session);
}

static void test_owner(void)
{
    static const char role[] = "arn:aws:iam::444455556666:role/Deploy";
    struct session session = {0};
    char text[FOB_NAME_MAX + 2] = {0};

    session_set_owner(&session, "work", "GAHT12345678", role);
    tap_ok(strcmp(session.profile, "work") == 0 &&
               strcmp(session.serial, "GAHT12345678") == 0 &&
               strcmp(session.account_id, "444455556666") == 0,
           "a role's session is of the role's account");
    memset(text, 'a', sizeof(text) - 1);
    session_set_owner(&session, text, "GAHT12345678", "GAHT12345678");
    tap_ok(session.profile[0] == '\0' && session.account_id[0] == '\0',
           "what is too long, or no ARN, is left out");
    session_set_serial(&session, NULL);
    tap_ok(session.serial[0] == '\0', "no device is none");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_session();
    test_printed();
    test_damaged();
    test_signing_key();
    test_owner();
    return tap_done();
}
