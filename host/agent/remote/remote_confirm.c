/* SPDX-License-Identifier: MIT */
#include "host/agent/remote/remote_confirm.h"

#include "host/agent/remote/confirm_program.h"
#include "host/base/monotonic.h"
#include "host/base/path.h"
#include "host/base/text.h"

#include <poll.h>
#include <string.h>
#include <strings.h>

enum {
    PATIENCE_S = 30,
    PAUSE_MS = 30 * 1000,
    TURN_MS = 60 * 1000, /* that one waits for its turn */
    TURN_STEP_MS = 100,
    WAITING_MAX = 4,
    SEND_MS = 5000,
};

static enum fob_status refuse_use(struct fob_request *request, const char *why,
                                  const char *hint)
{
    fob_error_set(&request->error, FOB_E_FORBIDDEN, "not confirmed: %s", why);
    fob_error_advise(&request->error, hint);
    return FOB_E_FORBIDDEN;
}

static enum fob_status refuse_paused(struct fob_request *request)
{
    return refuse_use(request, "it was refused just now where the agent is",
                      "wait half a minute");
}

static bool take_turn(struct fob_agent *agent)
{
    bool is_mine;

    pthread_mutex_lock(&agent->mutex);
    is_mine = !agent->is_confirming;
    agent->is_confirming = true;
    pthread_mutex_unlock(&agent->mutex);
    return is_mine;
}

static void end_turn(struct fob_agent *agent)
{
    pthread_mutex_lock(&agent->mutex);
    agent->is_confirming = false;
    pthread_mutex_unlock(&agent->mutex);
}

/* false: too many do so already. */
static bool join_queue(struct fob_agent *agent)
{
    bool is_in;

    pthread_mutex_lock(&agent->mutex);
    is_in = agent->confirms_waiting < WAITING_MAX;
    agent->confirms_waiting += is_in;
    pthread_mutex_unlock(&agent->mutex);
    return is_in;
}

static void leave_queue(struct fob_agent *agent)
{
    pthread_mutex_lock(&agent->mutex);
    agent->confirms_waiting--;
    pthread_mutex_unlock(&agent->mutex);
}

/* Until the one before has been answered; a no to that one counts for those
 * who wait behind it. */
static enum fob_status await_turn(struct fob_request *request)
{
    int64_t end_ms = fob_monotonic_ms() + TURN_MS;
    enum fob_status status;

    while (!take_turn(request->agent)) {
        if (fob_monotonic_ms() > end_ms)
            return refuse_use(request, "another question is before this one",
                              "try it again");
        status = request_wait(request, TURN_STEP_MS);
        if (status != FOB_OK)
            return status;
        if (forward_is_paused(request->agent, request->forward))
            return refuse_paused(request);
    }
    return FOB_OK;
}

static bool is_yes(const struct fob_message *message)
{
    struct fob_field field;

    return message->type == FOB_REQUEST_ANSWER &&
           fob_message_find(message, FOB_TAG_DATA, &field) && field.len == 3 &&
           strncasecmp((const char *)field.data, "yes", field.len) == 0;
}

/* What a command that waits at a terminal may take to say what was typed
 * there: that it hangs holds no other question up. */
static const struct fob_message_limits answer_limits = {
    .len_max = 4096, .first_ms = 5000, .head_ms = 5000, .fields_ms = 5000};

static enum fob_status receive_answer(int person, struct fob_message *message)
{
    struct fob_message_head head;
    enum fob_status status =
        fob_message_receive_head(person, &answer_limits, &head);

    if (status == FOB_OK)
        status =
            fob_message_receive_fields(person, &answer_limits, &head, message);
    return status;
}

/* `person` is the connection of such a command. */
static enum confirm_answer ask_person(int person, const char *text)
{
    struct pollfd wait = {.fd = person, .events = POLLIN};
    struct fob_message message = {0};
    enum confirm_answer answer = CONFIRM_NOBODY;

    fob_message_start(&message, FOB_REPLY_QUESTION);
    fob_message_put_number(&message, FOB_TAG_QUESTION, FOB_QUESTION_CONFIRM);
    fob_message_put_text(&message, FOB_TAG_TEXT, text);
    if (fob_message_send_within(person, &message, SEND_MS) != FOB_OK)
        goto out;
    if (poll(&wait, 1, PATIENCE_S * 1000) == 0)
        answer = CONFIRM_UNANSWERED;
    else if (receive_answer(person, &message) == FOB_OK &&
             message.type != FOB_REQUEST_DECLINE)
        answer = is_yes(&message) ? CONFIRM_YES : CONFIRM_NO;
out:
    fob_message_free(&message);
    return answer;
}

