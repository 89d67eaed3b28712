/* SPDX-License-Identifier: MIT */
/* AWS's published signatures (its SigV4 test suite), and the limits. */
#include "host/aws/sigv4.h"

#include "tests/lib/tap.h"

#define LETTERS                                                                \
    "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define TOKEN                                                                  \
    "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLW"    \
    "sKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmG"    \
    "deehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlR"    \
    "d8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlz"    \
    "m8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
#define FORM "application/x-www-form-urlencoded"
#define VANILLA                                                                \
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
#define POST_VANILLA                                                           \
    "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
#define POST_QUERY                                                             \
    "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"

/* 2015-08-30T12:36:00Z */
static const int64_t TIME_S = 1440938160;
static const char SECRET[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

struct vector {
    const char *name;
    const char *method;
    const char *path;
    const char *query;
    struct fob_exchange_header headers[4];
    const char *body;
    const char *token;
    const char *signed_headers;
    const char *signature;
};

static const struct vector VECTORS[] = {
    {"get-vanilla", "GET", "/", "", {{0}}, "", "", "host;x-amz-date", VANILLA},
    {"get-vanilla-query",
     "GET",
     "/",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     VANILLA},
    {"get-vanilla-empty-query-key",
     "GET",
     "/",
     "Param1=value1",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
    {"get-vanilla-query-order-key",
     "GET",
     "/",
     "Param1=value2&Param1=Value1",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1"},
    {"get-vanilla-query-order-key-case",
     "GET",
     "/",
     "Param2=value2&Param1=value1",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
    {"get-vanilla-query-order-value",
     "GET",
     "/",
     "Param1=value2&Param1=value1",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"},
    {"get-vanilla-query-unreserved",
     "GET",
     "/",
     LETTERS "=" LETTERS,
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"},
    {"get-vanilla-utf8-query",
     "GET",
     "/",
     "\xe1\x88\xb4=bar",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
    {"get-header-key-duplicate",
     "GET",
     "/",
     "",
     {{"My-Header1", "value2"},
      {"My-Header1", "value2"},
      {"My-Header1", "value1"}},
     "",
     "",
     "host;my-header1;x-amz-date",
     "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
    {"get-header-value-order",
     "GET",
     "/",
     "",
     {{"My-Header1", "value4"},
      {"My-Header1", "value1"},
      {"My-Header1", "value3"},
      {"My-Header1", "value2"}},
     "",
     "",
     "host;my-header1;x-amz-date",
     "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"},
    {"get-header-value-trim",
     "GET",
     "/",
     "",
     {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\" "}},
     "",
     "",
     "host;my-header1;my-header2;x-amz-date",
     "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
    {"get-unreserved",
     "GET",
     "/" LETTERS,
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
    {"get-utf8",
     "GET",
     "/\xe1\x88\xb4",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
    {"get-relative",
     "GET",
     "/example/..",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     VANILLA},
    {"get-relative-relative",
     "GET",
     "/example1/example2/../..",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     VANILLA},
    {"get-slash", "GET", "//", "", {{0}}, "", "", "host;x-amz-date", VANILLA},
    {"get-slash-dot-slash",
     "GET",
     "/./",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     VANILLA},
    {"get-slash-pointless-dot",
     "GET",
     "/./example",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"},
    {"get-slashes",
     "GET",
     "//example//",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
    {"get-space",
     "GET",
     "/example space/",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
    {"post-vanilla",
     "POST",
     "/",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     POST_VANILLA},
    {"post-header-key-case",
     "POST",
     "/",
     "",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     POST_VANILLA},
    {"post-vanilla-query",
     "POST",
     "/",
     "Param1=value1",
     {{0}},
     "",
     "",
     "host;x-amz-date",
     POST_QUERY},
    {"post-header-key-sort",
     "POST",
     "/",
     "",
     {{"My-Header1", "value1"}},
     "",
     "",
     "host;my-header1;x-amz-date",
     "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"},
    {"post-header-value-case",
     "POST",
     "/",
     "",
     {{"My-Header1", "VALUE1"}},
     "",
     "",
     "host;my-header1;x-amz-date",
     "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"},
    {"post-sts-header-before",
     "POST",
     "/",
     "",
     {{0}},
     "",
     TOKEN,
     "host;x-amz-date;x-amz-security-token",
     "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"},
    {"post-x-www-form-urlencoded",
     "POST",
     "/",
     "",
     {{"Content-Type", FORM}},
     "Param1=value1",
     "",
     "content-type;host;x-amz-date",
     "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
    {"post-x-www-form-urlencoded-parameters",
     "POST",
     "/",
     "",
     {{"Content-Type", FORM "; charset=utf8"}},
     "Param1=value1",
     "",
     "content-type;host;x-amz-date",
     "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe"},
};

static struct fob_sigv4_request request_of(const struct vector *vector)
{
    struct fob_sigv4_request request = {
        .method = vector->method,
        .host = "example.amazonaws.com",
        .path = vector->path,
        .query = vector->query,
        .headers = vector->headers,
        .body = vector->body,
        .body_len = strlen(vector->body),
        .region = "us-east-1",
        .service = "service",
        .time_s = TIME_S,
    };

    while (request.header_count < 4 &&
           vector->headers[request.header_count].name != NULL)
        request.header_count++;
    return request;
}

static enum fob_status sign(const struct vector *vector,
                            struct fob_sigv4_signature *signature)
{
    struct fob_sigv4_request request = request_of(vector);
    const struct fob_sigv4_key key = {"AKIDEXAMPLE", (const uint8_t *)SECRET,
                                      strlen(SECRET), vector->token};

    return fob_sigv4_sign(&request, &key, signature);
}

static void test_vector(const struct vector *vector)
{
    struct fob_sigv4_signature signature;
    char wanted[1024];

    snprintf(wanted, sizeof(wanted),
             "AWS4-HMAC-SHA256 "
             "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
             "SignedHeaders=%s, Signature=%s",
             vector->signed_headers, vector->signature);
    tap_ok(sign(vector, &signature) == FOB_OK &&
               strcmp(signature.authorization, wanted) == 0 &&
               strcmp(signature.date, "20150830T123600Z") == 0,
           "%s", vector->name);
}

static bool is_zero(const struct fob_sigv4_signature *signature)
{
    static const struct fob_sigv4_signature zero;

    return memcmp(signature, &zero, sizeof(zero)) == 0;
}

static void test_limits(void)
{
    static char path[1100], query[5000];
    struct fob_sigv4_signature signature;
    struct vector vector = VECTORS[0];
    struct fob_sigv4_request request = request_of(&vector);
    const struct fob_sigv4_key key = {"AKIDEXAMPLE", (const uint8_t *)SECRET,
                                      strlen(SECRET), ""};

    memset(path, '/', sizeof(path) - 1);
    path[1023] = '\0';
    vector.path = path;
    tap_ok(sign(&vector, &signature) == FOB_OK, "a path of 1023 bytes");
    path[1023] = '/';
    tap_ok(sign(&vector, &signature) == FOB_E_TOO_LONG && is_zero(&signature),
           "one byte more is too long");
    vector.path = "/";
    memset(query, '&', sizeof(query) - 1);
    vector.query = query;
    tap_ok(sign(&vector, &signature) == FOB_E_TOO_LONG && is_zero(&signature),
           "a query of 5000 bytes is too long");
    query[129] = '\0';
    tap_ok(sign(&vector, &signature) == FOB_E_TOO_LONG,
           "129 parameters are too many");
    request.time_s = -1;
    tap_ok(fob_sigv4_sign(&request, &key, &signature) == FOB_E_USAGE,
           "no time before 1970");
    request.time_s = 253402300800;
    tap_ok(fob_sigv4_sign(&request, &key, &signature) == FOB_E_USAGE,
           "no time after 9999");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(VECTORS) / sizeof(VECTORS[0]); i++)
        test_vector(&VECTORS[i]);
    test_limits();
    return tap_done();
}
