/* SPDX-License-Identifier: MIT */
#include "host/import/keys/jwe.h"

#include "host/import/json/base64.h"
#include "host/import/json/json_view.h"
#include "host/import/keys/jwe_crypt.h"
#include "src/wipe.h"

#include <string.h>

/* jose2go makes 8192 rounds and reads 1.3 million. */
enum { ROUNDS_MAX = 2000000, HEADER_MAX = 4096 };

static const char algorithm[] = "PBES2-HS256+A128KW";

enum member { ALG, ENC, ZIP, CRIT, P2S, P2C, MEMBERS };
static const char *const names[MEMBERS] = {"alg",  "enc", "zip",
                                           "crit", "p2s", "p2c"};

/* Exactly `want` bytes, for parts whose length the algorithms fix. */
static enum fob_status decode_exact(struct fob_span text, uint8_t *bytes,
                                    size_t want)
{
    uint8_t room[(FOB_JWE_WRAPPED_LEN / 3 + 2) * 4];
    size_t len = 0;
    enum fob_status status = FOB_E_SYNTAX;

    if (text.len <= sizeof(room))
        status = base64_decode(text.at, text.len, room, &len);
    if (status == FOB_OK && len == want)
        memcpy(bytes, room, want);
    return status == FOB_OK && len == want ? FOB_OK : FOB_E_SYNTAX;
}

static bool is_text(struct fob_span value, const char *want)
{
    char text[32];

    return fob_json_view_text(value, text, sizeof(text)) == FOB_OK &&
           strcmp(text, want) == 0;
}

/* The name of the algorithm, a NUL, and the header's own salt. */
static enum fob_status read_salt(struct fob_span value, struct fob_jwe *jwe)
{
    char text[FOB_JWE_SALT_MAX];
    uint8_t salt[sizeof(text)];
    size_t len;
    enum fob_status status = fob_json_view_text(value, text, sizeof(text));

    if (status == FOB_OK)
        status = base64_decode(text, strlen(text), salt, &len);
    if (status != FOB_OK || sizeof(algorithm) + len > sizeof(jwe->salt))
        return FOB_E_SYNTAX;
    memcpy(jwe->salt, algorithm, sizeof(algorithm));
    memcpy(jwe->salt + sizeof(algorithm), salt, len);
    jwe->salt_len = sizeof(algorithm) + len;
    return FOB_OK;
}

static enum fob_status read_members(struct fob_span object, struct fob_jwe *jwe)
{
    struct fob_span member[MEMBERS];
    uint64_t rounds = 0;
    enum fob_status status =
        fob_json_view_members(object, names, MEMBERS, member);

    if (status != FOB_OK || member[ALG].len == 0 || member[ENC].len == 0)
        return FOB_E_SYNTAX;
    if (!is_text(member[ALG], algorithm) || !is_text(member[ENC], "A256GCM") ||
        member[ZIP].len > 0 || member[CRIT].len > 0)
        return FOB_E_UNSUPPORTED;
    status = fob_json_view_number(member[P2C], ROUNDS_MAX, &rounds);
    if (status == FOB_OK)
        status = read_salt(member[P2S], jwe);
    if (status == FOB_OK && rounds == 0)
        status = FOB_E_SYNTAX;
    jwe->rounds = (uint32_t)rounds;
    return status == FOB_E_TOO_LONG ? FOB_E_UNSUPPORTED : status;
}

static enum fob_status read_header(struct fob_span text, struct fob_jwe *jwe)
{
    uint8_t json[HEADER_MAX];
    struct fob_span object;
    size_t len, line;
    enum fob_status status = FOB_E_SYNTAX;

    if (text.len <= sizeof(json))
        status = base64_decode(text.at, text.len, json, &len);
    if (status == FOB_OK)
        status = fob_json_view_open((struct fob_span){(const char *)json, len},
                                    &object, &line);
    jwe->header = text;
    return status == FOB_OK ? read_members(object, jwe) : status;
}

static enum fob_status read_sealed(struct fob_span text, struct fob_jwe *jwe)
{
    enum fob_status status = fob_secret_alloc(&jwe->sealed, text.len);

    return status == FOB_OK ? base64_decode(text.at, text.len, jwe->sealed.data,
                                            &jwe->sealed.len)
                            : status;
}

enum fob_status fob_jwe_read(struct fob_span text, struct fob_jwe *jwe)
{
    struct fob_span rest = fob_span_trim(text, " \t\r\n"), part[5];
    enum fob_status status;

    *jwe = (struct fob_jwe){0};
    for (int i = 0; i < 5; i++)
        part[i] = fob_span_cut(&rest, '.');
    if (part[4].at == NULL || rest.at != NULL)
        return FOB_E_SYNTAX;
    status = read_header(part[0], jwe);
    if (status == FOB_OK)
        status = decode_exact(part[1], jwe->wrapped, FOB_JWE_WRAPPED_LEN);
    if (status == FOB_OK)
        status = decode_exact(part[2], jwe->nonce, FOB_JWE_NONCE_LEN);
    if (status == FOB_OK)
        status = read_sealed(part[3], jwe);
    if (status == FOB_OK)
        status = decode_exact(part[4], jwe->tag, FOB_JWE_TAG_LEN);
    if (status != FOB_OK)
        fob_jwe_free(jwe);
    return status;
}

void fob_jwe_free(struct fob_jwe *jwe)
{
    fob_secret_free(&jwe->sealed);
    *jwe = (struct fob_jwe){0};
}

static enum fob_status find_key(const struct fob_jwe *jwe,
                                const struct fob_secret *password,
                                uint8_t key[static FOB_JWE_KEY_LEN])
{
    uint8_t wrapper[JWE_WRAPPER_LEN];
    enum fob_status status = FOB_E_WRONG_KEY;

    for (int is_odd = 0; status == FOB_E_WRONG_KEY && is_odd <= 1; is_odd++) {
        jwe_crypt_derive(jwe, password, is_odd == 1, wrapper);
        status = jwe_crypt_unwrap(jwe, wrapper, key);
    }
    fob_wipe(wrapper, sizeof(wrapper));
    return status;
}

enum fob_status fob_jwe_open(const struct fob_jwe *jwe,
                             const struct fob_secret *password,
                             struct fob_secret *plain)
{
    uint8_t key[FOB_JWE_KEY_LEN];
    enum fob_status status = find_key(jwe, password, key);

    if (status == FOB_OK)
        status = jwe_crypt_open(jwe, key, plain);
    fob_wipe(key, sizeof(key));
    return status;
}
