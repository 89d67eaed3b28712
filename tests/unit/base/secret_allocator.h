/* SPDX-License-Identifier: MIT */
/* What holds for both allocators of secrets. */
#ifndef FOB_TESTS_UNIT_BASE_SECRET_ALLOCATOR_H
#define FOB_TESTS_UNIT_BASE_SECRET_ALLOCATOR_H

#include "host/base/secret.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void before_start(void)
{
    struct fob_secret secret = {NULL, 0, 0};

    tap_ok(fob_secret_alloc(&secret, 1) == FOB_E_NO_MEMORY && !secret.data &&
               !fob_secret_is_locked(),
           "before the start there is no memory for secrets");
}

/* In a child without privileges, whose limit on locked memory is hard_kib. */
static int locked_under(size_t hard_kib, size_t want)
{
    struct rlimit limit = {0, hard_kib * 1024}; /* soft, hard */
    struct fob_secret secret = {NULL, 0, 0};
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0 ||
            (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) ||
            fob_secret_allocator_start() != FOB_OK ||
            fob_secret_alloc(&secret, want - 1) != FOB_OK)
            _exit(2);
        memset(secret.data, 0xa5, want - 1);
        _exit(fob_secret_is_locked());
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* `least`: what one small secret needs to be locked. */
static void tells_whether_locked(size_t least)
{
    struct rlimit now;

    getrlimit(RLIMIT_MEMLOCK, &now);
    if (now.rlim_max < 8 << 20) {
        tap_ok(true, "locked memory # SKIP the limit is low here");
        return;
    }
    tap_ok(locked_under(8192, 100) == 1,
           "the limit is raised as far as allowed, and memory locked");
    tap_ok(locked_under(least / 1024, 100) == 1,
           "the least that is enough is enough");
    tap_ok(locked_under(least / 1024 - 4, 100) == 0,
           "where locking is not allowed, secrets live and the truth is told");
}

static void start_hardens(void)
{
    struct rlimit before, after;
    int status = -1;
    pid_t child = fork();

    /* In a child: these cannot be taken back, and the sanitizer's leak check
     * needs them. */
    if (child == 0) {
        getrlimit(RLIMIT_CORE, &before);
        if (fob_secret_start() != FOB_OK || fob_secret_start() != FOB_OK)
            _exit(2);
        getrlimit(RLIMIT_CORE, &after);
        _exit(prctl(PR_GET_DUMPABLE) != 0 || after.rlim_cur != 0 ||
              after.rlim_max != before.rlim_max);
    }
    waitpid(child, &status, 0);
    tap_ok(status == 0, "start forbids dumps and traces, also when repeated");
}

static void grows_and_wipes(void)
{
    struct fob_secret secret = {NULL, 0, 0};
    char text[1000];
    bool good = true;

    if (fob_secret_allocator_start() != FOB_OK)
        exit(1);
    for (size_t i = 0; i < sizeof(text); i++) {
        text[i] = (char)('a' + i % 26);
        good &= fob_secret_append(&secret, &text[i], 1) == FOB_OK &&
                secret.data[secret.len] == '\0';
    }
    tap_ok(good && secret.len == sizeof(text) &&
               memcmp(secret.data, text, sizeof(text)) == 0,
           "a secret grows byte by byte and always ends with a NUL");
    tap_ok(fob_secret_append(&secret, "", 0) == FOB_OK &&
               secret.len == sizeof(text),
           "nothing more is nothing more");
    fob_secret_free(&secret);
    tap_ok(!secret.data && !secret.len && !secret.cap, "free leaves it empty");
    fob_secret_free(&secret);
    tap_ok(fob_secret_alloc(&secret, 1000) == FOB_OK, "room is made again");
    for (size_t i = 0; i < 1001; i++)
        good &= secret.data[i] == 0;
    tap_ok(good && secret.len == 0, "and it is all zero");
    fob_secret_free(&secret);
}

static int file_of(size_t len)
{
    int fd = memfd_create("secret", 0);

    for (size_t i = 0; i < len; i++)
        if (fd < 0 || write(fd, &(char){(char)i}, 1) != 1)
            exit(1);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static void reads_descriptors(void)
{
    const size_t lens[] = {0, 1, 4095, 4096, 4097, 10000};
    struct fob_secret secret = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
        int fd = file_of(lens[i]);
        bool good = fob_secret_read(&secret, fd, lens[i]) == FOB_OK &&
                    secret.len == lens[i];
        for (size_t j = 0; good && j < lens[i]; j++)
            good = secret.data[j] == (uint8_t)j;
        tap_ok(good, "%zu bytes are read up to a limit of as many", lens[i]);
        fob_secret_free(&secret);
        lseek(fd, 0, SEEK_SET);
        if (lens[i] > 0)
            tap_ok(fob_secret_read(&secret, fd, lens[i] - 1) ==
                           FOB_E_TOO_LONG &&
                       !secret.data,
                   "one less is too few for them");
        close(fd);
    }
    tap_ok(fob_secret_read(&secret, -1, 10) == FOB_E_IO && !secret.data,
           "a descriptor that cannot be read is told");
}

static void refuses_absurd_sizes(void)
{
    struct fob_secret secret = {NULL, 0, 0};

    tap_ok(fob_secret_alloc(&secret, SIZE_MAX) == FOB_E_NO_MEMORY &&
               fob_secret_alloc(&secret, SIZE_MAX / 2) == FOB_E_NO_MEMORY &&
               !secret.data,
           "no size overflows");
    if (fob_secret_copy(&secret, "kept", 4) != FOB_OK)
        exit(1);
    tap_ok(fob_secret_reserve(&secret, SIZE_MAX - 2) == FOB_E_NO_MEMORY &&
               fob_secret_reserve(&secret, SIZE_MAX / 4) == FOB_E_NO_MEMORY &&
               secret.len == 4 && memcmp(secret.data, "kept", 4) == 0,
           "and what was there stays");
    fob_secret_free(&secret);
}

#endif
