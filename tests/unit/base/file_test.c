/* SPDX-License-Identifier: MIT */
#include "host/base/file.h"
#include "host/base/monotonic.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fob_error error;
static char top[] = "/tmp/fob-file-XXXXXX";

static const char *in_top(const char *name)
{
    static char paths[4][128];
    static int next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof(paths[0]), "%s/%s", top, name);
    return path;
}

static enum fob_status put(const char *path, const char *text,
                           const struct fob_file_options *options)
{
    return fob_file_replace(path, text, strlen(text), options, &error);
}

static bool holds(const char *path, const char *text)
{
    struct fob_secret content = {NULL, 0, 0};
    bool same = fob_file_read(path, 100, &content, &error) == FOB_OK &&
                content.len == strlen(text) &&
                memcmp(content.data, text, content.len) == 0;

    fob_secret_free(&content);
    return same;
}

static mode_t mode_of(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static void makes_private_folders(void)
{
    umask(0);
    tap_ok(fob_file_private_folder(in_top("a/b/c"), &error) == FOB_OK &&
               mode_of(in_top("a")) == 0700 && mode_of(in_top("a/b/c")) == 0700,
           "folders are made private, parents too");
    tap_ok(fob_file_private_folder(in_top("a/b/c/"), &error) == FOB_OK,
           "one that is there is used");
    chmod(in_top("a/b"), 0755);
    tap_ok(fob_file_private_folder(in_top("a/b"), &error) == FOB_OK,
           "also when others may look into it");
    chmod(in_top("a/b"), 0770);
    tap_ok(fob_file_private_folder(in_top("a/b"), &error) == FOB_E_FAILED &&
               strstr(error.hint, "chmod") != NULL,
           "not when its group may write");
    chmod(in_top("a/b"), 0702);
    tap_ok(fob_file_private_folder(in_top("a/b"), &error) == FOB_E_FAILED,
           "not when others may");
    chmod(in_top("a/b"), 0700);
    if (geteuid() == 0 && chown(in_top("a/b"), 65534, 65534) == 0)
        tap_ok(fob_file_private_folder(in_top("a/b"), &error) == FOB_E_FAILED &&
                   strstr(error.text, "someone else") != NULL,
               "not when it is someone else's");
    tap_ok(put(in_top("plain"), "x",
               &(struct fob_file_options){.mode = 0600}) == FOB_OK &&
               fob_file_private_folder(in_top("plain/x"), &error) ==
                   FOB_E_FAILED &&
               fob_file_private_folder(in_top("plain"), &error) == FOB_E_FAILED,
           "a file is no folder");
}

static void reads_files(void)
{
    const struct fob_file_options options = {.mode = 0600};
    struct fob_secret content = {NULL, 0, 0};

    tap_ok(put(in_top("text"), "hello", &options) == FOB_OK &&
               holds(in_top("text"), "hello"),
           "what was written is read");
    tap_ok(fob_file_read(in_top("text"), 4, &content, &error) ==
                   FOB_E_TOO_LONG &&
               content.data == NULL,
           "a file over the limit is not");
    tap_ok(fob_file_read(in_top("none"), 4, &content, &error) ==
               FOB_E_NOT_FOUND,
           "one that is not there is told");
    tap_ok(fob_file_read(in_top("text/x"), 4, &content, &error) ==
               FOB_E_NOT_FOUND,
           "also below a file");
    tap_ok(fob_file_read(top, 4, &content, &error) == FOB_E_IO,
           "a folder is no file");
    tap_ok(mkfifo(in_top("fifo"), 0600) == 0 &&
               fob_file_read(in_top("fifo"), 4, &content, &error) == FOB_E_IO,
           "a FIFO is none, and does not hold the reader up");
}

static void replaces(void)
{
    struct fob_file_options options = {.mode = 0640,
                                       .backup = in_top("f.backup")};
    char backup[128];
    struct stat before, after;

    snprintf(backup, sizeof(backup), "%s", options.backup);
    options.backup = backup;
    tap_ok(put(in_top("f"), "1", &options) == FOB_OK && !is_there(backup) &&
               mode_of(in_top("f")) == 0640,
           "a new file gets its mode and no backup");
    stat(in_top("f"), &before);
    tap_ok(put(in_top("f"), "2", &options) == FOB_OK &&
               holds(in_top("f"), "2") && holds(backup, "1"),
           "the content before is kept as backup");
    stat(backup, &after);
    tap_ok(before.st_ino == after.st_ino, "as the very file");
    tap_ok(put(in_top("f"), "3", &options) == FOB_OK && holds(backup, "2"),
           "and always the last one");
    tap_ok(!is_there(in_top(".f.new")) && !is_there(in_top("f.backup.new")),
           "nothing else is left");
    tap_ok(chdir(top) == 0 && put("f", "4", &options) == FOB_OK &&
               holds(in_top("f"), "4"),
           "a name without a folder is in the working folder");
}

static void replaces_a_leftover(void)
{
    const struct fob_file_options options = {.mode = 0600};

    tap_ok(put(in_top(".f.new"), "a long leftover of a killed writer",
               &options) == FOB_OK &&
               put(in_top("f"), "5", &options) == FOB_OK &&
               holds(in_top("f"), "5") && !is_there(in_top(".f.new")),
           "the temporary file of a killed writer is used up");
    tap_ok(symlink("f", in_top(".f.new")) == 0 &&
               put(in_top("f"), "6", &options) == FOB_E_IO &&
               holds(in_top("f"), "5"),
           "a symbolic link in its place is not followed");
    unlink(in_top(".f.new"));
}

static void finishes_a_killed_backup(void)
{
    char backup[128];
    struct fob_file_options options = {.mode = 0600, .backup = backup};

    snprintf(backup, sizeof(backup), "%s", in_top("f.backup"));
    unlink(backup);
    /* Killed after the backup, before the file itself was replaced. */
    tap_ok(link(in_top("f"), backup) == 0 &&
               link(in_top("f"), in_top("f.backup.new")) == 0 &&
               put(in_top("f"), "7", &options) == FOB_OK &&
               holds(in_top("f"), "7") && holds(backup, "5") &&
               !is_there(in_top("f.backup.new")),
           "a backup that was cut short is finished");
}

static void keeps_mode_and_links(void)
{
    const struct fob_file_options options = {.mode = 0600, .keep_mode = true};
    struct stat st;

    mkdir(in_top("dots"), 0700);
    tap_ok(put(in_top("dots/config"), "a", &options) == FOB_OK &&
               mode_of(in_top("dots/config")) == 0600,
           "a new file gets the given mode");
    chmod(in_top("dots/config"), 0644);
    tap_ok(symlink("dots/config", in_top("config")) == 0 &&
               put(in_top("config"), "b", &options) == FOB_OK &&
               holds(in_top("dots/config"), "b") &&
               mode_of(in_top("dots/config")) == 0644,
           "one that is there keeps its own");
    tap_ok(lstat(in_top("config"), &st) == 0 && S_ISLNK(st.st_mode),
           "and the link to it stays a link");
    if (geteuid() == 0 && chown(in_top("dots/config"), 123, 456) == 0)
        tap_ok(put(in_top("config"), "c", &options) == FOB_OK &&
                   stat(in_top("config"), &st) == 0 && st.st_uid == 123 &&
                   st.st_gid == 456 && (st.st_mode & 07777) == 0644,
               "its owner stays, too");
    tap_ok(symlink("nowhere/at/all", in_top("dangling")) == 0 &&
               put(in_top("dangling"), "d", &options) == FOB_E_IO,
           "a link to nowhere is left alone");
}

static void tells_why_not(void)
{
    const struct fob_file_options options = {.mode = 0600};

    tap_ok(put(in_top("no/such/folder"), "x", &options) == FOB_E_IO &&
               strstr(error.text, "No such file") != NULL,
           "a missing folder is told");
    tap_ok(put("/dev/full/x", "x", &options) == FOB_E_IO && error.text[0],
           "a device is no folder");
    tap_ok(put(top, "x", &options) == FOB_E_IO, "a folder is not replaced");
}

/* Many processes replace one file; each time it is whole. */
static void writers_take_turns(void)
{
    static char text[2][4097];
    const struct fob_file_options options = {.mode = 0600};
    struct fob_secret content = {NULL, 0, 0};
    int bad = 0, status;

    for (int w = 0; w < 2; w++) {
        memset(text[w], 'a' + w, 4096);
        if (fork() == 0) {
            int failed = 0;
            for (int i = 0; i < 60; i++)
                failed += put(in_top("race"), text[w], &options) != FOB_OK;
            _exit(failed != 0);
        }
    }
    while (waitpid(-1, &status, WNOHANG) >= 0) {
        if (fob_file_read(in_top("race"), 5000, &content, &error) != FOB_OK)
            continue;
        bad += content.len != 4096 || (memcmp(content.data, text[0], 4096) &&
                                       memcmp(content.data, text[1], 4096));
        fob_secret_free(&content);
    }
    tap_ok(bad == 0 && !is_there(in_top(".race.new")),
           "readers see whole files while two writers race");
}

static void writers_race_and_succeed(void)
{
    const struct fob_file_options options = {.mode = 0600};
    int failed = 0, status;

    for (int w = 0; w < 4; w++)
        if (fork() == 0) {
            int bad = 0;
            for (int i = 0; i < 25; i++)
                bad += put(in_top("race"), "x", &options) != FOB_OK;
            _exit(bad != 0);
        }
    while (wait(&status) > 0)
        failed += status != 0;
    tap_ok(failed == 0, "and no writer fails");
}

static void locks(void)
{
    int first = -1, second = -1;
    int64_t start;

    tap_ok(fob_file_lock(in_top("lock"), 0, &first, &error) == FOB_OK &&
               mode_of(in_top("lock")) == 0600,
           "a lock is taken and its file private");
    tap_ok(fob_file_lock(in_top("lock"), 0, &second, &error) == FOB_E_BUSY &&
               second == -1,
           "it is not taken twice");
    start = fob_monotonic_ms();
    tap_ok(fob_file_lock(in_top("lock"), 60, &second, &error) == FOB_E_BUSY &&
               fob_monotonic_ms() - start >= 60,
           "who waits gives up in the end");
    if (fork() == 0) {
        usleep(100000);
        _exit(0); /* it holds the description, too, until then */
    }
    close(first);
    tap_ok(fob_file_lock(in_top("lock"), 10000, &second, &error) == FOB_OK,
           "it is free when its last holder ends");
    close(second);
    wait(NULL);
    tap_ok(fob_file_lock(in_top("lock"), -1, &first, &error) == FOB_OK,
           "waiting for ever takes a free one at once");
    close(first);
    tap_ok(symlink("lock", in_top("trap")) == 0 &&
               fob_file_lock(in_top("trap"), 0, &first, &error) == FOB_E_IO,
           "a symbolic link is no lock");
}

static void writes_all(void)
{
    static uint8_t big[1 << 20];
    int pair[2], status;
    size_t got = 0;
    ssize_t more;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) != 0)
        exit(1);
    if (fork() == 0) {
        close(pair[1]);
        _exit(fob_file_write_all(pair[0], big, sizeof(big)) != FOB_OK);
    }
    close(pair[0]);
    fcntl(pair[1], F_SETFL, 0);
    while ((more = read(pair[1], big, sizeof(big))) > 0)
        got += (size_t)more;
    wait(&status);
    tap_ok(got == sizeof(big) && status == 0,
           "all is written, also to a socket that is slow");
    close(pair[1]);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        exit(1);
    close(pair[1]);
    tap_ok(fob_file_write_all(pair[0], "x", 1) == FOB_E_IO,
           "a peer that left is a fault, not the end of the process");
    close(pair[0]);
    int full = open("/dev/full", O_WRONLY);
    tap_ok(fob_file_write_all(full, "x", 1) == FOB_E_IO,
           "a full device is a fault");
    close(full);
}

int main(void)
{
    char command[64];

    if (fob_secret_allocator_start() != FOB_OK || mkdtemp(top) == NULL)
        return 1;
    makes_private_folders();
    reads_files();
    replaces();
    replaces_a_leftover();
    finishes_a_killed_backup();
    keeps_mode_and_links();
    tells_why_not();
    writers_take_turns();
    writers_race_and_succeed();
    locks();
    writes_all();
    snprintf(command, sizeof(command), "rm -r '%s'", top);
    return chdir("/") == 0 && system(command) == 0 ? tap_done() : 1;
}
