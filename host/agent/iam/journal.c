/* SPDX-License-Identifier: MIT */
#include "host/agent/iam/journal.h"

#include "host/agent/state/sealed_file.h"
#include "host/agent/state/state_file.h"
#include "host/agent/state/state_lock.h"
#include "host/base/text.h"

#include <errno.h>
#include <unistd.h>

static enum fob_status read_entry(struct journal *journal,
                                  struct fob_error *error)
{
    struct fob_secret content = {0};
    enum fob_status status = sealed_file_read(journal->agent, journal->path,
                                              journal->name, &content);

    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status == FOB_OK)
        status =
            journal_entry_decode(content.data, content.len, &journal->entry);
    fob_secret_free(&content);
    if (status == FOB_OK)
        return FOB_OK;
    fob_error_set(error, status,
                  "the journal of an unfinished change cannot be read: %s",
                  journal->path);
    fob_error_hint(error, "look at fob devices, then rm %s", journal->path);
    return status;
}

enum fob_status journal_open(struct fob_request *request,
                             const struct journal_owner *owner,
                             struct journal *journal)
{
    const char *trust = owner->endpoint->trust;
    enum fob_status status;

    *journal = (struct journal){.agent = request->agent, .lock = -1};
    status = fob_text_format(journal->name, sizeof(journal->name),
                             "journal\n%s\n%s\n%s%s%s", owner->account_id,
                             owner->user, owner->endpoint->url,
                             trust[0] == '\0' ? "" : "\n", trust);
    if (status != FOB_OK)
        return fob_error_set(&request->error, status,
                             "the endpoint's URL is too long");
    status = state_file_make("journal", journal->name, journal->path,
                             &request->error);
    if (status == FOB_OK)
        status = state_lock_wait(request, journal->path, &journal->lock);
    if (status == FOB_OK)
        status = read_entry(journal, &request->error);
    if (status != FOB_OK)
        journal_close(journal);
    return status;
}

void journal_close(struct journal *journal)
{
    if (journal->lock >= 0)
        close(journal->lock);
    journal->lock = -1;
}

enum fob_status journal_write(struct journal *journal, struct fob_error *error)
{
    struct fob_secret content = {0};
    enum fob_status status = journal_entry_encode(&journal->entry, &content);

    if (status == FOB_OK)
        status = sealed_file_write(journal->agent, journal->path, journal->name,
                                   &content, error);
    else
        fob_error_set(error, status, "the journal cannot be made");
    fob_secret_free(&content);
    return status;
}

enum fob_status journal_finish(struct journal *journal, struct fob_error *error)
{
    journal->entry = (struct journal_entry){0};
    if (unlink(journal->path) == 0 || errno == ENOENT)
        return FOB_OK;
    return fob_error_errno(error, FOB_E_IO, "cannot remove %s", journal->path);
}
