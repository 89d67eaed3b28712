/* SPDX-License-Identifier: MIT */
#include "firmware/port/sim/flash_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum fob_status map_cells(int fd, size_t len, uint8_t **cells)
{
    struct stat info;
    void *mapped;

    if (fstat(fd, &info) != 0)
        return FOB_E_IO;
    if (info.st_size != 0 && (size_t)info.st_size != len)
        return FOB_E_SYNTAX;
    if (ftruncate(fd, (off_t)len) != 0)
        return FOB_E_IO;
    mapped = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED)
        return FOB_E_IO;
    *cells = mapped;
    if (info.st_size == 0)
        memset(*cells, 0xff, len);
    return FOB_OK;
}

enum fob_status flash_file_map(const char *path, size_t len, uint8_t **cells)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    enum fob_status status;

    if (fd < 0)
        return FOB_E_IO;
    status = map_cells(fd, len, cells);
    close(fd);
    return status;
}
