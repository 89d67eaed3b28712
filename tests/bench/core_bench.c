/* SPDX-License-Identifier: MIT */
/*
 * The core's speed beside its peers'.  Each round times every contender of a
 * group once, one after the other, and prints `GROUP NAME NANOSECONDS`, the
 * processor time of one operation.  All of a group must find the same.
 */
#include "src/otp.h"

#include <liboath/oath.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    ROUNDS = 101,
    OPERATIONS = 2000, /* a round */
    SECRET_LEN = 40,   /* as AWS's */
    DIGITS = 6,
    PERIOD_S = 30,
};

/* Times around 2026, a step apart. */
static const uint64_t first_s = 1767225600;

static struct fob_account account = {
    .label = "bench",
    .secret_len = SECRET_LEN,
    .type = FOB_TOTP,
    .digits = DIGITS,
    .period_s = PERIOD_S,
};

struct contender {
    const char *group;
    const char *name;
    enum fob_hash hash;
    uint64_t (*run)(void); /* a checksum of what was found */
};

static uint64_t time_of(size_t i)
{
    return first_s + i * PERIOD_S;
}

static uint64_t run_fob_codes(void)
{
    char code[FOB_CODE_MAX + 1];
    uint64_t sum = 0;

    for (size_t i = 0; i < OPERATIONS; i++) {
        if (fob_otp_code(&account, fob_otp_step(time_of(i), PERIOD_S), code) !=
            FOB_OK)
            abort();
        sum = sum * 31 + strtoul(code, NULL, 10);
    }
    return sum;
}

static uint64_t run_liboath_codes(void)
{
    char code[DIGITS + 1];
    uint64_t sum = 0;

    for (size_t i = 0; i < OPERATIONS; i++) {
        if (oath_totp_generate((const char *)account.secret, SECRET_LEN,
                               (time_t)time_of(i), PERIOD_S, 0, DIGITS,
                               code) != OATH_OK)
            abort();
        sum = sum * 31 + strtoul(code, NULL, 10);
    }
    return sum;
}

static const EVP_MD *openssl_hash(void)
{
    switch (account.hash) {
    case FOB_SHA256:
        return EVP_sha256();
    case FOB_SHA512:
        return EVP_sha512();
    default:
        return EVP_sha1();
    }
}

/* HMAC() of a counter; the length of the MAC. */
static size_t openssl_mac(uint64_t counter, uint8_t mac[FOB_DIGEST_MAX])
{
    uint64_t message = __builtin_bswap64(counter);
    unsigned len = 0;

    if (HMAC(openssl_hash(), account.secret, SECRET_LEN,
             (const uint8_t *)&message, sizeof message, mac, &len) == NULL)
        abort();
    return len;
}

