/* SPDX-License-Identifier: MIT */
/* Run one operation of the core on secrets that MemorySanitizer takes for
 * undefined: each branch or index that depends on one is then reported.
 *
 * usage: constant_time NAME */
#include "src/base32.h"
#include "src/chacha20poly1305.h"
#include "src/otp.h"
#include "src/sha1.h"
#include "src/sha256.h"
#include "src/sha512.h"
#include "src/wipe.h"

#include <sanitizer/msan_interface.h>
#include <stdlib.h>
#include <string.h>

enum { LEN = 40 };

static uint8_t secret[64], other[64], out[200];
static const uint8_t nonce[FOB_CHACHA20_NONCE_LEN];
static const struct fob_chacha20poly1305 box = {secret, nonce, "", 0};
static volatile enum fob_status status;

/* Whether the results depend on the secret, as far as the tool knows: where
 * nothing does, nothing was looked at. */
static void expect_secret(const void *data, size_t len)
{
    if (__msan_test_shadow(data, len) < 0)
        exit(3);
}

static void hmac_of(const struct fob_digest_kind *kind)
{
    struct fob_hmac_key key;

    fob_hmac_key_init(&key, kind, secret, LEN);
    fob_hmac(&key, other, sizeof other, out);
    expect_secret(out, kind->digest_len);
    fob_hmac_key_clear(&key);
}

static void run_hmac(void)
{
    hmac_of(&fob_sha1);
    hmac_of(&fob_sha256);
    hmac_of(&fob_sha512);
}

static void run_otp(void)
{
    struct fob_hmac_key key;
    uint32_t bits;

    fob_hmac_key_init(&key, &fob_sha1, secret, LEN);
    bits = fob_otp_bits(&key, 1);
    expect_secret(&bits, sizeof bits);
    fob_hmac_key_clear(&key);
}

static void run_seal(void)
{
    fob_chacha20poly1305_seal(&box, other, LEN, out);
    expect_secret(out, LEN);
    expect_secret(out + LEN, FOB_POLY1305_TAG_LEN);
}

static void run_open(void)
{
    status = fob_chacha20poly1305_open(&box, other, sizeof other, out);
}

static void run_equal(void)
{
    status = fob_equal(secret, other, sizeof secret) ? FOB_OK : FOB_E_FAILED;
}

static void run_encode(void)
{
    status = fob_base32_encode(secret, LEN, (char *)out, sizeof out);
    expect_secret(out, LEN);
}

/* That a character is a letter is public, here by its three highest bits;
 * which letter it is, is secret. */
static void run_decode(void)
{
    char text[LEN];
    size_t len;

    for (size_t i = 0; i < LEN; i++)
        text[i] = (char)(0x40 | (secret[i] & 0x1f));
    status = fob_base32_decode(text, LEN, out, sizeof out, &len);
    expect_secret(out, LEN * 5 / 8);
}

/* As people paste it: that a character is no separator is public, too. */
static void run_lenient(void)
{
    char text[LEN];
    size_t len;

    for (size_t i = 0; i < LEN; i++)
        text[i] = (char)((i % 2 ? 0x40 : 0x60) | (secret[i] & 0x1f));
    text[7] = ' ';
    text[9] = '-';
    text[11] = '\n';
    status = fob_base32_decode_lenient(text, LEN, out, sizeof out, &len);
    expect_secret(out, (LEN - 3) * 5 / 8);
}

/* What the test must be able to see. */
static void run_branch(void)
{
    if (secret[0] > 7)
        out[0] = 1;
}

static void run_index(void)
{
    out[1] = other[secret[1] & 63];
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } operations[] = {
        {"hmac", run_hmac},     {"otp", run_otp},
        {"seal", run_seal},     {"open", run_open},
        {"equal", run_equal},   {"encode", run_encode},
        {"decode", run_decode}, {"lenient", run_lenient},
        {"branch", run_branch}, {"index", run_index},
    };

    memset(secret, 'A', sizeof secret);
    __msan_poison(secret, sizeof secret);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (argc == 2 && strcmp(argv[1], operations[i].name) == 0) {
            operations[i].run();
            return 0;
        }
    return 2;
}
