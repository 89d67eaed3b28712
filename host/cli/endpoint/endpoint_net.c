/* SPDX-License-Identifier: MIT */
#include "host/cli/endpoint/endpoint_net.h"

#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/text.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

static enum fob_status make_token(char token[static ENDPOINT_TOKEN_LEN + 1],
                                  struct fob_error *error)
{
    uint8_t random[ENDPOINT_TOKEN_LEN / 2];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return fob_error_errno(error, FOB_E_FAILED, "no random bytes");
    fob_text_hex(random, sizeof(random), token);
    fob_wipe(random, sizeof(random));
    return FOB_OK;
}

static int spawn_with(const char *path, int feed, int listener,
                      posix_spawn_file_actions_t *actions)
{
    char program[] = "fob-net", serve[] = "--serve";
    char *const argv[] = {program, serve, NULL}, *const envp[] = {NULL};
    pid_t pid;
    int fault = posix_spawn_file_actions_addchdir_np(actions, "/");

    if (fault == 0)
        fault = posix_spawn_file_actions_adddup2(actions, feed, STDIN_FILENO);
    for (int fd = STDOUT_FILENO; fault == 0 && fd <= STDERR_FILENO; fd++)
        fault = posix_spawn_file_actions_addopen(actions, fd, "/dev/null",
                                                 O_WRONLY, 0);
    if (fault == 0)
        fault = posix_spawn_file_actions_adddup2(actions, listener,
                                                 FEED_LISTENER_FD);
    if (fault == 0)
        fault = posix_spawn_file_actions_addclosefrom_np(actions,
                                                         FEED_LISTENER_FD + 1);
    if (fault == 0)
        fault = posix_spawn(&pid, path, actions, NULL, argv, envp);
    return fault;
}

static enum fob_status spawn_net(int feed, int listener,
                                 struct fob_error *error)
{
    posix_spawn_file_actions_t actions;
    char path[FOB_PATH_MAX];
    enum fob_status status = fob_path_program("fob-net", path, error);
    int fault;

    if (status != FOB_OK)
        return status;
    fault = posix_spawn_file_actions_init(&actions);
    if (fault == 0) {
        fault = spawn_with(path, feed, listener, &actions);
        posix_spawn_file_actions_destroy(&actions);
    }
    if (fault != 0)
        return fob_error_set(error, FOB_E_FAILED, "cannot start %s", path);
    return FOB_OK;
}

static enum fob_status start_at(struct endpoint_net *net, int listener,
                                struct fob_error *error)
{
    int pair[2];
    enum fob_status status;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fob_error_errno(error, FOB_E_FAILED, "no socket");
    net->feed = pair[0];
    status = spawn_net(pair[1], listener, error);
    close(pair[1]);
    if (status == FOB_OK && endpoint_net_feed(net, FEED_TOKEN, 0, net->token,
                                              ENDPOINT_TOKEN_LEN) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED, "fob-net ended at once");
    return status;
}

enum fob_status endpoint_net_start(struct endpoint_net *net,
                                   const struct endpoint_address *address,
                                   struct fob_error *error)
{
    int listener = -1;
    enum fob_status status;

    *net = (struct endpoint_net){.feed = -1, .address = *address};
    status = make_token(net->token, error);
    if (status == FOB_OK)
        status = endpoint_address_listen(&net->address, &listener, error);
    if (status == FOB_OK)
        status = start_at(net, listener, error);
    if (listener >= 0)
        close(listener);
    return status;
}

void endpoint_net_close(struct endpoint_net *net)
{
    if (net->feed >= 0)
        close(net->feed);
    net->feed = -1;
    fob_wipe(net->token, sizeof(net->token));
}

enum fob_status endpoint_net_feed(const struct endpoint_net *net,
                                  enum feed_type type, uint64_t end_s,
                                  const void *text, size_t len)
{
    uint8_t head[FEED_HEAD];
    struct fob_writer writer;

    if (len == 0 || len > FEED_TEXT_MAX)
        return FOB_E_TOO_LONG;
    fob_writer_init(&writer, head, sizeof(head));
    fob_put_u32(&writer, (uint32_t)len);
    fob_put_u8(&writer, (uint8_t)type);
    fob_put_u64(&writer, end_s);
    if (fob_file_write_all(net->feed, head, sizeof(head)) != FOB_OK ||
        fob_file_write_all(net->feed, text, len) != FOB_OK)
        return FOB_E_FAILED;
    return FOB_OK;
}
