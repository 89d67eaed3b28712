/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/input.h"

#include "host/cli/ui/tty.h"
#include "src/otpauth.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_LEN_MIN = 16 }; /* 80 bits of base32 */

static const char *name_of(const char *path)
{
    return strcmp(path, "-") == 0 ? "stdin" : path;
}

/* A newcomer may give a secret where a file's name belongs. */
static enum fob_status fail_open(const char *path, struct fob_error *error)
{
    const struct fob_span name = {path, strlen(path)};

    if (name.len < SECRET_LEN_MIN || fob_otpauth_kind(name) != FOB_OTPAUTH_BARE)
        return fob_error_errno(error, FOB_E_IO, "cannot open %s", path);
    (void)fob_error_errno(error, FOB_E_IO,
                          "cannot open a file, of a name that may be a secret");
    fob_error_hint(error, "if it is one: fob add --secret - NAME");
    return FOB_E_IO;
}

static enum fob_status open_input(const char *path, int *fd,
                                  struct fob_error *error)
{
    if (strcmp(path, "-") != 0) {
        *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        return *fd >= 0 ? FOB_OK : fail_open(path, error);
    }
    *fd = STDIN_FILENO;
    if (isatty(STDIN_FILENO))
        return fob_error_set(error, FOB_E_USAGE,
                             "stdin is a terminal: redirect it from a file");
    return FOB_OK;
}

static void close_input(int fd)
{
    if (fd > STDIN_FILENO)
        close(fd);
}

enum fob_status input_read(const char *path, size_t max,
                           struct fob_secret *content, struct fob_error *error)
{
    return input_read_trusted(path, max, FOB_FILE_ANYBODYS, content, error);
}

enum fob_status input_read_trusted(const char *path, size_t max,
                                   enum fob_file_trust wanted,
                                   struct fob_secret *content,
                                   struct fob_error *error)
{
    enum fob_status status;
    int fd;

    status = open_input(path, &fd, error);
    if (status != FOB_OK)
        return status;
    if (strcmp(path, "-") != 0)
        status = fob_file_check_trust(fd, path, wanted, error);
    if (status != FOB_OK) {
        close_input(fd);
        return status;
    }
    status = fob_secret_read(content, fd, max);
    if (status == FOB_E_TOO_LONG)
        fob_error_set(error, status, "%s is longer than %zu bytes",
                      name_of(path), max);
    else if (status != FOB_OK)
        fob_error_errno(error, status, "cannot read %s", name_of(path));
    close_input(fd);
    return status;
}

enum fob_status input_read_pasted(const char *prompt, size_t max,
                                  struct fob_secret *line,
                                  struct fob_error *error)
{
    enum fob_status status;

    if (isatty(STDIN_FILENO)) {
        status = tty_ask_pasted(prompt, line);
        if (status == FOB_E_TOO_LONG)
            return fob_error_set(error, status, "more than %d bytes were typed",
                                 TTY_ANSWER_MAX);
        return status == FOB_OK
                   ? FOB_OK
                   : fob_error_set(error, status, "nothing was typed");
    }
    status = input_read("-", max, line, error);
    if (status == FOB_OK)
        input_trim(line);
    return status;
}

void input_trim(struct fob_secret *content)
{
    if (content->len > 0 && content->data[content->len - 1] == '\n')
        content->data[--content->len] = '\0';
}
