/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile_trust.h"

#include "host/base/text.h"
#include "src/sha256.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_LEN = 16384, BUNDLE_MAX = 16 << 20 };

/* With its NUL, so that no two lists of texts look alike. */
static void add_text(struct fob_digest *digest, const char *text)
{
    fob_digest_update(digest, text, strlen(text) + 1);
}

static bool is_file(int fd)
{
    struct stat found;

    return fstat(fd, &found) == 0 && S_ISREG(found.st_mode) &&
           found.st_size <= BUNDLE_MAX;
}

/* The bytes into the digest; certificates are no secrets. */
static void add_bytes(struct fob_digest *digest, int fd)
{
    uint8_t piece[PIECE_LEN];
    ssize_t len;

    for (size_t left = BUNDLE_MAX; left > 0; left -= (size_t)len) {
        len = read(fd, piece, left < PIECE_LEN ? left : PIECE_LEN);
        if (len <= 0)
            return;
        fob_digest_update(digest, piece, (size_t)len);
    }
}

static void add_bundle(struct fob_digest *digest, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0)
        return;
    if (is_file(fd))
        add_bytes(digest, fd);
    close(fd);
}

void profile_trust_describe(const struct fob_call_network *network,
                            char trust[static FOB_ENDPOINT_TRUST_MAX + 1])
{
    struct fob_digest digest;
    uint8_t hash[FOB_SHA256_LEN];

    trust[0] = '\0';
    if (network->ca_bundle[0] == '\0' && network->proxy[0] == '\0')
        return;
    fob_digest_init(&digest, &fob_sha256);
    add_text(&digest, network->proxy);
    add_text(&digest, network->no_proxy);
    add_text(&digest, network->ca_bundle);
    if (network->ca_bundle[0] != '\0')
        add_bundle(&digest, network->ca_bundle);
    fob_digest_final(&digest, hash);
    fob_text_hex(hash, sizeof(hash), trust);
}
