/* SPDX-License-Identifier: MIT */
#include "src/otp.h"

#include "src/sha1.h"
#include "src/sha256.h"
#include "src/sha512.h"
#include "src/wipe.h"
#include "src/words.h"

#include <string.h>

const struct fob_digest_kind *fob_otp_hash(enum fob_hash hash)
{
    switch (hash) {
    case FOB_SHA1:
        return &fob_sha1;
    case FOB_SHA256:
        return &fob_sha256;
    case FOB_SHA512:
        return &fob_sha512;
    }
    return NULL;
}

/* Longer MACs end in the offset too, RFC 6238 1.2.  All words that may count
 * are read, so that which does shows in no index. */
uint32_t fob_otp_truncate(const uint8_t *mac, size_t mac_len)
{
    uint32_t offset = mac[mac_len - 1] & 0x0f, shift = 8 * (offset % 4);
    uint32_t word[5], high = 0, low = 0;

    memcpy(word, mac, sizeof(word));
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t is_here = 0U - (((i ^ offset / 4) - 1) >> 31);

        high |= word[i] & is_here;
        low |= word[i + 1] & is_here;
    }
    high = fob_be32(high);
    low = fob_be32(low);
    return (high << shift | low >> 1 >> (31 - shift)) & 0x7fffffff;
}

uint32_t fob_otp_bits(const struct fob_hmac_key *key, uint64_t counter)
{
    uint64_t message = fob_be64(counter);
    uint8_t mac[FOB_DIGEST_MAX];
    uint32_t bits;

    fob_hmac(key, &message, sizeof(message), mac);
    bits = fob_otp_truncate(mac, key->kind->digest_len);
    fob_wipe(mac, sizeof(mac));
    return bits;
}

static void write_digits(uint32_t bits, unsigned digits, char *code)
{
    code[digits] = '\0';
    while (digits-- > 0) {
        code[digits] = (char)('0' + bits % 10);
        bits /= 10;
    }
}

enum fob_status fob_otp_code(const struct fob_account *account,
                             uint64_t counter,
                             char code[static FOB_CODE_MAX + 1])
{
    const struct fob_digest_kind *kind = fob_otp_hash(account->hash);
    struct fob_hmac_key key;

    code[0] = '\0';
    if (kind == NULL || account->digits < FOB_DIGITS_MIN ||
        account->digits > FOB_DIGITS_MAX)
        return FOB_E_UNSUPPORTED;
    fob_hmac_key_init(&key, kind, account->secret, account->secret_len);
    write_digits(fob_otp_bits(&key, counter), account->digits, code);
    fob_hmac_key_clear(&key);
    return FOB_OK;
}

uint64_t fob_otp_step(uint64_t unix_s, uint32_t period_s)
{
    return unix_s / period_s;
}
