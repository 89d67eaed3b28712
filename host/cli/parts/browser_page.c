/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/browser_page.h"

#include "host/base/file.h"
#include "host/base/text.h"
#include "host/cli/ui/output.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { KEPT_S = 60 };

/* Beside the agent's socket: in memory where the system has such a folder,
 * and this user's alone. */
static enum fob_status make_path(char path[static FOB_PATH_MAX],
                                 struct fob_error *error)
{
    char folder[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_SOCKET, folder, error);

    if (status != FOB_OK)
        return status;
    *strrchr(folder, '/') = '\0';
    status = fob_file_private_folder(folder, error);
    if (status == FOB_OK &&
        fob_text_format(path, FOB_PATH_MAX, "%s/login.html", folder) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED, "the path %s is too long",
                               folder);
    return status;
}

/* In an attribute only & has a meaning: the URL has no quotes. */
static void put_page(struct output *page, const char *url)
{
    output_put_text(page, "<!DOCTYPE html><meta name=\"referrer\" "
                          "content=\"no-referrer\"><meta http-equiv=\"refresh\""
                          " content=\"0;url=");
    for (; *url != '\0'; url++) {
        if (*url == '&')
            output_put_text(page, "&amp;");
        else
            output_put_char(page, *url);
    }
    output_put_text(page, "\">\n");
}

static enum fob_status write_page(const char *path, const char *url,
                                  struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600};
    struct output page = {0};
    enum fob_status status;

    put_page(&page, url);
    status = page.status != FOB_OK
                 ? fob_error_no_memory(error)
                 : fob_file_replace(path, page.data.data, page.data.len,
                                    &options, error);
    output_free(&page);
    return status;
}

void browser_page_remove_later(const char *path)
{
    int null;

    /* The terminal may close as soon as we are gone, before setsid. */
    signal(SIGHUP, SIG_IGN);
    if (fork() != 0)
        return;
    null = open("/dev/null", O_RDWR);
    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(null, fd);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    setsid();
    sleep(KEPT_S);
    unlink(path);
    _exit(0);
}

enum fob_status browser_page_make(const char *url,
                                  char path[static FOB_PATH_MAX],
                                  struct fob_error *error)
{
    enum fob_status status = make_path(path, error);

    return status == FOB_OK ? write_page(path, url, error) : status;
}
