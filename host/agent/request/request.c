/* SPDX-License-Identifier: MIT */
#include "host/agent/request/request.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { LINE_MS = 2000 };

static bool has_room(int fd)
{
    struct pollfd peer = {.fd = fd, .events = POLLOUT};

    return poll(&peer, 1, 0) > 0;
}

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
    /* A caller who is gone is met again when the reply is sent; one who does
     * not read must not hold up who waits for the same. */
    if (has_room(request->fd) &&
        fob_message_send_within(request->fd, &line, LINE_MS) != FOB_OK)
        (void)shutdown(request->fd, SHUT_RDWR);
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

static void take_source(const struct fob_message *message,
                        struct request_source *source)
{
    struct fob_field field;

    *source = (struct request_source){0};
    source->is_file = fob_message_find(message, FOB_TAG_FILE, &field);
    if (source->is_file && fob_message_text(message, FOB_TAG_FILE, source->file,
                                            sizeof(source->file)) != FOB_OK)
        source->file[0] = '\0';
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
    take_source(message, &request->source);
    if (fob_secret_copy(answer, field.data, field.len) != FOB_OK)
        return fob_error_no_memory(&request->error);
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

/* Whoever waits for a person keeps nobody from work. */
static enum fob_status await_answer(struct fob_request *request,
                                    struct fob_message *message)
{
    struct request_turn *turn = request->turn;
    enum fob_status status;

    if (turn != NULL)
        turn->pause(turn);
    status = fob_message_receive(request->fd, message);
    if (turn != NULL && !turn->begin(turn, false))
        status = FOB_E_AGENT;
    return status;
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
    /* What is typed there is known there; a code is good for one session, which
     * the far side gets. */
    if (request->is_remote && question != FOB_QUESTION_CODE)
        return refuse_remote(&request->error);
    fob_message_start(&message, FOB_REPLY_QUESTION);
    fob_message_put_number(&message, FOB_TAG_QUESTION, (uint64_t)question);
    fob_message_put_text(&message, FOB_TAG_TEXT, text);
    status = fob_message_send(request->fd, &message);
    if (status == FOB_OK)
        status = await_answer(request, &message);
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
    request_drop_view(request);
    if (!hangs_up(request, wait_ms))
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_AGENT, "the caller hung up");
}

void request_drop_view(struct fob_request *request)
{
    fob_vault_body_free(&request->view.body);
    request->view.is_current = false;
}

void request_free(struct fob_request *request)
{
    fob_message_free(&request->message);
    fob_message_free(&request->reply);
    client_environment_free(&request->environment);
    request_drop_view(request);
}
