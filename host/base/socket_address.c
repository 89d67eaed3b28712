/* SPDX-License-Identifier: MIT */
#include "host/base/socket_address.h"

#include "host/base/path.h"
#include "host/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum fob_status fob_socket_address_make(const char *path,
                                        struct sockaddr_un *address,
                                        int *folder, struct fob_error *error)
{
    char parent[FOB_PATH_MAX];
    char *slash;

    *folder = -1;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (fob_text_copy(address->sun_path, sizeof(address->sun_path), path) ==
        FOB_OK)
        return FOB_OK;
    slash = fob_text_copy(parent, sizeof(parent), path) == FOB_OK
                ? strrchr(parent, '/')
                : NULL;
    if (slash == NULL)
        return fob_error_set(error, FOB_E_FAILED,
                             "the socket's path %s is too long", path);
    *slash = '\0';
    *folder = open(parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder < 0)
        return errno == ENOENT ? FOB_E_NOT_FOUND
                               : fob_error_errno(error, FOB_E_FAILED,
                                                 "cannot use %s", parent);
    if (fob_text_format(address->sun_path, sizeof(address->sun_path),
                        "/proc/self/fd/%d/%s", *folder, slash + 1) == FOB_OK)
        return FOB_OK;
    close(*folder);
    *folder = -1;
    return fob_error_set(error, FOB_E_FAILED,
                         "the socket's path %s is too long", path);
}
