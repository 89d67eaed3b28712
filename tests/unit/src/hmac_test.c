/* SPDX-License-Identifier: MIT */
/* The test cases of RFC 2202 and RFC 4231, whole and in pieces. */
#include "src/hmac.h"
#include "src/sha1.h"
#include "src/sha256.h"
#include "src/sha512.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

/* Key, message and MAC in hex. */
static const struct {
    const struct fob_digest_kind *kind;
    const char *key, *message, *mac;
} vectors[] = {
    /* RFC 2202 section 3, cases 1 to 7 */
    {&fob_sha1, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
     "b617318655057264e28bc0b6fb378c8ef146be00"},
    {&fob_sha1, "4a656665",
     "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {&fob_sha1, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
     "ddddddddddddddddddddddddddddddd",
     "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
    {&fob_sha1, "0102030405060708090a0b0c0d0e0f10111213141516171819",
     "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdc"
     "dcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
     "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
    {&fob_sha1, "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
     "546573742057697468205472756e636174696f6e",
     "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
    {&fob_sha1,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b6579202d2048617368204b6579204669727374",
     "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
    {&fob_sha1,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b657920616e64204c6172676572205468616e204f6e6520426c6f636b2d53697a6520"
     "44617461",
     "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
    /* RFC 4231 section 4, cases 1 to 7 */
    {&fob_sha256, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
     "4869205468657265",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {&fob_sha256, "4a656665",
     "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {&fob_sha256, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
     "ddddddddddddddddddddddddddddddd",
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {&fob_sha256, "0102030405060708090a0b0c0d0e0f10111213141516171819",
     "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdc"
     "dcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
     "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
    {&fob_sha256, "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
     "546573742057697468205472756e636174696f6e",
     "a3b6167473100ee06e0c796c2955552bfa6f7c0a6a8aef8b93f860aab0cd20c5"},
    {&fob_sha256,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b6579202d2048617368204b6579204669727374",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {&fob_sha256,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "5468697320697320612074657374207573696e672061206c6172676572207468616e2"
     "0626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e2062"
     "6c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626"
     "520686173686564206265666f7265206265696e672075736564206279207468652048"
     "4d414320616c676f726974686d2e",
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
    {&fob_sha512, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
     "4869205468657265",
     "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa83"
     "3b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"},
    {&fob_sha512, "4a656665",
     "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
     "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758b"
     "f75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
    {&fob_sha512, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
     "ddddddddddddddddddddddddddddddd",
     "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e8"
     "48279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"},
    {&fob_sha512, "0102030405060708090a0b0c0d0e0f10111213141516171819",
     "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdc"
     "dcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
     "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca"
     "5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"},
    {&fob_sha512, "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
     "546573742057697468205472756e636174696f6e",
     "415fad6271580a531d4179bc891d87a650188707922a4fbb36663a1eb16da008711c5"
     "b50ddd0fc235084eb9d3364a1454fb2ef67cd1d29fe6773068ea266e96b"},
    {&fob_sha512,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b6579202d2048617368204b6579204669727374",
     "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d"
     "037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"},
    {&fob_sha512,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "5468697320697320612074657374207573696e672061206c6172676572207468616e2"
     "0626c6f636b2d73697a65206b657920616e642061206c6172676572207468616e2062"
     "6c6f636b2d73697a6520646174612e20546865206b6579206e6565647320746f20626"
     "520686173686564206265666f7265206265696e672075736564206279207468652048"
     "4d414320616c676f726974686d2e",
     "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022"
     "cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"},
    /* keys of a block, and one byte more, by Python's hmac */
    {&fob_sha1,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b6579202d2048617368204b6579204669727374",
     "070a98992c4c1a83474cb780fc564608df3cf503"},
    {&fob_sha256,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b6579202d2048617368204b6579204669727374",
     "c62955a96944ff68deabbc0eab6192065c1c55bb8ddee16151ed5337f911eab9"},
    {&fob_sha512,
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
     "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204"
     "b6579202d2048617368204b6579204669727374",
     "3509e3c2f595a04cded036836e06094146d866a0834de4839f4c349292e8a03e91f29"
     "070f7e414b64f286c29aacd4c19baebcda0d529abcbfb6caf189fb3079f"},
};

struct given {
    struct fob_hmac_key key;
    uint8_t *message, *want;
    size_t message_len, want_len;
};

static void given_init(struct given *given, size_t vector)
{
    size_t len;
    uint8_t *key = exact_hex(vectors[vector].key, &len);

    given->message = exact_hex(vectors[vector].message, &given->message_len);
    given->want = exact_hex(vectors[vector].mac, &given->want_len);
    fob_hmac_key_init(&given->key, vectors[vector].kind, key, len);
    free(key);
}

static void given_free(struct given *given)
{
    fob_hmac_key_clear(&given->key);
    free(given->message);
    free(given->want);
}

/* The MAC of the first `cut` bytes, then the others `step` by `step`. */
static bool authenticates(const struct given *given, size_t cut, size_t step)
{
    uint8_t *mac = exact_copy(NULL, given->want_len);
    size_t len = given->message_len;
    struct fob_digest digest;
    bool good;

    fob_hmac_init(&digest, &given->key);
    fob_digest_update(&digest, given->message, cut);
    for (size_t at = cut; at < len; at += step)
        fob_digest_update(&digest, given->message + at,
                          len - at < step ? len - at : step);
    fob_hmac_final(&digest, &given->key, mac);
    good = memcmp(mac, given->want, given->want_len) == 0;
    free(mac);
    return good;
}

static void test_vector(size_t vector)
{
    uint8_t mac[FOB_DIGEST_MAX];
    struct given given;
    unsigned wrong = 0;

    given_init(&given, vector);
    for (int again = 0; again < 2; again++) {
        fob_hmac(&given.key, given.message, given.message_len, mac);
        tap_bytes(mac, given.want, given.want_len,
                  again ? "the prepared key serves again" : "one message");
    }
    tap_ok(authenticates(&given, 0, 1), "the same byte by byte");
    for (size_t cut = 0; cut <= given.message_len; cut++)
        wrong += !authenticates(&given, cut, given.message_len);
    tap_ok(wrong == 0, "the same split at every point");
    given_free(&given);
}

static void test_wiped(void)
{
    static const struct fob_hmac_key no_key;
    static const struct fob_digest no_digest;
    struct fob_digest digest;
    struct fob_hmac_key key;
    uint8_t mac[FOB_SHA1_LEN];

    fob_hmac_key_init(&key, &fob_sha1, "key", 3);
    fob_hmac_init(&digest, &key);
    fob_hmac_final(&digest, &key, mac);
    tap_bytes(&digest, &no_digest, sizeof(digest), "final wipes the context");
    fob_hmac_key_clear(&key);
    tap_bytes(&key, &no_key, sizeof(key), "clear wipes the key");
}

static void test_no_secret(void)
{
    struct fob_hmac_key none, empty;

    memset(&none, 0, sizeof(none));
    memset(&empty, 0, sizeof(empty));
    fob_hmac_key_init(&none, &fob_sha256, NULL, 0);
    fob_hmac_key_init(&empty, &fob_sha256, "", 0);
    tap_bytes(&none, &empty, sizeof(none), "no secret is an empty one");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++)
        test_vector(i);
    test_wiped();
    test_no_secret();
    return tap_done();
}
