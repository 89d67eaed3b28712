/* SPDX-License-Identifier: MIT */
#include "host/aws/sigv4.h"

#include "host/aws/sigv4_canonical.h"
#include "host/base/text.h"
#include "src/hmac.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <string.h>
#include <time.h>

enum {
    HEX_LEN = 2 * FOB_SHA256_LEN,
    DAY_LEN = 8, /* the YYYYMMDD of a date */
    SECRET_MAX = 256,
    SCOPE_MAX = 191,
};

static const char ALGORITHM[] = "AWS4-HMAC-SHA256";
static const char TERMINATOR[] = "aws4_request";

static enum fob_status date_format(int64_t time_s,
                                   char date[static FOB_SIGV4_DATE_LEN + 1])
{
    static const int64_t max_s = 253402300799; /* the end of year 9999 */
    time_t time = (time_t)time_s;
    struct tm utc;

    if (time_s < 0 || time_s > max_s || gmtime_r(&time, &utc) == NULL)
        return FOB_E_USAGE;
    return strftime(date, FOB_SIGV4_DATE_LEN + 1, "%Y%m%dT%H%M%SZ", &utc) ==
                   FOB_SIGV4_DATE_LEN
               ? FOB_OK
               : FOB_E_USAGE;
}

static void digest_hex(struct fob_digest *digest, char hex[static HEX_LEN + 1])
{
    uint8_t hash[FOB_SHA256_LEN];

    fob_digest_final(digest, hash);
    fob_text_hex(hash, sizeof(hash), hex);
}

static void payload_hash(const void *body, size_t len,
                         char hex[static HEX_LEN + 1])
{
    struct fob_digest digest;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, body, len);
    digest_hex(&digest, hex);
}

/* The canonical request is hashed as it is made and never stored. */
static enum fob_status canonical_hash(const struct fob_sigv4_request *request,
                                      const struct sigv4_headers *headers,
                                      char hex[static HEX_LEN + 1])
{
    struct fob_digest digest;
    char payload[HEX_LEN + 1];
    enum fob_status status;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, request->method, strlen(request->method));
    fob_digest_update(&digest, "\n", 1);
    status = sigv4_add_path(&digest, request->path);
    if (status == FOB_OK)
        status = sigv4_add_query(&digest, request->query);
    if (status == FOB_OK) {
        sigv4_add_headers(&digest, headers);
        payload_hash(request->body, request->body_len, payload);
        fob_digest_update(&digest, payload, HEX_LEN);
    }
    digest_hex(&digest, hex);
    return status;
}

/* One link of the chain of keys; `out` may be `key`. */
static void chain_key(const uint8_t *key, size_t key_len, const char *text,
                      size_t len, uint8_t out[static FOB_SHA256_LEN])
{
    struct fob_hmac_key hmac;

    fob_hmac_key_init(&hmac, &fob_sha256, key, key_len);
    fob_hmac(&hmac, text, len, out);
    fob_hmac_key_clear(&hmac);
}

static enum fob_status signing_key(const struct fob_sigv4_key *key,
                                   const char *date, const char *region,
                                   const char *service,
                                   uint8_t out[static FOB_SHA256_LEN])
{
    static const char prefix[] = "AWS4";
    uint8_t seed[sizeof(prefix) - 1 + SECRET_MAX];
    size_t len = strlen(prefix);

    if (key->secret_len > SECRET_MAX)
        return FOB_E_TOO_LONG;
    memcpy(seed, prefix, len);
    memcpy(seed + len, key->secret, key->secret_len);
    chain_key(seed, len + key->secret_len, date, DAY_LEN, out);
    fob_wipe(seed, sizeof(seed));
    chain_key(out, FOB_SHA256_LEN, region, strlen(region), out);
    chain_key(out, FOB_SHA256_LEN, service, strlen(service), out);
    chain_key(out, FOB_SHA256_LEN, TERMINATOR, strlen(TERMINATOR), out);
    return FOB_OK;
}

static enum fob_status sign_text(const struct fob_sigv4_request *request,
                                 const struct fob_sigv4_key *key,
                                 const char *text, const char *date,
                                 char hex[static HEX_LEN + 1])
{
    uint8_t secret[FOB_SHA256_LEN], mac[FOB_SHA256_LEN];
    enum fob_status status;

    status = signing_key(key, date, request->region, request->service, secret);
    if (status == FOB_OK) {
        chain_key(secret, sizeof(secret), text, strlen(text), mac);
        fob_text_hex(mac, sizeof(mac), hex);
    }
    fob_wipe(secret, sizeof(secret));
    return status;
}

static enum fob_status sign_request(const struct fob_sigv4_request *request,
                                    const struct fob_sigv4_key *key,
                                    struct fob_sigv4_signature *signature)
{
    char text[sizeof(ALGORITHM) + FOB_SIGV4_DATE_LEN + SCOPE_MAX + HEX_LEN + 4];
    char scope[SCOPE_MAX + 1], hex[HEX_LEN + 1];
    struct sigv4_headers headers;
    enum fob_status status;

    status = date_format(request->time_s, signature->date);
    if (status == FOB_OK)
        status = fob_text_format(scope, sizeof(scope), "%.*s/%s/%s/%s", DAY_LEN,
                                 signature->date, request->region,
                                 request->service, TERMINATOR);
    if (status == FOB_OK)
        status = sigv4_headers_init(&headers, request, signature->date,
                                    key->session_token);
    if (status == FOB_OK)
        status = canonical_hash(request, &headers, hex);
    if (status == FOB_OK)
        status = fob_text_format(text, sizeof(text), "%s\n%s\n%s\n%s",
                                 ALGORITHM, signature->date, scope, hex);
    if (status == FOB_OK)
        status = sign_text(request, key, text, signature->date, hex);
    if (status != FOB_OK)
        return status;
    return fob_text_format(
        signature->authorization, sizeof(signature->authorization),
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s", ALGORITHM,
        key->access_key_id, scope, headers.names, hex);
}

enum fob_status fob_sigv4_sign(const struct fob_sigv4_request *request,
                               const struct fob_sigv4_key *key,
                               struct fob_sigv4_signature *signature)
{
    enum fob_status status;

    memset(signature, 0, sizeof(*signature));
    status = sign_request(request, key, signature);
    if (status != FOB_OK)
        memset(signature, 0, sizeof(*signature));
    return status;
}
