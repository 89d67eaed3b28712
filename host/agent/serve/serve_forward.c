/* SPDX-License-Identifier: MIT */
/* A socket to be forwarded, with rules of its own, for as long as whoever asked
 * for it is there. */
#include "host/agent/remote/remote_policy.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

#include <poll.h>

enum { LOOK_MS = 500, LIST_TEXT_MAX = FOB_NAME_LIST_MAX };

/* A list that may be missing: all, then, that the settings allow. */
static enum fob_status read_list(struct fob_request *request, enum fob_tag tag,
                                 const char *what, struct fob_name_list *list)
{
    char text[LIST_TEXT_MAX];
    enum fob_status status;

    *list = (struct fob_name_list){.is_all = true};
    if (!field_read_has(request, tag))
        return FOB_OK;
    status = field_read_text(request, tag, what, text, sizeof(text));
    if (status == FOB_OK && fob_name_list_parse(text, list) != FOB_OK)
        status = fob_error_set(&request->error, FOB_E_USAGE,
                               "the %s must be names with commas between them",
                               what);
    return status;
}

static enum fob_status read_confirm(struct fob_request *request,
                                    enum fob_remote_confirm *confirm)
{
    struct fob_settings settings;
    char word[16];
    enum fob_status status;

    *confirm = FOB_REMOTE_CONFIRM_NO;
    if (!field_read_has(request, FOB_TAG_CONFIRM))
        return FOB_OK;
    status = field_read_text(request, FOB_TAG_CONFIRM, "way to confirm", word,
                             sizeof(word));
    if (status == FOB_OK)
        status = agent_settings(&settings, &request->error);
    if (status != FOB_OK)
        return status;
    if (fob_settings_confirm(word, confirm) != FOB_OK)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "a confirmation comes by terminal, pinentry or "
                             "desktop, or there is no");
    if (remote_policy_check_confirm(settings.remote_confirm, *confirm) !=
        FOB_OK)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "remote_confirm in the settings asks for a "
                             "confirmation, and this would have none");
    if (*confirm == FOB_REMOTE_CONFIRM_PINENTRY && settings.pinentry[0] == '\0')
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the settings name no pinentry");
    return FOB_OK;
}

/* An answer to a question that is over.  false: the person has gone. */
static bool drop_late_answer(struct fob_request *request)
{
    struct fob_message late = {0};
    bool is_there = fob_message_receive(request->fd, &late) == FOB_OK;

    fob_message_free(&late);
    forward_give_back(request->agent, request->fd, false);
    if (is_there)
        request_note(request, "That came too late: it was refused.");
    return is_there;
}

/* Until the command hangs up.  What it says while it is asked is for whoever
 * asks; without a question it has nothing to say. */
static void await_end(struct fob_request *request, uint64_t id)
{
    struct pollfd peer = {.fd = request->fd};
    bool is_there = true;

    while (is_there) {
        bool is_late = forward_is_late(request->agent, id);

        peer.events = is_late ? POLLIN | POLLRDHUP : POLLRDHUP;
        if (poll(&peer, 1, LOOK_MS) <= 0)
            continue;
        is_there = (peer.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0;
        if (is_there && is_late)
            is_there = drop_late_answer(request);
    }
}

enum fob_status serve_forward(struct fob_request *request)
{
    struct forward_rules rules;
    char path[FORWARD_PATH_MAX + 1];
    const struct forward_wish wish = {path, &rules, request->fd};
    uint64_t id;
    enum fob_status status =
        field_read_text(request, FOB_TAG_PATH, "path", path, sizeof(path));

    if (status == FOB_OK)
        status =
            read_list(request, FOB_TAG_PROFILE, "profiles", &rules.profiles);
    if (status == FOB_OK)
        status =
            read_list(request, FOB_TAG_ACCOUNT, "accounts", &rules.accounts);
    if (status == FOB_OK)
        status = read_confirm(request, &rules.confirm);
    if (status == FOB_OK && !request->agent->is_shared)
        status = fob_error_set(&request->error, FOB_E_USAGE,
                               "a private agent (FOB_NO_AGENT) has no sockets");
    if (status == FOB_OK)
        status = forward_open(request->agent, &wish, &id, &request->error);
    if (status != FOB_OK)
        return status;
    agent_note_desktop(request->agent, request->environment.variables, true);
    request_note(request,
                 "Listening at %s until this ends; to forward it: "
                 "ssh -R /run/user/ID/fob/agent.sock:%s HOST",
                 path, path);
    if (request->turn != NULL)
        request->turn->pause(request->turn);
    await_end(request, id);
    forward_end(request->agent, id);
    return FOB_OK;
}
