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

/* All that is told of it, and with `has_content` what the bundle holds. */
static void describe(const struct fob_call_network *network, bool has_content,
                     char name[static FOB_ENDPOINT_TRUST_MAX + 1])
{
    struct fob_digest digest;
    uint8_t hash[FOB_SHA256_LEN];

    fob_digest_init(&digest, &fob_sha256);
    add_text(&digest, network->proxy);
    add_text(&digest, network->no_proxy);
    add_text(&digest, network->ca_bundle);
    if (has_content)
        add_bundle(&digest, network->ca_bundle);
    fob_digest_final(&digest, hash);
    fob_text_hex(hash, sizeof(hash), name);
}

static bool recall(struct fob_agent *agent, const char *asked,
                   const struct fob_file_identity *bundle,
                   char trust[static FOB_ENDPOINT_TRUST_MAX + 1])
{
    bool is_known = false;

    pthread_mutex_lock(&agent->mutex);
    for (size_t i = 0; i < AGENT_TRUSTS && !is_known; i++) {
        const struct agent_trust *known = &agent->trusts[i];

        is_known = strcmp(known->asked, asked) == 0 &&
                   fob_file_identity_is_same(&known->bundle, bundle);
        if (is_known)
            memcpy(trust, known->trust, sizeof(known->trust));
    }
    pthread_mutex_unlock(&agent->mutex);
    return is_known;
}

static void remember(struct fob_agent *agent, const struct agent_trust *known)
{
    pthread_mutex_lock(&agent->mutex);
    agent->trusts[agent->next_trust++ % AGENT_TRUSTS] = *known;
    pthread_mutex_unlock(&agent->mutex);
}

static void describe_bundle(struct fob_agent *agent,
                            const struct fob_call_network *network,
                            char trust[static FOB_ENDPOINT_TRUST_MAX + 1])
{
    struct agent_trust known = {.asked = ""};
    struct fob_file_identity after;
    bool is_file = fob_file_identify(network->ca_bundle, &known.bundle);

    describe(network, false, known.asked);
    if (is_file && recall(agent, known.asked, &known.bundle, trust))
        return;
    describe(network, true, trust);
    if (!is_file || !fob_file_identity_is_settled(&known.bundle) ||
        !fob_file_identify(network->ca_bundle, &after) ||
        !fob_file_identity_is_same(&known.bundle, &after))
        return;
    memcpy(known.trust, trust, sizeof(known.trust));
    remember(agent, &known);
}

void profile_trust_describe(struct fob_agent *agent,
                            const struct fob_call_network *network,
                            char trust[static FOB_ENDPOINT_TRUST_MAX + 1])
{
    trust[0] = '\0';
    if (network->ca_bundle[0] != '\0')
        describe_bundle(agent, network, trust);
    else if (network->proxy[0] != '\0')
        describe(network, false, trust);
}
