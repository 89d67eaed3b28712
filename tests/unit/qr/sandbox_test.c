/* SPDX-License-Identifier: MIT */
/* What a process in the sandbox may do and what ends it.  Built here with the
 * sanitizers; the e2e test builds it again over the product's objects. */
#include "host/qr/sandbox.h"

#include "tests/lib/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int spare_pipe[2]; /* open in the child, but not its stdin or stdout */
static uint8_t *page;

static void try_open(void)
{
    (void)open("/etc/passwd", O_RDONLY);
}

static void try_openat(void)
{
    (void)syscall(SYS_openat, AT_FDCWD, ".", O_RDONLY);
}

static void try_socket(void)
{
    (void)socket(AF_INET, SOCK_STREAM, 0);
}

static void try_unix_socket(void)
{
    int pair[2];

    (void)socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

static void try_execve(void)
{
    char *const none[] = {NULL};

    (void)execve("/bin/true", none, none);
}

static void try_fork(void)
{
    (void)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
}

static void try_ptrace(void)
{
    (void)syscall(SYS_ptrace, PTRACE_TRACEME, 0, NULL, NULL);
}

static void try_kill(void)
{
    (void)kill(getppid(), 0);
}

static void try_prctl(void)
{
    (void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static void try_setrlimit(void)
{
    const struct rlimit limit = {1, 1};

    (void)setrlimit(RLIMIT_CPU, &limit);
}

static void try_ioctl(void)
{
    struct winsize size;

    (void)ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
}

static void try_dup(void)
{
    (void)dup2(spare_pipe[0], STDIN_FILENO);
}

static void try_read_other(void)
{
    char byte;

    (void)!read(spare_pipe[0], &byte, 1);
}

static void try_write_other(void)
{
    (void)!write(spare_pipe[1], "x", 1);
}

static void try_write_stdin(void)
{
    (void)!write(STDIN_FILENO, "x", 1);
}

static void try_map_code(void)
{
    (void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
               -1, 0);
}

static void try_make_code(void)
{
    (void)mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static void try_io_uring(void)
{
    (void)syscall(425 /* io_uring_setup */, 1, NULL);
}

#ifdef __x86_64__
static void try_x32(void)
{
    (void)syscall(0x40000000 | SYS_getpid);
}
#endif

static void do_nothing(void)
{
}

static void do_memory(void)
{
    for (size_t size = 1; size <= 32 << 20; size *= 2) {
        char *volatile block = malloc(size);

        if (block == NULL)
            _exit(2);
        block[size - 1] = 1;
        free(block);
    }
}

static void do_protect(void)
{
    if (mprotect(page, 4096, PROT_NONE) != 0 || munmap(page, 4096) != 0)
        _exit(2);
}

static void do_streams(void)
{
    char byte;

    if (read(STDIN_FILENO, &byte, 1) != 0 || write(STDOUT_FILENO, "", 0) != 0)
        _exit(2);
}

#ifndef __SANITIZE_ADDRESS__
static void do_too_much_memory(void)
{
    void *volatile block = malloc(600 << 20);

    if (block != NULL || errno != ENOMEM)
        _exit(2);
}
#endif

struct attempt {
    const char *name;
    void (*act)(void);
};

static const struct attempt forbidden[] = {
    {"open", try_open},
    {"openat", try_openat},
    {"socket", try_socket},
    {"socketpair", try_unix_socket},
    {"execve", try_execve},
    {"clone", try_fork},
    {"ptrace", try_ptrace},
    {"kill", try_kill},
    {"prctl", try_prctl},
    {"setrlimit", try_setrlimit},
    {"ioctl", try_ioctl},
    {"dup2", try_dup},
    {"read of another descriptor", try_read_other},
    {"write to another descriptor", try_write_other},
    {"write to stdin", try_write_stdin},
    {"mmap of executable memory", try_map_code},
    {"mprotect to executable", try_make_code},
    {"io_uring_setup", try_io_uring},
#ifdef __x86_64__
    {"a call of the x32 ABI", try_x32},
#endif
};

static const struct attempt allowed[] = {
    {"ending", do_nothing},
    {"memory", do_memory},
    {"protecting memory", do_protect},
    {"reading stdin and writing stdout", do_streams},
#ifndef __SANITIZE_ADDRESS__
    {"being refused 600 MiB", do_too_much_memory},
#endif
};

static void child_run(const struct attempt *attempt)
{
    struct fob_error error = {0};

    if (dup2(open("/dev/null", O_RDONLY), STDIN_FILENO) < 0 ||
        fob_sandbox_enter(&qr_sandbox, &error) != FOB_OK)
        _exit(3);
    attempt->act();
    _exit(0);
}

/* The wait status of an attempt made in the sandbox. */
static int outcome(const struct attempt *attempt)
{
    int status = -1;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child == 0)
        child_run(attempt);
    if (child < 0 || waitpid(child, &status, 0) != child)
        printf("Bail out! no child\n");
    return status;
}

static bool status_has(pid_t pid, const char *line)
{
    char path[64], text[4096];
    size_t len;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
    file = fopen(path, "r");
    if (file == NULL)
        return false;
    len = fread(text, 1, sizeof(text) - 1, file);
    text[len] = '\0';
    fclose(file);
    return strstr(text, line) != NULL;
}

static bool limit_is(pid_t pid, unsigned resource, rlim_t most)
{
    struct rlimit limit;

    return prlimit(pid, resource, NULL, &limit) == 0 &&
           limit.rlim_cur <= most && limit.rlim_max <= most;
}

/* Look from outside at a process that waits in the sandbox. */
static void test_state(void)
{
    int ready[2], go[2];
    pid_t child;
    char byte;

    if (pipe(ready) != 0 || pipe(go) != 0)
        printf("Bail out! no pipe\n");
    fflush(stdout);
    child = fork();
    if (child == 0) {
        struct fob_error error = {0};

        if (dup2(go[0], STDIN_FILENO) < 0 ||
            dup2(ready[1], STDOUT_FILENO) < 0 ||
            fob_sandbox_enter(&qr_sandbox, &error) != FOB_OK)
            _exit(3);
        _exit(write(STDOUT_FILENO, "x", 1) == 1 &&
                      read(STDIN_FILENO, &byte, 1) == 1
                  ? 0
                  : 2);
    }
    tap_ok(read(ready[0], &byte, 1) == 1, "the sandbox closes");
    tap_ok(status_has(child, "\nNoNewPrivs:\t1\n"), "no new privileges");
    tap_ok(status_has(child, "\nSeccomp:\t2\n"), "a filter of system calls");
    tap_ok(limit_is(child, RLIMIT_CPU, 10), "10 s of CPU");
    tap_ok(limit_is(child, RLIMIT_FSIZE, 16 << 20), "16 MiB of a file");
    tap_ok(limit_is(child, RLIMIT_NOFILE, 0) &&
               limit_is(child, RLIMIT_NPROC, 0),
           "no new descriptor, no new process");
    tap_ok(limit_is(child, RLIMIT_CORE, 0), "no core file");
    tap_ok(write(go[1], "x", 1) == 1 && waitpid(child, NULL, 0) == child,
           "it goes on");
}

/* Without the filter in front, so that what Landlock does is seen. */
static void test_landlock(void)
{
    int status;
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child == 0) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
            _exit(3);
        switch (fob_landlock_restrict(&(struct fob_landlock){0})) {
        case FOB_E_UNSUPPORTED:
            _exit(77);
        case FOB_OK:
            _exit(open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES &&
                          open("/", O_RDONLY) < 0 && errno == EACCES &&
                          mkdir("/tmp/fob-landlock", 0700) < 0 &&
                          errno == EACCES
                      ? 0
                      : 2);
        default:
            _exit(3);
        }
    }
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        tap_ok(true, "Landlock denies files # SKIP none in this kernel");
    else
        tap_ok(status == 0, "Landlock denies files");
}

int main(void)
{
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0);
    if (page == MAP_FAILED || pipe(spare_pipe) != 0)
        return 1;
    test_state();
    test_landlock();
    for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
        tap_ok(outcome(&allowed[i]) == 0, "the sandbox allows %s",
               allowed[i].name);
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(*forbidden); i++) {
        int status = outcome(&forbidden[i]);

        tap_ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS,
               "the sandbox ends a process for %s", forbidden[i].name);
    }
    return tap_done();
}
