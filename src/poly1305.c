/* SPDX-License-Identifier: MIT */
#include "src/poly1305.h"

#include "src/wipe.h"

#include <string.h>

enum {
    BLOCK_LEN = FOB_POLY1305_TAG_LEN,
    LIMBS = FOB_POLY1305_LIMBS,
    BITS = 13,
    MASK = (1 << BITS) - 1,
};

/* Limb `i` of the number in 16 little-endian bytes with `top` above them. */
static uint32_t limb_at(const uint8_t *bytes, unsigned i, uint32_t top)
{
    const uint8_t *at = bytes + i * BITS / 8;
    uint32_t two = at[0] | (uint32_t)at[1] << 8;

    if (i + 1 < LIMBS)
        top = at[2];
    return (two | top << 16) >> (i * BITS % 8) & MASK;
}

/*
 * A product's limb i is the sum over j of sum[j] * r[i - j], where r[-k] is
 * 5 * r[10 - k] because 2^130 is 5 modulo the prime.  With those 19 numbers
 * laid out from r[9] down to r[-9] it is one run of them against the sum.
 */
static void load_factor(struct fob_poly1305 *mac, const uint8_t *key)
{
    static const uint8_t clamp[BLOCK_LEN] = {0xff, 0xff, 0xff, 0x0f, 0xfc, 0xff,
                                             0xff, 0x0f, 0xfc, 0xff, 0xff, 0x0f,
                                             0xfc, 0xff, 0xff, 0x0f};
    uint8_t r[BLOCK_LEN];

    for (size_t i = 0; i < BLOCK_LEN; i++)
        r[i] = key[i] & clamp[i];
    for (unsigned i = 0; i < LIMBS; i++)
        mac->factor[LIMBS - 1 - i] = limb_at(r, i, 0);
    for (unsigned i = 0; i < LIMBS - 1; i++)
        mac->factor[LIMBS + i] = 5 * mac->factor[i];
    fob_wipe(r, sizeof(r));
}

void fob_poly1305_init(struct fob_poly1305 *mac,
                       const uint8_t key[static FOB_POLY1305_KEY_LEN])
{
    memset(mac, 0, sizeof(*mac));
    load_factor(mac, key);
    memcpy(mac->last, key + FOB_POLY1305_TAG_LEN, FOB_POLY1305_TAG_LEN);
}

/* Five products, below 5 * (2^14 + 2^9) * (5 * 2^13) < 2^32 - 2^28. */
static uint32_t five_products(const uint32_t *x, const uint32_t *y)
{
    return x[0] * y[0] + x[1] * y[1] + x[2] * y[2] + x[3] * y[3] + x[4] * y[4];
}

/* sum *= r, leaving limbs below 2^13, but sum[1] below 2^13 + 2^9. */
static void multiply_by_r(struct fob_poly1305 *mac)
{
    uint32_t *product = mac->product;
    uint32_t carry = 0;

    for (unsigned i = 0; i < LIMBS; i++) {
        const uint32_t *factor = mac->factor + LIMBS - 1 - i;
        uint32_t low = carry + five_products(mac->sum, factor);
        uint32_t all = (low & MASK) + five_products(mac->sum + 5, factor + 5);

        carry = (low >> BITS) + (all >> BITS);
        product[i] = all & MASK;
    }
    product[0] += 5 * carry;
    product[1] += product[0] >> BITS;
    product[0] &= MASK;
    memcpy(mac->sum, product, sizeof(mac->sum));
}

/* `top` is the bit that RFC 8439 adds after the bytes of a block. */
static void absorb_block(struct fob_poly1305 *mac, const uint8_t *block,
                         uint32_t top)
{
    for (unsigned i = 0; i < LIMBS; i++)
        mac->sum[i] += limb_at(block, i, top);
    multiply_by_r(mac);
}

void fob_poly1305_update(struct fob_poly1305 *mac, const void *data, size_t len)
{
    const uint8_t *from = data;

    while (len > 0) {
        size_t room = BLOCK_LEN - mac->block_len;
        size_t part = len < room ? len : room;

        memcpy(mac->block + mac->block_len, from, part);
        mac->block_len += part;
        from += part;
        len -= part;
        if (part == room) {
            absorb_block(mac, mac->block, 1);
            mac->block_len = 0;
        }
    }
}

static void absorb_rest(struct fob_poly1305 *mac)
{
    if (mac->block_len == 0)
        return;
    mac->block[mac->block_len++] = 1;
    memset(mac->block + mac->block_len, 0, BLOCK_LEN - mac->block_len);
    absorb_block(mac, mac->block, 0);
}

/* Add `carry` and make every limb less than 2^13; what is left over. */
static uint32_t carry_through(uint32_t number[LIMBS], uint32_t carry)
{
    for (int i = 0; i < LIMBS; i++) {
        carry += number[i];
        number[i] = carry & MASK;
        carry >>= BITS;
    }
    return carry;
}

/* The sum modulo 2^130 - 5, without a branch on which of two forms it has. */
static void reduce_sum(uint32_t sum[LIMBS])
{
    uint32_t less[LIMBS];
    uint32_t mask;

    (void)carry_through(sum, 5 * carry_through(sum, 0));
    memcpy(less, sum, sizeof(less));
    mask = 0U - carry_through(less, 5); /* all ones when sum >= 2^130 - 5 */
    for (int i = 0; i < LIMBS; i++)
        sum[i] ^= (sum[i] ^ less[i]) & mask;
    fob_wipe(less, sizeof(less));
}

void fob_poly1305_final(struct fob_poly1305 *mac,
                        uint8_t tag[static FOB_POLY1305_TAG_LEN])
{
    const uint32_t *limb = mac->sum;
    uint32_t bits = 0, carry = 0;
    unsigned count = 0;

    absorb_rest(mac);
    reduce_sum(mac->sum);
    for (size_t i = 0; i < BLOCK_LEN; i++) {
        if (count < 8) {
            bits |= *limb++ << count;
            count += BITS;
        }
        carry += (bits & 0xff) + mac->last[i];
        tag[i] = (uint8_t)carry;
        carry >>= 8;
        bits >>= 8;
        count -= 8;
    }
    fob_wipe(mac, sizeof(*mac));
}
