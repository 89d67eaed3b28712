/* SPDX-License-Identifier: MIT */
/* A token sent into its board's boot loader, for new firmware. */
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/token_named.h"
#include "host/agent/tokens/token.h"
#include "host/base/version.h"

enum { VERSION_CAP = 64 };

static enum fob_status check_own(struct token_session *session)
{
    if (session->token.is_own)
        return FOB_OK;
    return fob_error_set(&session->request->error, FOB_E_UNSUPPORTED,
                         "token %s is no fob token: its firmware is its "
                         "maker's to replace",
                         session->token.serial);
}

/* Before anybody is asked for a touch. */
static enum fob_status check_version(struct token_session *session)
{
    struct fob_request *request = session->request;
    const char *before = session->token.info.version;
    char version[VERSION_CAP];
    enum fob_status status = fob_message_text(
        &request->message, FOB_TAG_VERSION, version, sizeof(version));

    if (status == FOB_E_NOT_FOUND || field_read_flag(request, FOB_TAG_FORCE))
        return FOB_OK;
    if (status != FOB_OK)
        return field_read_text(request, FOB_TAG_VERSION, "version", version,
                               sizeof(version));
    if (!fob_version_is_before(version, before))
        return FOB_OK;
    fob_error_set(&request->error, FOB_E_USAGE,
                  "token %s has version %s, the file the older %s",
                  session->token.serial, before, version);
    fob_error_hint(&request->error, "write it all the same with --force");
    return FOB_E_USAGE;
}

enum fob_status serve_token_loader(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open_sole(request, &session);

    if (status != FOB_OK)
        return status;
    status = check_own(&session);
    if (status == FOB_OK)
        status = check_version(&session);
    if (status == FOB_OK)
        status = fob_token_word(&session.token,
                                fob_token_enter_loader(&session.token),
                                "nothing was written", &request->error);
    if (status == FOB_OK)
        fob_message_put_text(&request->reply, FOB_TAG_TOKEN,
                             session.token.serial);
    token_close(&session);
    return status;
}
