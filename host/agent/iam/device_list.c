/* SPDX-License-Identifier: MIT */
#include "host/agent/iam/device_list.h"

#include "host/base/text.h"

#include <string.h>

/* A server that never ends its list is not followed for ever. */
enum { PAGES_MAX = 100, MARKER_MAX = 320 };

static bool visit_page(const struct iam_request *asked,
                       const struct fob_exchange_reply *reply,
                       const struct device_list_visit *visit)
{
    struct fob_iam_device device;

    for (size_t i = 0; fob_iam_device_at(asked->action, reply, i, &device); i++)
        if (!visit->call(visit->context, &device))
            return false;
    return true;
}

static enum fob_status list_pages(struct iam_session *client,
                                  struct iam_request *asked,
                                  const struct device_list_visit *visit)
{
    char marker[MARKER_MAX + 1] = "";
    struct aws_call_reply reply = {0};
    bool has_more = true;
    enum fob_status status = FOB_OK;

    asked->params.value[FOB_IAM_MARKER] = marker;
    for (int page = 0; has_more && page < PAGES_MAX; page++) {
        const char *next = NULL;

        status = iam_session_call(client, asked, &reply);
        if (status == FOB_OK && visit_page(asked, &reply.exchange, visit))
            next = fob_iam_marker(asked->action, &reply.exchange);
        has_more = next != NULL &&
                   fob_text_copy(marker, sizeof(marker), next) == FOB_OK;
        aws_call_reply_free(&reply);
    }
    return status;
}

enum fob_status device_list_of_user(struct iam_session *client,
                                    const char *user,
                                    const struct device_list_visit *visit)
{
    struct iam_request asked = {.action = FOB_IAM_LIST_MFA_DEVICES};

    asked.params.value[FOB_IAM_USER_NAME] = user;
    return list_pages(client, &asked, visit);
}

enum fob_status device_list_all(struct iam_session *client,
                                const struct device_list_visit *visit)
{
    struct iam_request asked = {.action = FOB_IAM_LIST_VIRTUAL_MFA_DEVICES};

    return list_pages(client, &asked, visit);
}

struct search {
    const char *serial;
    bool is_found;
};

static bool match_serial(void *context, const struct fob_iam_device *device)
{
    struct search *search = context;

    search->is_found = strcmp(device->serial, search->serial) == 0;
    return !search->is_found;
}

enum fob_status device_list_has(struct iam_session *client, const char *user,
                                const char *serial, bool *has)
{
    struct search search = {.serial = serial};
    const struct device_list_visit visit = {match_serial, &search};
    enum fob_status status = device_list_of_user(client, user, &visit);

    *has = search.is_found;
    return status;
}
