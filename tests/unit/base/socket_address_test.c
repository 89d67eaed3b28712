/* SPDX-License-Identifier: MIT */
#include "host/base/socket_address.h"
#include "tests/lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fob_error error;

/* Bind and connect by this path. */
static bool works(const char *path)
{
    struct sockaddr_un address;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    int peer = socket(AF_UNIX, SOCK_STREAM, 0);
    int folder;
    bool is_good =
        fob_socket_address_make(path, &address, &folder, &error) == FOB_OK &&
        bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0 &&
        listen(listener, 1) == 0;

    if (folder >= 0)
        close(folder);
    is_good =
        is_good && access(path, F_OK) == 0 &&
        fob_socket_address_make(path, &address, &folder, &error) == FOB_OK &&
        connect(peer, (struct sockaddr *)&address, sizeof(address)) == 0;
    if (folder >= 0)
        close(folder);
    close(listener);
    close(peer);
    unlink(path);
    return is_good;
}

int main(void)
{
    char base[64], deep[256], path[512];
    struct sockaddr_un address;
    int folder;

    snprintf(base, sizeof(base), "/tmp/fob-address.%d", (int)getpid());
    if (mkdir(base, 0700) != 0)
        return 1;
    snprintf(path, sizeof(path), "%s/agent.sock", base);
    tap_ok(works(path), "a short path is an address");
    snprintf(deep, sizeof(deep), "%s/%0150d", base, 0);
    if (mkdir(deep, 0700) != 0)
        return 1;
    snprintf(path, sizeof(path), "%s/agent.sock", deep);
    tap_ok(works(path), "so is one of more than 108 bytes");
    snprintf(path, sizeof(path), "%s/none/agent.sock", deep);
    tap_ok(fob_socket_address_make(path, &address, &folder, &error) ==
                   FOB_E_NOT_FOUND &&
               folder == -1,
           "unless its folder is missing");
    snprintf(path, sizeof(path), "%s/%0120d", deep, 0);
    tap_ok(fob_socket_address_make(path, &address, &folder, &error) ==
                   FOB_E_FAILED &&
               folder == -1,
           "or its name alone is too long");
    rmdir(deep);
    rmdir(base);
    return tap_done();
}
