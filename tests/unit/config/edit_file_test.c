/* SPDX-License-Identifier: MIT */
/* The file around an edit; the edits themselves are in tests/vectors. */
#include "host/config/edit.h"
#include "tests/lib/tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/fob-edit-XXXXXX";
static const struct fob_edit set_region = {.action = FOB_EDIT_SET,
                                           .kind = FOB_CONFIG_NAMED,
                                           .profile = "a",
                                           .key = "region",
                                           .value = "r"};

static bool holds(const char *path, const char *want)
{
    char text[256] = "";
    FILE *file = fopen(path, "r");
    size_t len = file != NULL ? fread(text, 1, sizeof(text) - 1, file) : 0;

    if (file != NULL)
        fclose(file);
    return file != NULL && len == strlen(want) && strcmp(text, want) == 0;
}

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");

    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0 ||
        chmod(path, mode) != 0)
        abort();
}

static void test_missing(void)
{
    struct fob_error error = {0};
    struct stat file;
    struct stat parent;

    tap_ok(fob_edit_file("aws/config", &set_region, &error) == FOB_OK &&
               holds("aws/config", "[profile a]\nregion = r\n"),
           "a missing file is made, and its folder");
    tap_ok(stat("aws/config", &file) == 0 && (file.st_mode & 0777) == 0600 &&
               stat("aws", &parent) == 0 && (parent.st_mode & 0777) == 0700,
           "both private");
}

static void test_mode_and_link(void)
{
    struct fob_error error = {0};
    struct stat file;
    struct stat link;

    write_file("real", "# mine\n[profile a]\nregion = old\n", 0644);
    tap_ok(symlink("real", "link") == 0 &&
               fob_edit_file("link", &set_region, &error) == FOB_OK &&
               holds("real", "# mine\n[profile a]\nregion = r\n"),
           "the file behind a link is changed");
    tap_ok(lstat("link", &link) == 0 && S_ISLNK(link.st_mode),
           "the link stays one");
    tap_ok(stat("real", &file) == 0 && (file.st_mode & 0777) == 0644,
           "the mode is kept");
}

static void test_add(void)
{
    const struct fob_edit add = {
        .action = FOB_EDIT_ADD, .kind = FOB_CONFIG_NAMED, .profile = "a b"};
    const struct fob_edit bad = {
        .action = FOB_EDIT_ADD, .kind = FOB_CONFIG_NAMED, .profile = "a\nb"};
    struct fob_error error = {0};

    write_file("added", "[profile a]\nregion = r", 0600);
    tap_ok(fob_edit_file("added", &add, &error) == FOB_OK &&
               holds("added", "[profile a]\nregion = r\n\n[profile \"a b\"]\n"),
           "a section is added, empty");
    tap_ok(fob_edit_file("added", &add, &error) == FOB_OK &&
               holds("added", "[profile a]\nregion = r\n\n[profile \"a b\"]\n"),
           "and once only");
    tap_ok(fob_edit_file("added", &bad, &error) == FOB_E_USAGE,
           "a name of two lines is refused");
}

static void test_nothing_to_do(void)
{
    struct fob_error error = {0};
    struct stat before;
    struct stat after;

    write_file("same", "[profile a]\nregion = r\n", 0600);
    tap_ok(stat("same", &before) == 0 &&
               fob_edit_file("same", &set_region, &error) == FOB_OK &&
               stat("same", &after) == 0 && before.st_ino == after.st_ino,
           "a file that says so already is not written");
}

static void test_broken(void)
{
    struct fob_error error = {0};

    write_file("broken", "[profile a]\nregion\n", 0600);
    tap_ok(fob_edit_file("broken", &set_region, &error) == FOB_E_SYNTAX &&
               strstr(error.text, "broken line 2: ") != NULL &&
               holds("broken", "[profile a]\nregion\n"),
           "a broken file is told and left alone");
}

static void test_secret_is_not_told(void)
{
    struct fob_edit edit = set_region;
    struct fob_error error = {0};

    edit.value = "planted\nsecret";
    tap_ok(fob_edit_file("same", &edit, &error) == FOB_E_USAGE &&
               strstr(error.text, "planted") == NULL &&
               strstr(error.text, "region") != NULL,
           "a refused value is not in the error");
}

static void clean_up(void)
{
    static const char *const made[] = {
        "aws/config",        "aws",  "real", "link", "same", "broken",
        "state/config.lock", "state"};

    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
        (void)remove(made[i]);
    (void)rmdir(folder);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK || mkdtemp(folder) == NULL ||
        chdir(folder) != 0 || setenv("FOB_HOME", folder, 1) != 0)
        return 1;
    test_missing();
    test_mode_and_link();
    test_add();
    test_nothing_to_do();
    test_broken();
    test_secret_is_not_told();
    clean_up();
    return tap_done();
}
