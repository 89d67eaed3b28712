/* SPDX-License-Identifier: MIT */
/* The examples of FIPS 180-4, whole and in pieces. */
#include "src/digest.h"
#include "src/sha1.h"
#include "src/sha256.h"
#include "src/sha512.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static const struct {
    const struct fob_digest_kind *kind;
    const char *message, *hex;
} vectors[] = {
    {&fob_sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
    {&fob_sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
    {&fob_sha1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
    {&fob_sha1,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklm"
     "nopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "a49b2446a02c645bf419f995b67091253a04a259"},
    {&fob_sha256, "",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {&fob_sha256, "abc",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {&fob_sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {&fob_sha256,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklm"
     "nopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {&fob_sha512, "",
     "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d"
     "13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"},
    {&fob_sha512, "abc",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a21929"
     "92a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {&fob_sha512, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c33596fd1"
     "5c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445"},
    {&fob_sha512,
     "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklm"
     "nopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
     "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d2"
     "89e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"},
};

struct long_vector {
    const struct fob_digest_kind *kind;
    const char *hex;
};

/* FIPS 180-4's long example: a million times the letter a. */
static const struct long_vector millions[] = {
    {&fob_sha1, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
    {&fob_sha256,
     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {&fob_sha512,
     "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff"
     "244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"},
};

/* The hash of the hashes of messages of 0 to 260 bytes, by Python's hashlib:
 * every way that a message can end in a block. */
static const struct long_vector lengths[] = {
    {&fob_sha1, "47348438734738a4d9414450603cce22312af043"},
    {&fob_sha256,
     "0cc209c6224061d707e13bec3a2030c118f26aa54893df4a7789e28ad756a7f0"},
    {&fob_sha512,
     "915194eeddc617c5bd81bd9009da1a1bb6bf61c658f2cc3fa92d1ad94cac47fbf727c"
     "3ee5746d48a869b163c9493ed26ea7bca0e02dcf87e066dfad0f74abfe7"},
};

static bool is_hex(const uint8_t *got, const char *hex, size_t len)
{
    size_t want_len;
    uint8_t *want = exact_hex(hex, &want_len);
    bool good = want_len == len && memcmp(got, want, len) == 0;

    free(want);
    return good;
}

/* Hash the first `cut` bytes, then the others `step` by `step`. */
static bool hashes(size_t vector, size_t cut, size_t step)
{
    const struct fob_digest_kind *kind = vectors[vector].kind;
    size_t len = strlen(vectors[vector].message);
    uint8_t *data = exact_copy(vectors[vector].message, len);
    uint8_t *out = exact_copy(NULL, kind->digest_len);
    struct fob_digest digest;
    bool good;

    fob_digest_init(&digest, kind);
    fob_digest_update(&digest, data, cut);
    for (size_t at = cut; at < len; at += step)
        fob_digest_update(&digest, data + at,
                          len - at < step ? len - at : step);
    fob_digest_final(&digest, out);
    good = is_hex(out, vectors[vector].hex, kind->digest_len);
    free(data);
    free(out);
    return good;
}

static void test_vector(size_t vector)
{
    size_t len = strlen(vectors[vector].message);
    int bits = (int)vectors[vector].kind->digest_len * 8;
    unsigned wrong = 0;

    tap_ok(hashes(vector, len, 1), "%d bits of %d bytes", bits, (int)len);
    tap_ok(hashes(vector, 0, 1), "the same byte by byte");
    for (size_t cut = 0; cut <= len; cut++)
        wrong += !hashes(vector, cut, len);
    tap_ok(wrong == 0, "the same split at every point");
}

static void test_million(const struct long_vector *vector)
{
    uint8_t out[FOB_DIGEST_MAX];
    struct fob_digest digest;
    uint8_t part[250];

    memset(part, 'a', sizeof(part));
    fob_digest_init(&digest, vector->kind);
    for (int i = 0; i < 4000; i++)
        fob_digest_update(&digest, part, sizeof(part));
    fob_digest_final(&digest, out);
    tap_ok(is_hex(out, vector->hex, vector->kind->digest_len),
           "a million letters, %d bits", (int)vector->kind->digest_len * 8);
}

static void test_lengths(const struct long_vector *vector)
{
    uint8_t out[FOB_DIGEST_MAX];
    struct fob_digest outer, inner;

    fob_digest_init(&outer, vector->kind);
    for (size_t len = 0; len <= 260; len++) {
        uint8_t *data = exact_copy(NULL, len);

        for (size_t i = 0; i < len; i++)
            data[i] = (uint8_t)(i * 7 + len);
        fob_digest_init(&inner, vector->kind);
        fob_digest_update(&inner, data, len);
        fob_digest_final(&inner, out);
        fob_digest_update(&outer, out, vector->kind->digest_len);
        free(data);
    }
    fob_digest_final(&outer, out);
    tap_ok(is_hex(out, vector->hex, vector->kind->digest_len),
           "messages of 0 to 260 bytes, %d bits",
           (int)vector->kind->digest_len * 8);
}

static void test_wiped(void)
{
    static const struct fob_digest zeros;
    struct fob_digest digest, fork;
    uint8_t one[FOB_SHA256_LEN], two[FOB_SHA256_LEN];

    memset(&digest, 0, sizeof(digest));
    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, "secret", 6);
    fork = digest;
    fob_digest_final(&digest, one);
    tap_bytes(&digest, &zeros, sizeof(zeros), "final wipes the context");
    fob_digest_final(&fork, two);
    tap_bytes(one, two, sizeof(one), "a copied context goes its own way");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++)
        test_vector(i);
    for (size_t i = 0; i < 3; i++) {
        test_million(&millions[i]);
        test_lengths(&lengths[i]);
    }
    test_wiped();
    return tap_done();
}