static enum confirm_answer ask_terminal(struct fob_request *request,
                                        const char *text)
{
    int person = forward_take_person(request->agent, request->forward);
    enum confirm_answer answer;

    if (person < 0)
        return CONFIRM_NOBODY;
    answer = ask_person(person, text);
    forward_give_back(request->agent, person, answer == CONFIRM_UNANSWERED);
    return answer;
}

static enum confirm_answer ask_program(struct fob_request *request,
                                       enum fob_remote_confirm how,
                                       const char *text)
{
    struct fob_agent *agent = request->agent;
    struct fob_settings settings;
    struct desktop desktop;
    struct fob_error ignored;
    struct confirm_program ask = {
        .desktop = &desktop, .text = text, .patience_s = PATIENCE_S};

    if (agent_settings(&settings, &ignored) != FOB_OK)
        return CONFIRM_NOBODY;
    pthread_mutex_lock(&agent->mutex);
    desktop = agent->desktop;
    pthread_mutex_unlock(&agent->mutex);
    if (how == FOB_REMOTE_CONFIRM_DESKTOP) {
        ask.path = settings.remote_dialog;
        return confirm_program_askpass(&ask);
    }
    ask.path = settings.pinentry;
    return ask.path[0] == '\0' ? CONFIRM_NOBODY
                               : confirm_program_pinentry(&ask);
}

static void make_text(struct fob_request *request, const char *what,
                      const char *name,
                      char text[static FOB_ERROR_TEXT_MAX + 1])
{
    struct forward_rules rules;
    char path[FORWARD_PATH_MAX + 1];
    struct fob_error words = {0};
    const char *slash;

    (void)!fob_text_copy(path, sizeof(path), "remote.sock");
    if (request->forward != FORWARD_REMOTE)
        (void)forward_find(request->agent, request->forward, &rules, path);
    slash = strrchr(path, '/');
    /* Makes control characters harmless, too. */
    fob_error_set(&words, FOB_E_NOBODY,
                  "A far machine, by %s, asks for %s %s. Give it?",
                  slash != NULL ? slash + 1 : path, what, name);
    (void)!fob_text_copy(text, FOB_ERROR_TEXT_MAX + 1, words.text);
}

static enum fob_status tell_answer(struct fob_request *request,
                                   enum fob_remote_confirm how,
                                   enum confirm_answer answer)
{
    switch (answer) {
    case CONFIRM_YES:
        return FOB_OK;
    case CONFIRM_NO:
        return refuse_use(request, "it was refused where the agent is",
                          "ask the person there");
    case CONFIRM_UNANSWERED:
        return refuse_use(request, "nobody answered where the agent is",
                          "ask the person there");
    default:
        return refuse_use(request, "nobody can be asked where the agent is",
                          how == FOB_REMOTE_CONFIRM_TERMINAL
                              ? "at a terminal there, run: fob agent forward"
                              : "where the agent is, see fob-settings(5)");
    }
}

static enum fob_status ask_and_tell(struct fob_request *request,
                                    enum fob_remote_confirm how,
                                    const char *text)
{
    enum confirm_answer answer = how == FOB_REMOTE_CONFIRM_TERMINAL
                                     ? ask_terminal(request, text)
                                     : ask_program(request, how, text);

    if (answer == CONFIRM_NO || answer == CONFIRM_UNANSWERED)
        forward_pause(request->agent, request->forward, PAUSE_MS);
    if (answer == CONFIRM_YES && request_is_abandoned(request))
        return fob_error_set(&request->error, FOB_E_AGENT,
                             "the caller hung up");
    return tell_answer(request, how, answer);
}

static enum fob_status queue_and_ask(struct fob_request *request,
                                     enum fob_remote_confirm how,
                                     const char *text)
{
    enum fob_status status;

    if (!join_queue(request->agent))
        return refuse_use(request, "too many questions wait where the agent is",
                          "try it again");
    status = await_turn(request);
    leave_queue(request->agent);
    if (status != FOB_OK)
        return status;
    status = ask_and_tell(request, how, text);
    end_turn(request->agent);
    return status;
}

enum fob_status remote_confirm_use(struct fob_request *request,
                                   enum fob_remote_confirm how,
                                   const char *what, const char *name)
{
    struct request_turn *turn = request->turn;
    char text[FOB_ERROR_TEXT_MAX + 1];
    enum fob_status status;

    if (how == FOB_REMOTE_CONFIRM_NO || request->fd == REQUEST_NOBODY)
        return FOB_OK;
    if (forward_is_paused(request->agent, request->forward))
        return refuse_paused(request);
    make_text(request, what, name, text);
    request_progress(request, "waiting for a word where the agent is");
    /* Whoever waits for a person keeps nobody from work. */
    if (turn != NULL)
        turn->pause(turn);
    status = queue_and_ask(request, how, text);
    if (turn != NULL && !turn->begin(turn, false))
        status =
            fob_error_set(&request->error, FOB_E_AGENT, "the caller hung up");
    return status;
}
