/* SPDX-License-Identifier: MIT */
/* Whose file it is, and who may read or write it. */
#include "host/base/file.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct fob_error error;
static char top[] = "/tmp/fob-trust-XXXXXX";
static char path[128];

static void make_file(const char *name, mode_t mode)
{
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", top, name);
    file = fopen(path, "w");
    if (file == NULL || fputs("something", file) < 0 || fclose(file) != 0 ||
        chmod(path, mode) != 0)
        exit(1);
}

static enum fob_status check(enum fob_file_trust wanted)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    enum fob_status status;

    fob_error_clear(&error);
    status = fob_file_check_trust(fd, path, wanted, &error);
    close(fd);
    return status;
}

static bool has_hint(const char *bits)
{
    char hint[256];

    snprintf(hint, sizeof(hint), "chmod %s %s", bits, path);
    return strcmp(error.hint, hint) == 0 && strstr(error.text, path) != NULL;
}

static void goes_by_mode(void)
{
    static const struct {
        mode_t mode;
        bool is_unchanged, is_unseen;
    } cases[] = {{0600, true, true},   {0400, true, true},
                 {0700, true, true},   {0640, true, false},
                 {0604, true, false},  {0444, true, false},
                 {0620, false, false}, {0602, false, false},
                 {0666, false, false}, {0611, true, true}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        make_file("file", cases[i].mode);
        tap_ok(check(FOB_FILE_UNCHANGED) ==
                       (cases[i].is_unchanged ? FOB_OK : FOB_E_UNSUPPORTED) &&
                   (cases[i].is_unchanged || has_hint("go-w")),
               "mode %o is %s", cases[i].mode,
               cases[i].is_unchanged ? "its owner's to write" : "not");
        tap_ok(check(FOB_FILE_UNSEEN) ==
                       (cases[i].is_unseen ? FOB_OK : FOB_E_LOCKED) &&
                   (cases[i].is_unseen || has_hint("go=")),
               "and %s", cases[i].is_unseen ? "to read" : "not to read");
        tap_ok(check(FOB_FILE_ANYBODYS) == FOB_OK, "where it does not matter");
    }
}

/* A umask of 002 is for groups of one. */
static void lets_commands_be_of_a_group(void)
{
    make_file("file", 0664);
    tap_ok(check(FOB_FILE_COMMANDS) == FOB_OK, "one's own group may write");
    make_file("file", 0646);
    tap_ok(check(FOB_FILE_COMMANDS) == FOB_E_UNSUPPORTED && has_hint("go-w"),
           "others may not");
    make_file("file", 0664);
    if (geteuid() == 0 && chown(path, 0, 12345) == 0)
        tap_ok(check(FOB_FILE_COMMANDS) == FOB_E_UNSUPPORTED,
               "nor another group");
}

/* A folder that others cannot pass keeps them from reading, whatever the
 * umask was; but nobody lets others write by accident. */
static void goes_by_folder(void)
{
    chmod(top, 0755);
    make_file("file", 0644);
    tap_ok(check(FOB_FILE_UNREACHED) == FOB_E_LOCKED && has_hint("go="),
           "a secret that others can reach is refused");
    chmod(top, 0750);
    tap_ok(check(FOB_FILE_UNREACHED) == FOB_E_LOCKED, "also a group");
    chmod(top, 0700);
    tap_ok(check(FOB_FILE_UNREACHED) == FOB_OK,
           "one in a folder that others cannot enter is not");
    tap_ok(check(FOB_FILE_UNSEEN) == FOB_E_LOCKED,
           "but one that stays has a mode of its own");
    make_file("file", 0646);
    tap_ok(check(FOB_FILE_UNREACHED) == FOB_E_LOCKED, "and nobody writes it");
}

static enum fob_status check_fd(int fd, const char *name)
{
    fob_error_clear(&error);
    return fob_file_check_trust(fd, name, FOB_FILE_UNSEEN, &error);
}

static void lets_the_nameless_through(void)
{
    char name[32];
    int ends[2], fd;

    if (pipe(ends) != 0)
        exit(1);
    tap_ok(check_fd(ends[0], "/dev/fd/3") == FOB_OK, "a pipe is its opener's");
    close(ends[0]);
    close(ends[1]);
    fd = open("/dev/null", O_RDONLY);
    tap_ok(check_fd(fd, "/dev/null") == FOB_OK, "so is a device");
    close(fd);
    snprintf(path, sizeof(path), "%s/fifo", top);
    mkfifo(path, 0666);
    fd = open(path, O_RDWR);
    tap_ok(check_fd(fd, path) == FOB_OK, "so is a FIFO");
    close(fd);
    unlink(path);
    fd = memfd_create("secret", 0);
    tap_ok(check_fd(fd, "/dev/fd/3") == FOB_OK, "so is memory without a name");
    close(fd);
    make_file("file", 0644);
    fd = open(path, O_RDONLY);
    snprintf(name, sizeof(name), "/dev/fd/%d", fd);
    tap_ok(check_fd(fd, name) == FOB_E_LOCKED &&
               strstr(error.hint, path) != NULL,
           "a file by its descriptor is told by its name");
    unlink(path);
    tap_ok(check_fd(fd, name) == FOB_OK, "and one that is deleted is not told");
    close(fd);
}

/* As another user, who has opened a file of root's or of a third's. */
static int check_as(uid_t uid, int fd)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        if (setresuid(uid, uid, uid) != 0)
            _exit(99);
        status = check_fd(fd, path);
        _exit(status == FOB_OK                             ? 0
              : strstr(error.hint, "chmod") != NULL        ? 1
              : strstr(error.text, "someone else") != NULL ? 2
                                                           : 3);
    }
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

static void goes_by_owner(void)
{
    enum { SOMEBODY = 12345, ANOTHER = 12346 };
    int fd;

    if (geteuid() != 0) {
        tap_ok(true, "files of others # SKIP not root");
        return;
    }
    make_file("file", 0640);
    fd = open(path, O_RDONLY);
    tap_ok(check_as(SOMEBODY, fd) == 0, "root's, for a group to read");
    chmod(path, 0644);
    tap_ok(check_as(SOMEBODY, fd) == 3, "not root's for all to read");
    chmod(path, 0600);
    if (chown(path, ANOTHER, ANOTHER) != 0)
        exit(1);
    tap_ok(check_as(SOMEBODY, fd) == 2, "not somebody else's");
    tap_ok(check_fd(fd, path) == FOB_E_LOCKED, "root neither takes it");
    if (chown(path, SOMEBODY, SOMEBODY) != 0)
        exit(1);
    tap_ok(check_as(SOMEBODY, fd) == 0, "one's own");
    close(fd);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK || mkdtemp(top) == NULL)
        return 1;
    goes_by_folder();
    goes_by_mode();
    lets_the_nameless_through();
    lets_commands_be_of_a_group();
    goes_by_owner();
    snprintf(path, sizeof(path), "%s/file", top);
    unlink(path);
    rmdir(top);
    return tap_done();
}
