/* SPDX-License-Identifier: MIT */
#include "host/base/child.h"
#include "host/base/monotonic.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static struct fob_error error;

struct result {
    enum fob_status status;
    int exit_status;
    struct fob_secret output;
};

/* Run a shell line. */
static struct result run(const char *line, const void *input, size_t len,
                         int timeout_ms)
{
    const char *const argv[] = {"/bin/sh", "-c", line, NULL};
    const char *const envp[] = {"PATH=/usr/bin:/bin", "ONLY=this", NULL};
    const struct fob_child child = {.argv = argv,
                                    .envp = envp,
                                    .input = input,
                                    .input_len = len,
                                    .output_max = 256 << 10,
                                    .timeout_ms = timeout_ms};
    struct result result = {.output = {NULL, 0, 0}};

    result.status =
        fob_child_run(&child, &result.output, &result.exit_status, &error);
    return result;
}

static bool says(struct result result, int exit_status, const char *text)
{
    bool same =
        result.status == FOB_OK && result.exit_status == exit_status &&
        result.output.len == strlen(text) &&
        memcmp(result.output.data != NULL ? (char *)result.output.data : "",
               text, result.output.len) == 0;

    if (!same)
        printf("# %02x %d %s\n", (unsigned)result.status, result.exit_status,
               result.output.data != NULL ? (char *)result.output.data : "");
    fob_secret_free(&result.output);
    return same;
}

static void answers(void)
{
    tap_ok(says(run("tr a-z A-Z", "hello", 5, 10000), 0, "HELLO"),
           "input goes in, output comes out");
    tap_ok(says(run("exit 7", "", 0, 10000), 7, ""), "its exit status is told");
    tap_ok(says(run("kill -TERM $$", "", 0, 10000), 128 + 15, ""),
           "and the signal that ended it");
    tap_ok(says(run("echo $ONLY $HOME", "", 0, 10000), 0, "this\n"),
           "it gets the environment it was given and no other");
    tap_ok(says(run("echo gone >&2; echo here", "", 0, 10000), 0, "here\n"),
           "what it says to stderr goes nowhere");
}

static void hear(void *context, const struct fob_secret *output)
{
    size_t *heard = context;

    heard[0]++;
    heard[1] = output->len;
}

static void is_heard(void)
{
    const char *const argv[] = {"/bin/sh", "-c", "echo a; sleep 0.2; echo b",
                                NULL};
    const char *const envp[] = {"PATH=/usr/bin:/bin", NULL};
    size_t heard[2] = {0, 0};
    const struct fob_child child = {.argv = argv,
                                    .envp = envp,
                                    .output_max = 100,
                                    .timeout_ms = 10000,
                                    .hear = hear,
                                    .context = heard};
    struct fob_secret output = {NULL, 0, 0};
    int exit_status;

    tap_ok(fob_child_run(&child, &output, &exit_status, &error) == FOB_OK &&
               heard[0] == 2 && heard[1] == 4 && output.len == 4,
           "it is heard while it runs");
    fob_secret_free(&output);
}

static void gets_no_descriptor(void)
{
    int extra = open("/dev/null", O_RDONLY); /* without O_CLOEXEC */

    tap_ok(says(run("cd /proc/self/fd; echo ?; echo ??", "", 0, 10000), 0,
                "0 1 2 3\n??\n") ||
               says(run("cd /proc/self/fd; echo ?; echo ??", "", 0, 10000), 0,
                    "0 1 2\n??\n"),
           "it gets no descriptor but three");
    close(extra);
}

static void serves_both_ways(void)
{
    static char big[256 << 10];
    struct result result;

    memset(big, 'x', sizeof(big));
    result = run("cat", big, sizeof(big), 60000);
    tap_ok(result.status == FOB_OK && result.output.len == sizeof(big) &&
               memcmp(result.output.data, big, sizeof(big)) == 0,
           "more than a pipe holds goes through without blocking either side");
    fob_secret_free(&result.output);
    result = run("cat; echo", big, sizeof(big), 60000);
    tap_ok(result.status == FOB_E_TOO_LONG && result.output.data == NULL,
           "a byte more than wanted is too much");
    tap_ok(
        says(run("exec <&-; echo deaf", big, sizeof(big), 10000), 0, "deaf\n"),
        "one that will not listen may still answer");
}

