/* SPDX-License-Identifier: MIT */
#include "host/agent/state/backup_mark.h"

#include "host/agent/state/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char folder[] = "backups", name[] = "last";

bool backup_mark_get(int64_t *made_s)
{
    char path[FOB_PATH_MAX];
    struct fob_error ignored;
    struct stat info;

    if (state_file_path(folder, name, path, &ignored) != FOB_OK ||
        stat(path, &info) != 0)
        return false;
    *made_s = (int64_t)info.st_mtim.tv_sec;
    return true;
}

void backup_mark_set(int64_t made_s)
{
    const struct timespec times[2] = {{.tv_sec = (time_t)made_s},
                                      {.tv_sec = (time_t)made_s}};
    char path[FOB_PATH_MAX];
    struct fob_error ignored;
    int64_t known_s;
    int fd;

    if ((backup_mark_get(&known_s) && known_s >= made_s) ||
        state_file_make(folder, name, path, &ignored) != FOB_OK)
        return;
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return;
    (void)futimens(fd, times);
    close(fd);
}
