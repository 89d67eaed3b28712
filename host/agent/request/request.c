/* SPDX-License-Identifier: MIT */
#include "host/agent/request/request.h"

#include "host/agent/serve/handlers.h"
#include "host/agent/serve/remote.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef enum fob_status handler(struct fob_request *request);

struct route {
    enum fob_message_type type;
    handler *serve;
};

static const struct route routes[] = {
    {FOB_REQUEST_STATUS, serve_status},
    {FOB_REQUEST_UNLOCK, serve_unlock},
    {FOB_REQUEST_LOCK, serve_lock},
    {FOB_REQUEST_STOP, serve_stop},
    {FOB_REQUEST_ADD, serve_add},
    {FOB_REQUEST_CODE, serve_code},
    {FOB_REQUEST_PAIR, serve_pair},
    {FOB_REQUEST_LIST, serve_list},
    {FOB_REQUEST_RENAME, serve_rename},
    {FOB_REQUEST_REMOVE, serve_remove},
    {FOB_REQUEST_EXPORT, serve_export},
    {FOB_REQUEST_IMPORT, serve_import},
    {FOB_REQUEST_KEYS_IMPORT, serve_keys_import},
    {FOB_REQUEST_KEYS_LIST, serve_keys_list},
    {FOB_REQUEST_KEYS_REMOVE, serve_keys_remove},
    {FOB_REQUEST_KEYS_ROTATE, serve_keys_rotate},
    {FOB_REQUEST_ENROLL, serve_enroll},
    {FOB_REQUEST_DEVICES, serve_devices},
    {FOB_REQUEST_RESYNC, serve_resync},
    {FOB_REQUEST_REPLACE, serve_replace},
    {FOB_REQUEST_UNENROLL, serve_unenroll},
    {FOB_REQUEST_CREDENTIALS, serve_credentials},
    {FOB_REQUEST_SESSIONS, serve_sessions},
    {FOB_REQUEST_SESSIONS_CLEAR, serve_sessions_clear},
    {FOB_REQUEST_TOKEN_LIST, serve_token_list},
    {FOB_REQUEST_TOKEN_INFO, serve_token_info},
    {FOB_REQUEST_TOKEN_INIT, serve_token_init},
    {FOB_REQUEST_TOKEN_UNLOCK, serve_token_unlock},
    {FOB_REQUEST_TOKEN_PASSWORD, serve_token_password},
    {FOB_REQUEST_TOKEN_RESET, serve_token_reset},
    {FOB_REQUEST_TOKEN_IDENTIFY, serve_token_identify},
    {FOB_REQUEST_TOKEN_TIME, serve_token_time},
    {FOB_REQUEST_TOKEN_LOADER, serve_token_loader},
    {FOB_REQUEST_VAULT_STATUS, serve_vault_status},
    {FOB_REQUEST_VAULT_PASSPHRASE, serve_vault_passphrase},
    {FOB_REQUEST_VAULT_KEY_FILE, serve_vault_key_file},
    {FOB_REQUEST_VAULT_SLOT_REMOVE, serve_vault_slot_remove},
    {FOB_REQUEST_DOCTOR, serve_doctor},
    {FOB_REQUEST_LOGIN, serve_login},
};

__attribute__((format(printf, 3, 0))) static void
send_line(struct fob_request *request, enum fob_message_type type,
          const char *format, va_list arguments)
{
    char text[FOB_ERROR_TEXT_MAX + 1];
    struct fob_message line = {0};

    if (request->fd == REQUEST_NOBODY)
        return;
    vsnprintf(text, sizeof(text), format, arguments);
    fob_message_start(&line, type);
    fob_message_put_text(&line, FOB_TAG_TEXT, text);
    /* A caller who is gone is met again when the reply is sent. */
    if (fob_message_send(request->fd, &line) != FOB_OK)
        fob_message_free(&line);
    fob_message_free(&line);
}

void request_note(struct fob_request *request, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    send_line(request, FOB_REPLY_NOTE, format, arguments);
    va_end(arguments);
}

void request_progress(struct fob_request *request, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    send_line(request, FOB_REPLY_PROGRESS, format, arguments);
    va_end(arguments);
}

static enum fob_status take_answer(struct fob_request *request,
                                   const struct fob_message *message,
                                   struct fob_secret *answer)
{
    struct fob_field field;

    if (message->type == FOB_REQUEST_DECLINE)
        return fob_error_set(&request->error, FOB_E_NOBODY,
                             "nobody can be asked");
    if (message->type != FOB_REQUEST_ANSWER ||
        !fob_message_find(message, FOB_TAG_DATA, &field))
        return fob_error_set(&request->error, FOB_E_AGENT,
                             "the question was not answered");
    if (fob_secret_copy(answer, field.data, field.len) != FOB_OK)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY,
                             "no memory for the answer");
    return FOB_OK;
}