static void ends_in_time(void)
{
    int64_t start = fob_monotonic_ms();
    struct result result = run("exec sleep 1000", "", 0, 100);

    tap_ok(result.status == FOB_E_BUSY && result.exit_status == 128 + 9 &&
               fob_monotonic_ms() - start < 60000,
           "one that takes too long is killed");
    result = run("exec >&-; exec sleep 1000", "", 0, 100);
    tap_ok(result.status == FOB_E_BUSY, "also when it has closed its output");
}

static void cannot_start(void)
{
    const char *const argv[] = {"/no/such/program", NULL};
    const char *const envp[] = {NULL};
    const struct fob_child child = {.argv = argv,
                                    .envp = envp,
                                    .input = "",
                                    .output_max = 10,
                                    .timeout_ms = 10000};
    struct fob_secret output = {NULL, 0, 0};
    int exit_status;

    tap_ok(fob_child_run(&child, &output, &exit_status, &error) ==
                   FOB_E_FAILED &&
               strstr(error.text, "/no/such/program") != NULL &&
               output.data == NULL,
           "a program that is not there is named");
}

static void takes_a_descriptor(void)
{
    const char *const argv[] = {"/bin/cat", NULL};
    const char *const envp[] = {NULL};
    struct fob_child child = {
        .argv = argv, .envp = envp, .output_max = 100, .timeout_ms = 10000};
    struct result result = {.output = {NULL, 0, 0}};
    int ends[2];

    if (pipe(ends) != 0 || write(ends[1], "piped", 5) != 5)
        exit(1);
    close(ends[1]);
    child.input_fd = ends[0];
    result.status =
        fob_child_run(&child, &result.output, &result.exit_status, &error);
    tap_ok(says(result, 0, "piped"), "a descriptor can be its input");
    close(ends[0]);
}

static void works_without_stdio(void)
{
    int kept[3], good;

    fflush(stdout);
    for (int i = 0; i < 3; i++) {
        kept[i] = fcntl(i, F_DUPFD_CLOEXEC, 10);
        close(i);
    }
    good = says(run("cat", "closed", 6, 10000), 0, "closed");
    for (int i = 0; i < 3; i++)
        if (kept[i] >= 0 && dup2(kept[i], i) == i)
            close(kept[i]);
    tap_ok(good, "it works where 0, 1 and 2 are closed");
}

static void *run_many(void *failed)
{
    char text[32];

    for (int i = 0; i < 10; i++) {
        int len = snprintf(text, sizeof(text), "%p %d", failed, i);
        *(int *)failed += !says(run("cat", text, (size_t)len, 60000), 0, text);
    }
    return NULL;
}

static void runs_in_threads(void)
{
    pthread_t threads[8];
    int failed[8] = {0}, sum = 0;

    for (int i = 0; i < 8; i++)
        if (pthread_create(&threads[i], NULL, run_many, &failed[i]) != 0)
            exit(1);
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        sum += failed[i];
    }
    tap_ok(sum == 0, "eight threads run eighty without mixing anything up");
}

static int descriptors_open(void)
{
    int count = 0;

    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) != -1;
    return count;
}

int main(void)
{
    int before;

    if (fob_secret_allocator_start() != FOB_OK)
        return 1;
    before = descriptors_open();
    answers();
    is_heard();
    gets_no_descriptor();
    serves_both_ways();
    ends_in_time();
    cannot_start();
    takes_a_descriptor();
    works_without_stdio();
    runs_in_threads();
    tap_ok(descriptors_open() == before, "no descriptor is left open");
    return tap_done();
}
