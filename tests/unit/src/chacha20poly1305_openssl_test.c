/* SPDX-License-Identifier: MIT */
/* Random messages sealed and opened, against OpenSSL's. */
#include "src/chacha20poly1305.h"
#include "tests/lib/exact.h"
#include "tests/lib/random.h"
#include "tests/lib/tap.h"

#include <openssl/evp.h>

enum { ROUNDS = 3000, TEXT_MAX = 300, AAD_MAX = 70, TAG_LEN = 16 };

struct given {
    uint8_t key[FOB_CHACHA20_KEY_LEN], nonce[FOB_CHACHA20_NONCE_LEN];
    uint8_t *aad, *text, *sealed;
    size_t aad_len, text_len, sealed_len;
};

/* Bytes of all ones push Poly1305's carries as far as they go. */
static uint8_t *random_text(size_t *len, size_t max)
{
    uint8_t *text;

    *len = random_below(max + 1);
    text = exact_copy(NULL, *len);
    if (random_below(4) == 0)
        memset(text, 0xff, *len);
    else
        random_fill(text, *len);
    return text;
}

static void given_init(struct given *given)
{
    random_fill(given->key, sizeof(given->key));
    random_fill(given->nonce, sizeof(given->nonce));
    given->aad = random_text(&given->aad_len, AAD_MAX);
    given->text = random_text(&given->text_len, TEXT_MAX);
    given->sealed_len = given->text_len + TAG_LEN;
    given->sealed = exact_copy(NULL, given->sealed_len);
}

static void given_free(struct given *given)
{
    free(given->aad);
    free(given->text);
    free(given->sealed);
}

static void openssl_seal(const struct given *given, uint8_t *sealed)
{
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int len;

    EVP_EncryptInit_ex(cipher, EVP_chacha20_poly1305(), NULL, given->key,
                       given->nonce);
    EVP_EncryptUpdate(cipher, NULL, &len, given->aad, (int)given->aad_len);
    EVP_EncryptUpdate(cipher, sealed, &len, given->text, (int)given->text_len);
    EVP_EncryptFinal_ex(cipher, sealed + given->text_len, &len);
    EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, TAG_LEN,
                        sealed + given->text_len);
    EVP_CIPHER_CTX_free(cipher);
}

static bool opens(const struct given *given,
                  const struct fob_chacha20poly1305 *box)
{
    uint8_t *text = exact_copy(NULL, given->text_len);
    bool good = fob_chacha20poly1305_open(box, given->sealed, given->sealed_len,
                                          text) == FOB_OK &&
                (given->text_len == 0 ||
                 memcmp(text, given->text, given->text_len) == 0);

    free(text);
    return good;
}

/* Bits: sealed as OpenSSL seals, opened again, refused with one bit wrong. */
static unsigned try_one(void)
{
    struct given given;
    struct fob_chacha20poly1305 box;
    uint8_t want[TEXT_MAX + TAG_LEN];
    unsigned good = 0;

    given_init(&given);
    box = (struct fob_chacha20poly1305){given.key, given.nonce, given.aad,
                                        given.aad_len};
    fob_chacha20poly1305_seal(&box, given.text, given.text_len, given.sealed);
    openssl_seal(&given, want);
    good |= memcmp(given.sealed, want, given.sealed_len) == 0;
    good |= (unsigned)opens(&given, &box) << 1;
    given.sealed[random_below(given.sealed_len)] ^=
        (uint8_t)(1U << random_below(8));
    good |= (unsigned)!opens(&given, &box) << 2;
    given_free(&given);
    return good;
}

int main(void)
{
    unsigned wrong[3] = {0};

    random_seed();
    for (int round = 0; round < ROUNDS; round++) {
        unsigned good = try_one();

        for (unsigned i = 0; i < 3; i++)
            wrong[i] += !(good >> i & 1);
    }
    tap_ok(wrong[0] == 0, "%d messages are sealed as OpenSSL does", ROUNDS);
    tap_ok(wrong[1] == 0, "each opens");
    tap_ok(wrong[2] == 0, "none opens with a bit changed");
    return tap_done();
}
