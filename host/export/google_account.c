/* SPDX-License-Identifier: MIT */
#include "host/export/google_account.h"

#include <string.h>

/* The message's fields, and its words for what an account is; the app's 5.10
 * and what reads its codes agree on these. */
enum field {
    SECRET = 1,
    NAME = 2,
    ISSUER = 3,
    ALGORITHM = 4,
    DIGITS = 5,
    TYPE = 6,
    COUNTER = 7,
};
enum { WIRE_VARINT = 0, WIRE_BYTES = 2 };
enum { ALGORITHM_SHA1 = 1, ALGORITHM_SHA256 = 2, ALGORITHM_SHA512 = 3 };
enum { DIGITS_SIX = 1, DIGITS_EIGHT = 2 };
enum { TYPE_HOTP = 1, TYPE_TOTP = 2 };

static void put_varint(struct bytes_out *out, uint64_t number)
{
    for (; number > 0x7f; number >>= 7)
        bytes_out_put(out, &(uint8_t){(uint8_t)(number | 0x80)}, 1);
    bytes_out_put(out, &(uint8_t){(uint8_t)number}, 1);
}

void google_account_put_number(struct bytes_out *out, uint8_t field,
                               uint64_t number)
{
    put_varint(out, (uint64_t)field << 3 | WIRE_VARINT);
    put_varint(out, number);
}

void google_account_put_bytes(struct bytes_out *out, uint8_t field,
                              const void *data, size_t len)
{
    put_varint(out, (uint64_t)field << 3 | WIRE_BYTES);
    put_varint(out, len);
    bytes_out_put(out, data, len);
}

/* The issuer stands before the name only where a reader would else take a part
 * of the name for it: not all who read these codes take it off again. */
static void put_name(struct bytes_out *out, const struct fob_account *account)
{
    struct bytes_out name = {0};

    if (strchr(account->label, ':') != NULL) {
        bytes_out_put_text(&name, account->issuer);
        bytes_out_put(&name, ":", 1);
    }
    bytes_out_put_text(&name, account->label);
    if (name.status != FOB_OK)
        out->status = name.status;
    google_account_put_bytes(out, NAME, name.data.data, name.data.len);
    bytes_out_free(&name);
}

void google_account_put(struct bytes_out *out,
                        const struct fob_account *account)
{
    uint64_t algorithm = account->hash == FOB_SHA512   ? ALGORITHM_SHA512
                         : account->hash == FOB_SHA256 ? ALGORITHM_SHA256
                                                       : ALGORITHM_SHA1;
    bool is_hotp = account->type == FOB_HOTP;

    google_account_put_bytes(out, SECRET, account->secret, account->secret_len);
    put_name(out, account);
    google_account_put_bytes(out, ISSUER, account->issuer,
                             strlen(account->issuer));
    google_account_put_number(out, ALGORITHM, algorithm);
    google_account_put_number(out, DIGITS,
                              account->digits == 8 ? DIGITS_EIGHT : DIGITS_SIX);
    google_account_put_number(out, TYPE, is_hotp ? TYPE_HOTP : TYPE_TOTP);
    if (is_hotp)
        google_account_put_number(out, COUNTER, account->counter);
}
