/* SPDX-License-Identifier: MIT */
/* RFC 4226 appendix D and RFC 6238 appendix B. */
#include "src/otp.h"
#include "tests/lib/tap.h"

#define SEED20 "12345678901234567890"

/* RFC 6238's seeds are as long as the hash; its text shows only the first. */
static const char seed[] = SEED20 SEED20 SEED20 "1234";

static const struct {
    uint32_t bits;
    const char *code;
} hotp[] = {
    {0x4c93cf18, "755224"}, {0x41397eea, "287082"}, {0x082fef30, "359152"},
    {0x66ef7655, "969429"}, {0x61c5938a, "338314"}, {0x33c083d4, "254676"},
    {0x7256c032, "287922"}, {0x04e5b397, "162583"}, {0x2823443f, "399871"},
    {0x2679dc69, "520489"},
};

static const struct {
    uint64_t unix_s;
    const char *code[3];
} totp[] = {
    {59, {"94287082", "46119246", "90693936"}},
    {1111111109, {"07081804", "68084774", "25091201"}},
    {1111111111, {"14050471", "67062674", "99943326"}},
    {1234567890, {"89005924", "91819424", "93441116"}},
    {2000000000, {"69279037", "90698825", "38618901"}},
    {20000000000, {"65353130", "77737706", "47863826"}},
};

static struct fob_account account_with(enum fob_hash hash, size_t secret_len,
                                       uint8_t digits)
{
    struct fob_account account = {
        .label = "a",
        .secret_len = secret_len,
        .type = FOB_TOTP,
        .hash = hash,
        .digits = digits,
        .period_s = 30,
    };

    memcpy(account.secret, seed, secret_len);
    return account;
}

static void test_hotp(void)
{
    struct fob_account account = account_with(FOB_SHA1, 20, 6);
    char code[FOB_CODE_MAX + 1];
    struct fob_hmac_key key;

    fob_hmac_key_init(&key, fob_otp_hash(FOB_SHA1), account.secret, 20);
    for (size_t i = 0; i < sizeof(hotp) / sizeof(*hotp); i++) {
        tap_ok(fob_otp_bits(&key, i) == hotp[i].bits, "bits of count %d",
               (int)i);
        tap_ok(fob_otp_code(&account, i, code) == FOB_OK &&
                   strcmp(code, hotp[i].code) == 0,
               "code of count %d", (int)i);
    }
    fob_hmac_key_clear(&key);
}

/* RFC 4226 section 5.4, and every place in MACs of each length. */
static void test_truncation(void)
{
    static const uint8_t example[20] = {
        0x1f, 0x86, 0x98, 0x69, 0x0e, 0x02, 0xca, 0x16, 0x61, 0x85,
        0x50, 0xef, 0x7f, 0x19, 0xda, 0x8e, 0x94, 0x5b, 0x55, 0x5a};
    static const size_t lens[] = {20, 32, 64};
    uint8_t mac[64];
    bool good = true;

    tap_ok(fob_otp_truncate(example, sizeof(example)) == 0x50ef7f19,
           "the example is truncated as in the RFC");
    for (size_t i = 0; i < sizeof(mac); i++)
        mac[i] = (uint8_t)(0x80 + i);
    for (size_t i = 0; i < sizeof(lens) / sizeof(*lens); i++)
        for (uint32_t at = 0; at < 16; at++) {
            mac[lens[i] - 1] = (uint8_t)(0xa0 + at);
            good = good && fob_otp_truncate(mac, lens[i]) ==
                               0x00818283 + at * 0x01010101;
            mac[lens[i] - 1] = (uint8_t)(0x7f + lens[i]);
        }
    tap_ok(good, "any of sixteen places can be meant, without the highest bit");
}

static void test_totp(enum fob_hash hash, size_t secret_len)
{
    struct fob_account account = account_with(hash, secret_len, 8);
    char code[FOB_CODE_MAX + 1];

    for (size_t i = 0; i < sizeof(totp) / sizeof(*totp); i++) {
        uint64_t step = fob_otp_step(totp[i].unix_s, 30);

        tap_ok(fob_otp_code(&account, step, code) == FOB_OK &&
                   strcmp(code, totp[i].code[hash - FOB_SHA1]) == 0,
               "hash %d, time %lu and on", (int)hash,
               (unsigned long)totp[i].unix_s);
    }
}

/* A code is the low digits of a longer one, RFC 4226 section 5.3. */
static void test_digits(void)
{
    char code[FOB_CODE_MAX + 1];

    for (uint8_t digits = 6; digits <= 8; digits++) {
        struct fob_account account = account_with(FOB_SHA1, 20, digits);

        tap_ok(fob_otp_code(&account, 1, code) == FOB_OK &&
                   strcmp(code, &"94287082"[8 - digits]) == 0,
               "%d digits", digits);
    }
}

static void test_out_of_range(void)
{
    static const uint8_t digits[] = {0, 1, 5, 9, 10, 255};
    struct fob_account account = account_with((enum fob_hash)4, 20, 6);
    char code[FOB_CODE_MAX + 1] = "x";

    tap_ok(fob_otp_code(&account, 0, code) == FOB_E_UNSUPPORTED &&
               code[0] == '\0',
           "no such hash, no code");
    for (size_t i = 0; i < sizeof(digits); i++) {
        account = account_with(FOB_SHA1, 20, digits[i]);
        tap_ok(fob_otp_code(&account, 0, code) == FOB_E_UNSUPPORTED &&
                   code[0] == '\0',
               "%d digits are refused", digits[i]);
    }
}

static void test_step(void)
{
    tap_ok(fob_otp_step(0, 30) == 0 && fob_otp_step(29, 30) == 0, "step 0");
    tap_ok(fob_otp_step(30, 30) == 1, "a step begins with its first second");
    tap_ok(fob_otp_step(UINT64_MAX, 1) == UINT64_MAX, "times have 64 bits");
}

int main(void)
{
    test_hotp();
    test_truncation();
    test_totp(FOB_SHA1, 20);
    test_totp(FOB_SHA256, 32);
    test_totp(FOB_SHA512, 64);
    test_digits();
    test_out_of_range();
    test_step();
    return tap_done();
}
