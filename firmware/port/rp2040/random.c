/* SPDX-License-Identifier: MIT */
/*
 * Randomness from the phase of the ring oscillator against the crystal
 * (2.17.5).  Its bit is weak and neighbours are alike, so SHA-256 conditions
 * eight samples into one bit, every request adds to a pool that keeps what
 * came before, and the health tests of NIST SP 800-90B, 4.4, watch the
 * samples.  Once they have failed there is no randomness until power-off.
 */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"
#include "src/sha256.h"
#include "src/wipe.h"

#include <string.h>

enum {
    SAMPLED = 8, /* bytes of samples for one of randomness */
    /* Turns of a loop between samples: spread, so that no frequency of the
     * oscillator is in step with them. */
    SPACING = 8,
    SPREAD = 16,
    START_ROUNDS = 2, /* of 2048 samples */
    /* For half a bit of entropy a sample and one false alarm in 2^40. */
    RUN_LIMIT = 81,
    WINDOW = 1024,
    WINDOW_LIMIT = 825,
};

struct health {
    uint32_t last;
    uint32_t run;   /* samples alike, up to now */
    uint32_t first; /* of this window */
    uint32_t place; /* in it */
    uint32_t alike; /* samples in it like the first one */
    bool has_failed;
};

static struct health health;
static uint8_t pool[FOB_SHA256_LEN];

/* --- samples -------------------------------------------------------------*/

/* Repetition count test, 4.4.1. */
static void watch_run(uint32_t bit)
{
    health.run = bit == health.last ? health.run + 1 : 1;
    health.last = bit;
    if (health.run >= RUN_LIMIT)
        health.has_failed = true;
}

/* Adaptive proportion test, 4.4.2. */
static void watch_window(uint32_t bit)
{
    if (health.place == 0) {
        health.first = bit;
        health.alike = 0;
    }
    health.alike += bit == health.first;
    health.place = (health.place + 1) % WINDOW;
    if (health.alike >= WINDOW_LIMIT)
        health.has_failed = true;
}

static uint32_t take_sample(void)
{
    uint32_t bit = reg_read(ROSC_RANDOMBIT) & 1;

    watch_run(bit);
    watch_window(bit);
    for (uint32_t i = SPACING + health.place % SPREAD; i > 0; i--)
        __asm__ volatile("");
    return bit;
}

static uint8_t sample_byte(void)
{
    uint32_t byte = 0;

    for (int i = 0; i < 8; i++)
        byte = byte << 1 | take_sample();
    return (uint8_t)byte;
}

/* --- pool ----------------------------------------------------------------*/

enum branch { BRANCH_RENEW, BRANCH_OUTPUT, BRANCH_FORGET };

static void hash_pool(enum branch branch, const void *data, size_t len,
                      uint8_t out[static FOB_SHA256_LEN])
{
    uint8_t label = (uint8_t)branch;
    struct fob_digest digest;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, &label, sizeof(label));
    fob_digest_update(&digest, pool, sizeof(pool));
    fob_digest_update(&digest, data, len);
    fob_digest_final(&digest, out);
}

/* Fresh samples for `len` bytes into the pool, and how long they took. */
static void renew_pool(size_t len)
{
    uint8_t fresh[SAMPLED * FOB_SHA256_LEN + sizeof(uint32_t)];
    uint32_t now_us;

    len *= SAMPLED;
    for (size_t i = 0; i < len; i++)
        fresh[i] = sample_byte();
    now_us = clock_us();
    memcpy(fresh + len, &now_us, sizeof(now_us));
    hash_pool(BRANCH_RENEW, fresh, len + sizeof(now_us), pool);
    fob_wipe(fresh, sizeof(fresh));
}

/* More than a window before the first use, as 4.3 asks, and spread over some
 * milliseconds: the first key may be drawn at once.  The board's number is no
 * secret, but no two boards begin alike then. */
void random_start(void)
{
    uint8_t id[FOB_PORT_UNIQUE_ID];

    if ((reg_read(ROSC_STATUS) & ROSC_STATUS_STABLE) == 0)
        health.has_failed = true;
    fob_port_unique_id(id);
    hash_pool(BRANCH_RENEW, id, sizeof(id), pool);
    for (int round = 0; round < START_ROUNDS; round++)
        renew_pool(FOB_SHA256_LEN);
}

enum fob_status fob_port_random(void *data, size_t len)
{
    uint8_t *out = data;
    uint8_t part[FOB_SHA256_LEN];

    for (size_t done = 0, size; done < len; done += size) {
        size = len - done < sizeof(part) ? len - done : sizeof(part);
        renew_pool(size);
        hash_pool(BRANCH_OUTPUT, NULL, 0, part);
        hash_pool(BRANCH_FORGET, NULL, 0, pool);
        memcpy(out + done, part, size);
    }
    fob_wipe(part, sizeof(part));
    if (health.has_failed)
        fob_wipe(data, len);
    return health.has_failed ? FOB_E_FAILED : FOB_OK;
}
