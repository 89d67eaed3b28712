/* SPDX-License-Identifier: MIT */
/* RFC 8439 section 2.8.2 and appendix A.5, and every kind of forgery. */
#include "src/chacha20poly1305.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

enum { TAG_LEN = FOB_POLY1305_TAG_LEN };

/* In hex; `sealed` ends with the tag. */
static const struct {
    const char *name, *key, *nonce, *aad, *text, *sealed;
} vectors[] = {
    {"2.8.2",
     "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
     "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7",
     "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206"
     "f66202739393a204966204920636f756c64206f6666657220796f75206f6e6c79206f"
     "6e652074697020666f7220746865206675747572652c2073756e73637265656e20776"
     "f756c642062652069742e",
     "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea"
     "45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d"
     "778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9"
     "de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"},
    {"A.5", "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0",
     "000000000102030405060708", "f33388860000000000004e91",
     "496e7465726e65742d4472616674732061726520647261667420646f63756d656e747"
     "32076616c696420666f722061206d6178696d756d206f6620736978206d6f6e746873"
     "20616e64206d617920626520757064617465642c207265706c616365642c206f72206"
     "f62736f6c65746564206279206f7468657220646f63756d656e747320617420616e79"
     "2074696d652e20497420697320696e617070726f70726961746520746f20757365204"
     "96e7465726e65742d447261667473206173207265666572656e6365206d6174657269"
     "616c206f7220746f2063697465207468656d206f74686572207468616e206173202fe"
     "2809c776f726b20696e2070726f67726573732e2fe2809d",
     "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cf"
     "c18755d43eea09ee94e382d26b0bdb7b73c321b0100d4f03b7f355894cf332f830e71"
     "0b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef6"
     "1c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4b9166c767b804d46a59b"
     "5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718"
     "cbc546a0d072b04b3564eea1b422273f548271a0bb2316053fa76991955ebd6315943"
     "4ecebb4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff77987130305"
     "beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709beead9d67890cbb22392336"
     "fea1851f38"},
};

struct given {
    struct fob_chacha20poly1305 box;
    uint8_t *key, *nonce, *aad, *text, *sealed;
    size_t key_len, nonce_len, aad_len, text_len, sealed_len;
};

static void given_init(struct given *given, size_t i)
{
    given->key = exact_hex(vectors[i].key, &given->key_len);
    given->nonce = exact_hex(vectors[i].nonce, &given->nonce_len);
    given->aad = exact_hex(vectors[i].aad, &given->aad_len);
    given->text = exact_hex(vectors[i].text, &given->text_len);
    given->sealed = exact_hex(vectors[i].sealed, &given->sealed_len);
    given->box = (struct fob_chacha20poly1305){given->key, given->nonce,
                                               given->aad, given->aad_len};
}

static void given_free(struct given *given)
{
    free(given->key);
    free(given->nonce);
    free(given->aad);
    free(given->text);
    free(given->sealed);
}

static void test_vector(size_t i)
{
    struct given given;
    uint8_t *sealed, *text;

    given_init(&given, i);
    sealed = exact_copy(NULL, given.sealed_len);
    text = exact_copy(NULL, given.text_len);
    fob_chacha20poly1305_seal(&given.box, given.text, given.text_len, sealed);
    tap_bytes(sealed, given.sealed, given.sealed_len, vectors[i].name);
    tap_ok(fob_chacha20poly1305_open(&given.box, sealed, given.sealed_len,
                                     text) == FOB_OK,
           "%s opens", vectors[i].name);
    tap_bytes(text, given.text, given.text_len, "to the same text");
    free(sealed);
    free(text);
    given_free(&given);
}

static void test_in_place(void)
{
    struct given given;
    uint8_t *buffer;

    given_init(&given, 0);
    buffer = exact_copy(NULL, given.sealed_len);
    memcpy(buffer, given.text, given.text_len);
    fob_chacha20poly1305_seal(&given.box, buffer, given.text_len, buffer);
    tap_bytes(buffer, given.sealed, given.sealed_len, "seal in place");
    tap_ok(fob_chacha20poly1305_open(&given.box, buffer, given.sealed_len,
                                     buffer) == FOB_OK &&
               memcmp(buffer, given.text, given.text_len) == 0,
           "open in place");
    free(buffer);
    given_free(&given);
}

/* Whether `len` sealed bytes are refused and leave nothing but zeros. */
static bool is_refused(const struct fob_chacha20poly1305 *box,
                       const uint8_t *sealed, size_t len)
{
    size_t text_len = len < TAG_LEN ? 0 : len - TAG_LEN;
    uint8_t *exact = exact_copy(sealed, len);
    uint8_t *text = exact_copy(NULL, text_len);
    bool good = true;

    memset(text, 0xa5, text_len);
    good = fob_chacha20poly1305_open(box, exact, len, text) == FOB_E_DAMAGED;
    for (size_t i = 0; i < text_len; i++)
        good = good && text[i] == 0;
    free(exact);
    free(text);
    return good;
}

/* Flip every bit of `part` in turn. */
static void test_flips(const struct given *given, uint8_t *part, size_t len,
                       const char *name)
{
    unsigned opened = 0;

    for (size_t bit = 0; bit < len * 8; bit++) {
        part[bit / 8] ^= (uint8_t)(1U << bit % 8);
        opened += !is_refused(&given->box, given->sealed, given->sealed_len);
        part[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    tap_ok(opened == 0, "every flipped bit of the %s is refused", name);
}

static void test_forgeries(void)
{
    struct given given;
    unsigned opened = 0;

    given_init(&given, 0);
    test_flips(&given, given.key, given.key_len, "key");
    test_flips(&given, given.nonce, given.nonce_len, "nonce");
    test_flips(&given, given.aad, given.aad_len, "additional data");
    test_flips(&given, given.sealed, given.sealed_len, "sealed text");
    for (size_t len = 0; len < given.sealed_len; len++)
        opened += !is_refused(&given.box, given.sealed, len);
    tap_ok(opened == 0, "every truncation is refused");
    given.box.aad_len--;
    tap_ok(is_refused(&given.box, given.sealed, given.sealed_len),
           "shorter additional data is refused");
    given_free(&given);
}

int main(void)
{
    test_vector(0);
    test_vector(1);
    test_in_place();
    test_forgeries();
    return tap_done();
}
