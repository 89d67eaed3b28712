/* SPDX-License-Identifier: MIT */
#include "host/client/connect.h"

#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/socket_address.h"
#include "host/base/text.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* The folder decides who may bind a socket in it, so it must be ours alone. */
static enum fob_status check_folder(const char *socket_path,
                                    struct fob_error *error)
{
    char folder[FOB_PATH_MAX];
    char *slash;
    struct stat info;

    if (fob_text_copy(folder, sizeof(folder), socket_path) != FOB_OK)
        return FOB_E_NOT_FOUND;
    slash = strrchr(folder, '/');
    *slash = '\0';
    if (lstat(folder, &info) != 0)
        return FOB_E_NOT_FOUND;
    if (!S_ISDIR(info.st_mode))
        return fob_error_set(error, FOB_E_FAILED,
                             "%s, where the agent's socket is to be, is no "
                             "folder",
                             folder);
    if (info.st_uid != geteuid())
        return fob_file_refuse_owner(folder, info.st_uid, error);
    if ((info.st_mode & 077) != 0) {
        fob_error_set(error, FOB_E_FAILED,
                      "the agent's folder %s is not yours alone", folder);
        fob_error_hint(error, "chmod 700 %s", folder);
        return error->status;
    }
    return FOB_OK;
}

static enum fob_status check_peer(int fd, struct fob_error *error)
{
    struct ucred peer;
    socklen_t len = sizeof(peer);

    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0 ||
        (peer.uid != geteuid() && peer.uid != 0))
        return fob_error_set(error, FOB_E_FAILED,
                             "the agent's socket belongs to another user");
    return FOB_OK;
}

static enum fob_status reach_agent(int fd, const struct sockaddr_un *address,
                                   struct fob_error *error)
{
    if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0)
        return check_peer(fd, error);
    if (errno == ENOENT || errno == ECONNREFUSED || errno == EAGAIN)
        return FOB_E_NOT_FOUND;
    return fob_error_errno(error, FOB_E_AGENT, "cannot reach the agent");
}

/* FOB_E_NOT_FOUND, with no error set, when no agent listens. */
static enum fob_status connect_shared(const char *path, int *fd,
                                      struct fob_error *error)
{
    struct sockaddr_un address;
    int folder;
    enum fob_status status = check_folder(path, error);

    *fd = -1;
    if (status != FOB_OK)
        return status;
    status = fob_socket_address_make(path, &address, &folder, error);
    if (status != FOB_OK)
        return status;
    *fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    status = *fd < 0 ? fob_error_errno(error, FOB_E_FAILED, "no socket")
                     : reach_agent(*fd, &address, error);
    if (folder >= 0)
        close(folder);
    if (status != FOB_OK && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

/* A socket of somebody else's runtime folder (sudo -E), or one that is gone,
 * is none of ours; a link there is an agent's own, which is found where it
 * leads. */
static enum fob_status connect_elsewhere(const char *path, int *fd)
{
    struct fob_error ignored;
    struct stat info;

    *fd = -1;
    if (lstat(path, &info) != 0 || !S_ISSOCK(info.st_mode) ||
        connect_shared(path, fd, &ignored) != FOB_OK)
        return FOB_E_NOT_FOUND;
    return FOB_OK;
}

enum fob_status connect_find_agent(struct fob_client *client,
                                   struct fob_error *error)
{
    char own[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_SOCKET, own, error);

    for (; status == FOB_OK && client->place < FOB_PATH_AGENTS;
         client->place++) {
        if (!fob_path_agent(client->place, client->path))
            continue;
        status = strcmp(client->path, own) == 0
                     ? connect_shared(own, &client->fd, error)
                     : connect_elsewhere(client->path, &client->fd);
        if (status != FOB_E_NOT_FOUND)
            return status;
        status = FOB_OK;
    }
    return status == FOB_OK ? FOB_E_NOT_FOUND : status;
}
