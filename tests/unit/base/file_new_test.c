/* SPDX-License-Identifier: MIT */
#include "host/base/file_new.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fob_error error;
static struct stat info;

static bool holds(const char *path, const char *text)
{
    char got[64] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, got, sizeof(got) - 1);

    if (fd >= 0)
        close(fd);
    return len == (ssize_t)strlen(text) && strcmp(got, text) == 0;
}

static bool is_there(const char *path)
{
    return lstat(path, &info) == 0;
}

static void makes(void)
{
    struct fob_file_new file;

    umask(0);
    tap_ok(fob_file_new_write(&file, "a", "one", 3, &error) == FOB_OK &&
               !is_there("a") && holds(".a.new", "one"),
           "it is written, and not there yet");
    tap_ok(fob_file_new_place(&file, &error) == FOB_OK && holds("a", "one") &&
               !is_there(".a.new"),
           "then it is there, and nothing else");
    fob_file_new_end(&file);
    tap_ok(is_there("a") && (info.st_mode & 07777) == 0600,
           "its owner's alone");
}

static void takes_no_place(void)
{
    struct fob_file_new file;

    tap_ok(fob_file_new_write(&file, "a", "two", 3, &error) == FOB_E_EXISTS &&
               holds("a", "one"),
           "what is there stays");
    fob_file_new_end(&file);
    tap_ok(symlink("nowhere", "link") == 0 &&
               fob_file_new_check("link", &error) == FOB_E_EXISTS,
           "a link to nowhere is something");
    tap_ok(fob_file_new_write(&file, "b", "two", 3, &error) == FOB_OK &&
               link("a", "b") == 0 &&
               fob_file_new_place(&file, &error) == FOB_E_EXISTS,
           "what came meanwhile stays as well");
    fob_file_new_end(&file);
    tap_ok(holds("b", "one") && !is_there(".b.new"), "and nothing is left");
}

static void goes_on(void)
{
    struct fob_file_new file, other;

    tap_ok(fob_file_new_write(&file, "c", "longer", 6, &error) == FOB_OK &&
               fob_file_new_write(&other, "c", "x", 1, &error) == FOB_E_BUSY,
           "two do not write the same");
    fob_file_new_end(&other);
    close(file.fd); /* killed */
    tap_ok(holds(".c.new", "longer") &&
               fob_file_new_write(&file, "c", "new", 3, &error) == FOB_OK &&
               fob_file_new_place(&file, &error) == FOB_OK && holds("c", "new"),
           "what a killed writer left is used up");
    fob_file_new_end(&file);
}

static void tells(void)
{
    struct fob_file_new file;

    tap_ok(fob_file_new_write(&file, "no/a", "x", 1, &error) == FOB_E_IO &&
               strstr(error.text, "no/a") != NULL,
           "a folder that is not there is told");
    fob_file_new_end(&file);
    file = (struct fob_file_new){0};
    fob_file_new_end(&file);
    tap_ok(true, "an empty one ends");
}

int main(void)
{
    char folder[] = "/tmp/fob-unit.XXXXXX";

    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 1;
    makes();
    takes_no_place();
    goes_on();
    tells();
    for (const char *const *name =
             (const char *const[]){"a", "b", "c", "link", NULL};
         *name != NULL; name++)
        unlink(*name);
    rmdir(folder);
    return tap_done();
}
