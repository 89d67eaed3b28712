/* SPDX-License-Identifier: MIT */
#include "host/token/sight.h"

#include "host/base/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { PATH_CAP = 512 };

/* Whether the file has this line, and no more. */
static bool has_line(const char *path, const char *line)
{
    char text[64];
    size_t len = strlen(line);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text));

    if (fd >= 0)
        close(fd);
    return got >= (ssize_t)len && memcmp(text, line, len) == 0 &&
           (got == (ssize_t)len || text[len] == '\n');
}

/* Whether FOLDER/ANY/FILE has the line, for an ANY that begins with a digit. */
static bool finds_line(const char *folder, const char *file, const char *line)
{
    char path[PATH_CAP];
    const struct dirent *entry;
    bool found = false;
    DIR *all = opendir(folder);

    while (all != NULL && !found && (entry = readdir(all)) != NULL)
        found = entry->d_name[0] >= '0' && entry->d_name[0] <= '9' &&
                fob_text_format(path, sizeof(path), "%s/%s/%s", folder,
                                entry->d_name, file) == FOB_OK &&
                has_line(path, line);
    if (all != NULL)
        closedir(all);
    return found;
}

bool fob_sight_has_usb(void)
{
    return finds_line("/sys/bus/usb/devices", "product", "fob token");
}

bool fob_sight_has_scdaemon(void)
{
    return finds_line("/proc", "comm", "scdaemon");
}

bool fob_sight_has_rules(void)
{
    static const char *const places[] = {
        "/etc/udev/rules.d/70-fob.rules", "/run/udev/rules.d/70-fob.rules",
        "/usr/local/lib/udev/rules.d/70-fob.rules",
        "/usr/lib/udev/rules.d/70-fob.rules", "/lib/udev/rules.d/70-fob.rules"};

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (access(places[i], F_OK) == 0)
            return true;
    return false;
}
