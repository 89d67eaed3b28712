/* SPDX-License-Identifier: MIT */
/* Hashes and HMACs of random messages, cut at random, against OpenSSL's. */
#include "src/hmac.h"
#include "src/sha1.h"
#include "src/sha256.h"
#include "src/sha512.h"
#include "tests/lib/exact.h"
#include "tests/lib/random.h"
#include "tests/lib/tap.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { ROUNDS = 2000, MESSAGE_MAX = 700, KEY_MAX = 300 };

struct pair {
    const char *name;
    const struct fob_digest_kind *ours;
    const EVP_MD *theirs;
};

struct message {
    uint8_t *data;
    size_t len;
};

static struct message random_message(size_t max)
{
    struct message message = {.len = random_below(max + 1)};

    message.data = exact_copy(NULL, message.len);
    random_fill(message.data, message.len);
    return message;
}

static void update_in_pieces(struct fob_digest *digest,
                             const struct message *message)
{
    size_t at = 0;

    while (at < message->len) {
        size_t part = random_below(message->len - at + 1);

        fob_digest_update(digest, message->data + at, part);
        at += part;
    }
}

static bool same_hash(const struct pair *pair)
{
    struct message message = random_message(MESSAGE_MAX);
    uint8_t *got = exact_copy(NULL, pair->ours->digest_len);
    uint8_t want[EVP_MAX_MD_SIZE];
    struct fob_digest digest;
    unsigned want_len;
    bool good;

    fob_digest_init(&digest, pair->ours);
    update_in_pieces(&digest, &message);
    fob_digest_final(&digest, got);
    good = EVP_Digest(message.data, message.len, want, &want_len, pair->theirs,
                      NULL) == 1 &&
           want_len == pair->ours->digest_len &&
           memcmp(got, want, want_len) == 0;
    free(message.data);
    free(got);
    return good;
}

static bool same_hmac(const struct pair *pair)
{
    struct message message = random_message(MESSAGE_MAX);
    struct message secret = random_message(KEY_MAX);
    uint8_t *got = exact_copy(NULL, pair->ours->digest_len);
    uint8_t want[EVP_MAX_MD_SIZE];
    struct fob_digest digest;
    struct fob_hmac_key key;
    unsigned want_len;
    bool good;

    fob_hmac_key_init(&key, pair->ours, secret.data, secret.len);
    fob_hmac_init(&digest, &key);
    update_in_pieces(&digest, &message);
    fob_hmac_final(&digest, &key, got);
    good = HMAC(pair->theirs, secret.data, (int)secret.len, message.data,
                message.len, want, &want_len) != NULL &&
           memcmp(got, want, want_len) == 0;
    free(message.data);
    free(secret.data);
    free(got);
    return good;
}

int main(void)
{
    const struct pair pairs[] = {
        {"SHA-1", &fob_sha1, EVP_sha1()},
        {"SHA-256", &fob_sha256, EVP_sha256()},
        {"SHA-512", &fob_sha512, EVP_sha512()},
    };

    random_seed();
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        unsigned hashes = 0, hmacs = 0;

        for (int round = 0; round < ROUNDS; round++) {
            hashes += same_hash(&pairs[i]);
            hmacs += same_hmac(&pairs[i]);
        }
        tap_ok(hashes == ROUNDS, "%s of %d messages", pairs[i].name, ROUNDS);
        tap_ok(hmacs == ROUNDS, "its HMAC of %d messages", ROUNDS);
    }
    return tap_done();
}
