/* SPDX-License-Identifier: MIT */
#include "host/client/client.h"

#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/text.h"
#include "host/client/connect.h"
#include "host/client/start.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECT_TRIES = 100,
    CONNECT_PAUSE_MS = 20,
    TRIES_A_START = 10,
    STOP_WAIT_MS = 5000,
};

/* An agent that another command is just starting holds the lock before it
 * listens, and one that is just ending holds it after: a refused connection is
 * tried again for a while, and so is the start. */
static enum fob_status start_and_connect(struct fob_client *client,
                                         struct fob_error *error)
{
    const struct timespec pause = {.tv_nsec = CONNECT_PAUSE_MS * 1000000L};
    enum fob_status status;

    for (int i = 0; i < CONNECT_TRIES; i++) {
        status = i % TRIES_A_START == 0 ? fob_start_shared(error) : FOB_OK;
        client->place = 0;
        if (status == FOB_OK)
            status = connect_find_agent(client, error);
        if (status != FOB_E_NOT_FOUND)
            return status;
        nanosleep(&pause, NULL);
    }
    if (fob_path_get(FOB_PATH_SOCKET, client->path, error) != FOB_OK)
        return error->status;
    fob_error_set(error, FOB_E_AGENT,
                  "fob-agent was started but does not answer at %s",
                  client->path);
    fob_error_hint(error, "set FOB_HOME to a folder of this machine");
    return FOB_E_AGENT;
}

static bool wants_private(void)
{
    const char *no_agent = getenv("FOB_NO_AGENT");

    return no_agent != NULL && strcmp(no_agent, "1") == 0;
}

enum fob_status fob_client_open(struct fob_client *client,
                                const struct fob_client_callbacks *callbacks,
                                bool start, struct fob_error *error)
{
    enum fob_status status;

    *client = (struct fob_client){
        .fd = -1, .callbacks = callbacks, .place = client->place};
    if (wants_private())
        return fob_start_private(&client->fd, &client->private_pid, error);
    status = connect_find_agent(client, error);
    if (status != FOB_E_NOT_FOUND)
        return status;
    if (start)
        return start_and_connect(client, error);
    fob_error_set(error, FOB_E_NOT_FOUND, "no agent is running");
    fob_error_hint(error, "fob agent start");
    return error->status;
}

static enum fob_status answer_question(struct fob_client *client,
                                       const struct fob_message *question,
                                       struct fob_error *error)
{
    struct fob_message reply = {0};
    struct fob_secret answer = {0};
    struct fob_client_source source = {0};
    char text[FOB_ERROR_TEXT_MAX + 1];
    enum fob_status status;

    if (fob_message_text(question, FOB_TAG_TEXT, text, sizeof(text)) != FOB_OK)
        text[0] = '\0';
    status = client->callbacks->ask(
        client->callbacks->context,
        (enum fob_question)fob_message_number(question, FOB_TAG_QUESTION, 0),
        text, &answer, &source);
    fob_message_start(&reply, status == FOB_OK ? FOB_REQUEST_ANSWER
                                               : FOB_REQUEST_DECLINE);
    if (status == FOB_OK)
        fob_message_put(&reply, FOB_TAG_DATA, answer.data, answer.len);
    if (status == FOB_OK && source.is_file)
        fob_message_put_text(&reply, FOB_TAG_FILE, source.file);
    status = fob_message_send(client->fd, &reply);
    fob_secret_free(&answer);
    fob_message_free(&reply);
    if (status != FOB_OK)
        return fob_error_set(error, status, "the agent went away");
    return FOB_OK;
}

static void say_text(struct fob_client *client,
                     const struct fob_message *message)
{
    char text[FOB_ERROR_TEXT_MAX + 1];

    if (fob_message_text(message, FOB_TAG_TEXT, text, sizeof(text)) == FOB_OK)
        client->callbacks->say(client->callbacks->context, text,
                               message->type == FOB_REPLY_NOTE);
}

static enum fob_status word_receive(enum fob_status status,
                                    struct fob_error *error)
{
    if (status == FOB_E_VERSION) {
        fob_error_set(error, FOB_E_AGENT,
                      "the running agent is of another version");
        fob_error_hint(error, "fob agent stop");
        return error->status;
    }
    fob_error_set(error, FOB_E_AGENT, "the agent hung up before it answered");
    fob_error_hint(error, "fob agent status");
    return error->status;
}

/* Whoever waits for a person or a network waits for ever. */
static enum fob_status await_word(const struct fob_client *client,
                                  struct fob_error *error)
{
    struct pollfd ready = {.fd = client->fd, .events = POLLIN};
    struct ucred peer = {0};
    socklen_t len = sizeof(peer);
    int count;

    if (client->timeout_ms == 0)
        return FOB_OK;
    do
        count = poll(&ready, 1, client->timeout_ms);
    while (count < 0 && errno == EINTR);
    if (count != 0)
        return FOB_OK;
    (void)getsockopt(client->fd, SOL_SOCKET, SO_PEERCRED, &peer, &len);
    fob_error_set(error, FOB_E_AGENT, "the agent, process %d, does not answer",
                  (int)peer.pid);
    fob_error_hint(error, "if it hangs: kill -9 %d", (int)peer.pid);
    return FOB_E_AGENT;
}

enum fob_status fob_client_call(struct fob_client *client,
                                const struct fob_message *request,
                                struct fob_message *reply,
                                struct fob_error *error)
{
    enum fob_status status = fob_message_send(client->fd, request);

    if (status != FOB_OK)
        return fob_error_set(error, status, "cannot ask the agent");
    for (;;) {
        status = await_word(client, error);
        if (status != FOB_OK)
            return status;
        status = fob_message_receive(client->fd, reply);
        if (status != FOB_OK)
            return word_receive(status, error);
        switch (reply->type) {
        case FOB_REPLY_NOTE:
        case FOB_REPLY_PROGRESS:
            say_text(client, reply);
            break;
        case FOB_REPLY_QUESTION:
            status = answer_question(client, reply, error);
            if (status != FOB_OK)
                return status;
            break;
        case FOB_REPLY_OK:
            return FOB_OK;
        case FOB_REPLY_ERROR:
            status = fob_message_take_error(reply, error);
            fob_message_free(reply);
            return status;
        default:
            return word_receive(FOB_E_AGENT, error);
        }
    }
}

void fob_client_close(struct fob_client *client)
{
    if (client->fd >= 0)
        close(client->fd);
    client->fd = -1;
    if (client->private_pid > 0)
        while (waitpid(client->private_pid, NULL, 0) < 0 && errno == EINTR)
            ;
    client->private_pid = 0;
}

enum fob_status fob_client_wait_stopped(const struct fob_client *client,
                                        struct fob_error *error)
{
    char name[FOB_PATH_MAX];
    enum fob_status status;
    int lock;

    if (client->path[0] == '\0')
        return FOB_OK;
    if (fob_text_format(name, sizeof(name), "%s.lock", client->path) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "the path %s is too long",
                             client->path);
    status = fob_file_lock(name, STOP_WAIT_MS, &lock, error);
    if (status == FOB_OK)
        close(lock);
    return status;
}
