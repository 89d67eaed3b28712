/* SPDX-License-Identifier: MIT */
/* The guarded pages; linked with secret_mmap.c in the other's place. */
#include "tests/unit/base/secret_allocator.h"

#include <inttypes.h>
#include <stdio.h>

/* Whether the kernel can read a byte there. */
static bool is_readable(const void *at)
{
    int ends[2];
    bool readable;

    if (pipe(ends) != 0)
        return false;
    readable = write(ends[1], at, 1) == 1;
    close(ends[0]);
    close(ends[1]);
    return readable;
}

static void is_guarded(void)
{
    const size_t sizes[] = {0, 15, 31, 4095, 4096, 9999};
    struct fob_secret secret = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        if (fob_secret_alloc(&secret, sizes[i]) != FOB_OK)
            exit(1);
        const uint8_t *data = secret.data;
        size_t end = (sizes[i] + 1 + 15) / 16 * 16;
        size_t inner = (sizes[i] + 1 + 4095) / 4096 * 4096;
        tap_ok(is_readable(data + sizes[i]) && !is_readable(data + end) &&
                   is_readable(data + end - inner) &&
                   !is_readable(data + end - inner - 1),
               "%zu bytes lie between guards", sizes[i]);
        fob_secret_free(&secret);
        tap_ok(!is_readable(data), "and are gone when freed");
    }
}

static void is_wiped_in_children(void)
{
    struct fob_secret secret = {NULL, 0, 0};
    int status = -1;
    pid_t child;

    if (fob_secret_copy(&secret, "seed", 4) != FOB_OK)
        exit(1);
    child = fork();
    if (child == 0)
        _exit(memcmp(secret.data, "\0\0\0\0", 4) != 0);
    waitpid(child, &status, 0);
    tap_ok(status == 0, "a forked child reads zeros");
    fob_secret_free(&secret);
}

/* What the kernel says of the pages that hold `at`: "rd wr ... lo dd wf". */
static bool has_flag(const void *at, const char *flag)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    char line[256];
    bool is_here = false, has = false;

    while (maps != NULL && fgets(line, sizeof(line), maps) != NULL) {
        uintptr_t start, end;

        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &start, &end) == 2)
            is_here = (uintptr_t)at >= start && (uintptr_t)at < end;
        else if (is_here && strncmp(line, "VmFlags:", 8) == 0)
            has = strstr(line, flag) != NULL;
    }
    if (maps != NULL)
        fclose(maps);
    return has;
}

static void is_kept_from_disks(void)
{
    struct fob_secret secret = {NULL, 0, 0};

    if (fob_secret_copy(&secret, "seed", 4) != FOB_OK)
        exit(1);
    tap_ok(has_flag(secret.data, " lo"), "locked, or it may be swapped");
    tap_ok(has_flag(secret.data, " dd"), "and in no dump of the core");
    tap_ok(!has_flag(&secret, " dd"), "which other pages may be in");
    fob_secret_free(&secret);
}

int main(void)
{
    before_start();
    start_hardens();
    tells_whether_locked(4096);
    grows_and_wipes();
    reads_descriptors();
    refuses_absurd_sizes();
    is_guarded();
    is_wiped_in_children();
    is_kept_from_disks();
    return tap_done();
}
