/* SPDX-License-Identifier: MIT */
#include "host/base/secret.h"

#include "src/wipe.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum fob_status fob_secret_start(void)
{
    struct rlimit core;

    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        getrlimit(RLIMIT_CORE, &core) != 0)
        return FOB_E_FAILED;
    /* The hard limit stays: `fob exec` hands its own on as they were. */
    core.rlim_cur = 0;
    if (setrlimit(RLIMIT_CORE, &core) != 0)
        return FOB_E_FAILED;
    return fob_secret_allocator_start();
}

bool fob_secret_is_locked(void)
{
    return fob_secret_allocator_is_locked();
}

static _Thread_local unsigned left_percent;

void fob_secret_leave(unsigned percent)
{
    left_percent = percent;
}

enum fob_status fob_secret_alloc(struct fob_secret *secret, size_t cap)
{
    uint8_t *data = NULL;

    if (cap < SIZE_MAX / 2 &&
        (left_percent == 0 ||
         fob_secret_allocator_has_room(cap + 1, left_percent)))
        data = fob_secret_allocator_alloc(cap + 1);
    if (data == NULL)
        return FOB_E_NO_MEMORY;
    *secret = (struct fob_secret){.data = data, .len = 0, .cap = cap};
    return FOB_OK;
}

enum fob_status fob_secret_copy(struct fob_secret *secret, const void *data,
                                size_t len)
{
    enum fob_status status = fob_secret_alloc(secret, len);

    if (status != FOB_OK)
        return status;
    if (len > 0)
        memcpy(secret->data, data, len);
    secret->len = len;
    return FOB_OK;
}

/* The least room that holds `len` and, with its NUL, fills a power of two:
 * that is what the heap gives out anyway.  What grows starts with some, since
 * each step wipes and copies, and costs pages where each secret has its own. */
static size_t secret_room(size_t len)
{
    size_t size = 1024;

    while (size <= len)
        size *= 2;
    return size - 1;
}

enum fob_status fob_secret_reserve(struct fob_secret *secret, size_t more)
{
    struct fob_secret wider = {NULL, 0, 0};
    enum fob_status status;

    if (secret->data != NULL && more <= secret->cap - secret->len)
        return FOB_OK;
    if (more > SIZE_MAX / 4 || secret->len > SIZE_MAX / 4)
        return FOB_E_NO_MEMORY;
    status = fob_secret_alloc(&wider, secret_room(secret->len + more));
    if (status != FOB_OK)
        return status;
    if (secret->len > 0)
        memcpy(wider.data, secret->data, secret->len);
    wider.len = secret->len;
    fob_secret_free(secret);
    *secret = wider;
    return FOB_OK;
}

enum fob_status fob_secret_append(struct fob_secret *secret, const void *data,
                                  size_t len)
{
    enum fob_status status = fob_secret_reserve(secret, len);

    if (status != FOB_OK)
        return status;
    if (len > 0)
        memcpy(secret->data + secret->len, data, len);
    secret->len += len;
    return FOB_OK;
}

void fob_secret_free(struct fob_secret *secret)
{
    if (secret->data != NULL) {
        fob_wipe(secret->data, secret->cap + 1);
        fob_secret_allocator_free(secret->data, secret->cap + 1);
    }
    *secret = (struct fob_secret){NULL, 0, 0};
}

/* Whether `fd` is at its end; what it still says is not wanted. */
static enum fob_status secret_expect_end(int fd)
{
    uint8_t extra;
    ssize_t got;

    do
        got = read(fd, &extra, 1);
    while (got < 0 && errno == EINTR);
    fob_wipe(&extra, 1);
    return got == 0 ? FOB_OK : got < 0 ? FOB_E_IO : FOB_E_TOO_LONG;
}

/* One read; FOB_OK with `*end` set when there is no more. */
static enum fob_status secret_read_some(struct fob_secret *secret, int fd,
                                        size_t max, bool *end)
{
    enum fob_status status = FOB_OK;
    size_t room = max - secret->len;
    ssize_t got;

    if (room == 0) {
        *end = true;
        return secret_expect_end(fd);
    }
    /* Twice as much each time it is full: many callers at once
     * share one heap, and most files are small. */
    status = fob_secret_reserve(secret, 1);
    if (status != FOB_OK)
        return status;
    if (room > secret->cap - secret->len)
        room = secret->cap - secret->len;
    got = read(fd, secret->data + secret->len, room);
    if (got < 0)
        return errno == EINTR ? FOB_OK : FOB_E_IO;
    secret->len += (size_t)got;
    *end = got == 0;
    return FOB_OK;
}

enum fob_status fob_secret_read(struct fob_secret *secret, int fd, size_t max)
{
    enum fob_status status;
    bool end = false;

    do
        status = secret_read_some(secret, fd, max, &end);
    while (status == FOB_OK && !end);
    if (status != FOB_OK)
        fob_secret_free(secret);
    return status;
}
