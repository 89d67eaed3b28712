/* SPDX-License-Identifier: MIT */
#include "host/cli/helper/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

int descriptor_raise(int fd)
{
    int high;

    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    high = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(fd);
    return high;
}

void descriptor_fill_standard(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

void descriptor_close_others(const int *kept, size_t count)
{
    int from = STDERR_FILENO + 1, next;

    do {
        next = -1;
        for (size_t i = 0; i < count; i++)
            if (kept[i] >= from && (next < 0 || kept[i] < next))
                next = kept[i];
        if (next < 0)
            close_range((unsigned)from, ~0U, 0);
        else if (next > from)
            close_range((unsigned)from, (unsigned)next - 1, 0);
        from = next + 1;
    } while (next >= 0);
}