static uint32_t truncate_mac(const uint8_t *mac, size_t len)
{
    const uint8_t *at = mac + (mac[len - 1] & 15);

    return (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static uint64_t run_openssl_codes(void)
{
    uint8_t mac[FOB_DIGEST_MAX];
    char code[DIGITS + 1];
    uint64_t sum = 0;

    for (size_t i = 0; i < OPERATIONS; i++) {
        size_t len = openssl_mac(time_of(i) / PERIOD_S, mac);

        snprintf(code, sizeof code, "%06u", truncate_mac(mac, len) % 1000000);
        sum = sum * 31 + strtoul(code, NULL, 10);
    }
    return sum;
}

/* A code's 31 bits from a key that was prepared once. */
static uint64_t run_fob_prepared(void)
{
    struct fob_hmac_key key;
    uint64_t sum = 0;

    fob_hmac_key_init(&key, fob_otp_hash(account.hash), account.secret,
                      SECRET_LEN);
    for (size_t i = 0; i < OPERATIONS; i++)
        sum = sum * 31 + fob_otp_bits(&key, i);
    fob_hmac_key_clear(&key);
    return sum;
}

static uint64_t run_openssl_prepared(void)
{
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(hmac);
    char name[] = "SHA1";
    const OSSL_PARAM hash[] = {
        OSSL_PARAM_construct_utf8_string("digest", name, 0),
        OSSL_PARAM_construct_end()};
    uint8_t mac[FOB_DIGEST_MAX];
    uint64_t sum = 0;
    size_t len;

    if (EVP_MAC_init(context, account.secret, SECRET_LEN, hash) != 1)
        abort();
    for (uint64_t i = 0; i < OPERATIONS; i++) {
        uint64_t message = __builtin_bswap64(i);

        if (EVP_MAC_init(context, NULL, 0, NULL) != 1 ||
            EVP_MAC_update(context, (const uint8_t *)&message,
                           sizeof message) != 1 ||
            EVP_MAC_final(context, mac, &len, sizeof mac) != 1)
            abort();
        sum = sum * 31 + truncate_mac(mac, len);
    }
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(hmac);
    return sum;
}

static uint64_t run_fob_macs(void)
{
    uint8_t mac[FOB_DIGEST_MAX];
    struct fob_hmac_key key;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < OPERATIONS; i++) {
        uint64_t message = __builtin_bswap64(i);

        fob_hmac_key_init(&key, fob_otp_hash(account.hash), account.secret,
                          SECRET_LEN);
        fob_hmac(&key, &message, sizeof message, mac);
        fob_hmac_key_clear(&key);
        sum = sum * 31 + mac[0];
    }
    return sum;
}

static uint64_t run_openssl_macs(void)
{
    uint8_t mac[FOB_DIGEST_MAX];
    uint64_t sum = 0;

    for (uint64_t i = 0; i < OPERATIONS; i++) {
        openssl_mac(i, mac);
        sum = sum * 31 + mac[0];
    }
    return sum;
}

static const struct contender contenders[] = {
    {"code", "fob", FOB_SHA1, run_fob_codes},
    {"code", "liboath", FOB_SHA1, run_liboath_codes},
    {"code", "openssl", FOB_SHA1, run_openssl_codes},
    {"prepared", "fob", FOB_SHA1, run_fob_prepared},
    {"prepared", "openssl", FOB_SHA1, run_openssl_prepared},
    {"hmac-sha1", "fob", FOB_SHA1, run_fob_macs},
    {"hmac-sha1", "openssl", FOB_SHA1, run_openssl_macs},
    {"hmac-sha256", "fob", FOB_SHA256, run_fob_macs},
    {"hmac-sha256", "openssl", FOB_SHA256, run_openssl_macs},
    {"hmac-sha512", "fob", FOB_SHA512, run_fob_macs},
    {"hmac-sha512", "openssl", FOB_SHA512, run_openssl_macs},
};

enum { CONTENDERS = sizeof contenders / sizeof *contenders };

static double processor_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

/* One turn of one contender; the checksum. */
static uint64_t take_turn(const struct contender *contender)
{
    double start;
    uint64_t sum;

    account.hash = contender->hash;
    start = processor_ns();
    sum = contender->run();
    printf("%s %s %.1f\n", contender->group, contender->name,
           (processor_ns() - start) / OPERATIONS);
    return sum;
}

int main(void)
{
    if (oath_init() != OATH_OK)
        return 1;
    for (size_t i = 0; i < SECRET_LEN; i++)
        account.secret[i] = (uint8_t)(i * 73 + 11);
    for (size_t round = 0; round < ROUNDS; round++) {
        uint64_t sum = 0;

        for (size_t i = 0; i < CONTENDERS; i++) {
            const struct contender *contender = &contenders[i];
            bool is_first =
                i == 0 || strcmp(contender->group, contender[-1].group) != 0;
            uint64_t found = take_turn(contender);

            if (!is_first && found != sum) {
                fprintf(stderr, "%s: %s finds something else\n",
                        contender->group, contender->name);
                return 1;
            }
            sum = found;
        }
    }
    return oath_done() == OATH_OK ? 0 : 1;
}
