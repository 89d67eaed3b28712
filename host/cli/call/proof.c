/* SPDX-License-Identifier: MIT */
#include "host/cli/call/proof.h"

#include "host/cli/ui/input.h"

enum { KEY_FILE_MAX = 65536 /* bytes; docs/vault-format.md */ };

enum fob_status proof_put_file(struct command_call *call, enum fob_tag tag,
                               const char *path)
{
    struct fob_secret content = {0};
    enum fob_status status;

    if (path == NULL)
        return FOB_OK;
    status = input_read_trusted(path, KEY_FILE_MAX, FOB_FILE_UNSEEN, &content,
                                &call->error);
    if (status == FOB_OK)
        fob_message_put(&call->request, tag, content.data, content.len);
    fob_secret_free(&content);
    return status;
}
