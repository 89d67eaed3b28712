/* SPDX-License-Identifier: MIT */
#include "host/agent/runtime_links.h"

#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/text.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct {
    const char *name;
    enum fob_path leads_to;
} links[] = {{"agent.sock", FOB_PATH_SOCKET}, {"remote.sock", FOB_PATH_REMOTE}};

/* The runtime folder itself is made by the session, and never by us. */
static bool is_ours(const char *folder)
{
    char parent[FOB_PATH_MAX];
    struct stat info;

    if (fob_text_copy(parent, sizeof(parent), folder) != FOB_OK)
        return false;
    *strrchr(parent, '/') = '\0';
    return stat(parent, &info) == 0 && S_ISDIR(info.st_mode) &&
           info.st_uid == geteuid() && (info.st_mode & 022) == 0;
}

/* What may be replaced: a link, or a socket that nobody listens at. */
static bool is_free(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat info;
    bool is_dead;
    int fd;

    if (lstat(path, &info) != 0 || S_ISLNK(info.st_mode))
        return true;
    if (!S_ISSOCK(info.st_mode) ||
        fob_text_copy(address.sun_path, sizeof(address.sun_path), path) !=
            FOB_OK)
        return false;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    is_dead = fd >= 0 &&
              connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0;
    if (fd >= 0)
        close(fd);
    return is_dead;
}

static void make_link(const char *path, const char *target)
{
    char temporary[FOB_PATH_MAX];

    if (!is_free(path) || fob_text_format(temporary, sizeof(temporary), "%s.%d",
                                          path, (int)getpid()) != FOB_OK)
        return;
    if (symlink(target, temporary) == 0 && rename(temporary, path) != 0)
        unlink(temporary);
}

static void remove_link(const char *path, const char *target)
{
    char leads_to[FOB_PATH_MAX];
    ssize_t len = readlink(path, leads_to, sizeof(leads_to) - 1);

    if (len <= 0)
        return;
    leads_to[len] = '\0';
    if (strcmp(leads_to, target) == 0)
        unlink(path);
}

static void each_link(const char *folder,
                      void (*act)(const char *path, const char *target))
{
    char path[FOB_PATH_MAX], target[FOB_PATH_MAX];
    struct fob_error ignored;

    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
        if (fob_path_get(links[i].leads_to, target, &ignored) == FOB_OK &&
            fob_text_format(path, sizeof(path), "%s/%s", folder,
                            links[i].name) == FOB_OK)
            act(path, target);
}

void runtime_links_make(void)
{
    char folder[FOB_PATH_MAX];
    struct fob_error ignored;

    for (unsigned i = 0; i < FOB_PATH_RUNTIMES; i++)
        if (fob_path_runtime(i, folder) && is_ours(folder) &&
            fob_file_private_folder(folder, &ignored) == FOB_OK)
            each_link(folder, make_link);
}

void runtime_links_remove(void)
{
    char folder[FOB_PATH_MAX];

    for (unsigned i = 0; i < FOB_PATH_RUNTIMES; i++)
        if (fob_path_runtime(i, folder))
            each_link(folder, remove_link);
}
