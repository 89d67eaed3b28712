/* SPDX-License-Identifier: MIT */
#include "firmware/app/peripherals/random.h"

#include "firmware/port/port.h"
#include "src/wipe.h"

#include <string.h>

/* Out of one pool: the next pool, and bytes to hand out. */
enum random_branch { BRANCH_POOL, BRANCH_OUTPUT };

static void derive_branch(const struct random *random,
                          enum random_branch branch, const void *data,
                          size_t len, uint8_t *out)
{
    uint8_t label = (uint8_t)branch;
    struct fob_digest digest;

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, &label, sizeof(label));
    fob_digest_update(&digest, random->pool, sizeof(random->pool));
    fob_digest_update(&digest, data, len);
    fob_digest_final(&digest, out);
}

void random_add_entropy(struct random *random, const void *data, size_t len)
{
    uint8_t next[FOB_SHA256_LEN];

    derive_branch(random, BRANCH_POOL, data, len, next);
    memcpy(random->pool, next, sizeof(random->pool));
    fob_wipe(next, sizeof(next));
}

/* At most a digest's length, from as many fresh bytes of the port; when those
 * fail, which is told, from the pool alone. */
static enum fob_status fill_part(struct random *random, uint8_t *data,
                                 size_t len)
{
    uint8_t fresh[FOB_SHA256_LEN], out[FOB_SHA256_LEN];
    enum fob_status status = fob_port_random(fresh, len);

    random_add_entropy(random, fresh, len);
    derive_branch(random, BRANCH_OUTPUT, NULL, 0, out);
    random_add_entropy(random, NULL, 0);
    memcpy(data, out, len);
    fob_wipe(fresh, sizeof(fresh));
    fob_wipe(out, sizeof(out));
    return status;
}

static enum fob_status fill_parts(struct random *random, uint8_t *data,
                                  size_t len)
{
    enum fob_status status = FOB_OK;

    for (size_t done = 0, part; done < len; done += part) {
        part = len - done < FOB_SHA256_LEN ? len - done : FOB_SHA256_LEN;
        if (fill_part(random, data + done, part) != FOB_OK)
            status = FOB_E_FAILED;
    }
    return status;
}

enum fob_status random_fill(struct random *random, void *data, size_t len)
{
    enum fob_status status = fill_parts(random, data, len);

    if (status != FOB_OK)
        fob_wipe(data, len);
    return status;
}

void random_draw(struct random *random, void *data, size_t len)
{
    (void)!fill_parts(random, data, len);
}