static enum fob_status refuse_remote(struct fob_error *error)
{
    fob_error_set(error, FOB_E_NOBODY,
                  "the vault is locked, and its passphrase is not for this "
                  "machine");
    fob_error_hint(error, "where the agent is, run: fob unlock");
    return FOB_E_NOBODY;
}

enum fob_status request_ask(struct fob_request *request,
                            enum fob_question question, const char *text,
                            struct fob_secret *answer)
{
    struct fob_message message = {0};
    enum fob_status status;

    if (request->fd == REQUEST_NOBODY)
        return fob_error_set(&request->error, FOB_E_NOBODY,
                             "nobody can be asked");
    /* What is typed there is known there. */
    if (request->is_remote)
        return refuse_remote(&request->error);
    fob_message_start(&message, FOB_REPLY_QUESTION);
    fob_message_put_number(&message, FOB_TAG_QUESTION, (uint64_t)question);
    fob_message_put_text(&message, FOB_TAG_TEXT, text);
    status = fob_message_send(request->fd, &message);
    if (status == FOB_OK)
        status = fob_message_receive(request->fd, &message);
    if (status == FOB_OK)
        status = take_answer(request, &message, answer);
    else
        fob_error_set(&request->error, FOB_E_AGENT, "the caller hung up");
    fob_message_free(&message);
    return status;
}

static bool hangs_up(const struct fob_request *request, int wait_ms)
{
    struct pollfd peer = {.fd = request->fd, .events = POLLRDHUP};

    return poll(&peer, 1, wait_ms) > 0;
}

bool request_is_abandoned(const struct fob_request *request)
{
    return hangs_up(request, 0);
}

enum fob_status request_wait(struct fob_request *request, int wait_ms)
{
    if (!hangs_up(request, wait_ms))
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_AGENT, "the caller hung up");
}

enum fob_status request_text(struct fob_request *request, enum fob_tag tag,
                             const char *what, char *text, size_t cap)
{
    enum fob_status status =
        fob_message_text(&request->message, tag, text, cap);

    if (status == FOB_E_NOT_FOUND)
        fob_error_set(&request->error, FOB_E_USAGE, "no %s was given", what);
    else if (status == FOB_E_TOO_LONG)
        fob_error_set(&request->error, FOB_E_USAGE,
                      "the %s is longer than %zu bytes", what, cap - 1);
    else if (status != FOB_OK)
        fob_error_set(&request->error, FOB_E_USAGE, "the %s holds a NUL", what);
    return status == FOB_OK ? FOB_OK : FOB_E_USAGE;
}

static enum fob_status dispatch(struct fob_request *request)
{
    if (request->is_remote && remote_check(request) != FOB_OK)
        return request->error.status;
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (routes[i].type == request->message.type)
            return routes[i].serve(request);
    return fob_error_set(&request->error, FOB_E_AGENT,
                         "the agent does not know request %d",
                         (int)request->message.type);
}

/* What a peer that broke the framing is told before it is left. */
static void refuse(struct fob_request *request, enum fob_status status)
{
    fob_error_set(&request->error, status,
                  status == FOB_E_VERSION ? "the agent is of another version"
                                          : "the request is malformed");
    fob_message_put_error(&request->reply, &request->error);
    if (fob_message_send(request->fd, &request->reply) != FOB_OK)
        fob_message_free(&request->reply);
}

bool request_serve(struct fob_agent *agent, int fd, bool is_remote)
{
    struct fob_request request = {
        .agent = agent, .fd = fd, .is_remote = is_remote};
    enum fob_status status = fob_message_receive(fd, &request.message);
    bool alive = status == FOB_OK;

    if (status == FOB_E_VERSION || status == FOB_E_TOO_LONG)
        refuse(&request, status);
    if (alive) {
        fob_message_start(&request.reply, FOB_REPLY_OK);
        status = dispatch(&request);
        if (status == FOB_OK && request.reply.status != FOB_OK)
            status = fob_error_set(&request.error, request.reply.status,
                                   "the answer does not fit a message");
        if (status != FOB_OK)
            fob_message_put_error(&request.reply, &request.error);
        alive = fob_message_send(fd, &request.reply) == FOB_OK;
        /* Only now: the last reply must be out before the process is gone. */
        if (status == FOB_OK && request.message.type == FOB_REQUEST_STOP)
            agent_stop(agent);
    }
    fob_message_free(&request.message);
    fob_message_free(&request.reply);
    return alive;
}
