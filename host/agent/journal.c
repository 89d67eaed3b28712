/* SPDX-License-Identifier: MIT */
#include "host/agent/journal.h"

#include "host/agent/sealed_file.h"
#include "host/agent/state_file.h"
#include "host/base/text.h"
#include "src/bytes.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT = 1, LENGTHS = 64 };

/* The texts of an entry, in the order of the file. */
#define TEXT(member)                                                           \
    {                                                                          \
        offsetof(struct journal_entry, member),                                \
            sizeof(((struct journal_entry *)0)->member)                        \
    }
static const struct {
    size_t at;
    size_t cap;
} texts[] = {
    TEXT(profile), TEXT(config),  TEXT(credentials), TEXT(user),
    TEXT(make),    TEXT(account), TEXT(drop),        TEXT(key_id),
};
enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

static void get_text(struct fob_reader *reader, char *text, size_t cap)
{
    size_t len = fob_get_u16(reader);
    const uint8_t *data = fob_get_bytes(reader, len);

    if (data == NULL || len >= cap)
        reader->status = FOB_E_DAMAGED;
    else
        memcpy(text, data, len);
}

static enum fob_status decode(const struct fob_secret *content,
                              struct journal_entry *entry)
{
    struct fob_reader reader;
    uint8_t format;

    fob_reader_init(&reader, content->data, content->len);
    format = fob_get_u8(&reader);
    entry->kind = fob_get_u8(&reader);
    entry->sets_profile = fob_get_u8(&reader) != 0;
    entry->started_s = (int64_t)fob_get_u64(&reader);
    for (size_t i = 0; i < TEXTS && reader.status == FOB_OK; i++)
        get_text(&reader, (char *)entry + texts[i].at, texts[i].cap);
    if (fob_reader_end(&reader) != FOB_OK || format != FORMAT ||
        entry->kind > JOURNAL_KEY)
        return FOB_E_DAMAGED;
    return FOB_OK;
}

static enum fob_status encode(const struct journal_entry *entry,
                              struct fob_secret *content)
{
    struct fob_writer writer;
    enum fob_status status =
        fob_secret_alloc(content, sizeof(struct journal_entry) + LENGTHS);

    if (status != FOB_OK)
        return status;
    fob_writer_init(&writer, content->data, content->cap);
    fob_put_u8(&writer, FORMAT);
    fob_put_u8(&writer, (uint8_t)entry->kind);
    fob_put_u8(&writer, entry->sets_profile);
    fob_put_u64(&writer, (uint64_t)entry->started_s);
    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = (const char *)entry + texts[i].at;

        fob_put_u16(&writer, (uint16_t)strlen(text));
        fob_put_bytes(&writer, text, strlen(text));
    }
    content->len = writer.len;
    return writer.status;
}

static enum fob_status read_entry(struct journal *journal,
                                  struct fob_error *error)
{
    struct fob_secret content = {0};
    enum fob_status status = sealed_file_read(journal->agent, journal->path,
                                              journal->name, &content);

    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status == FOB_OK)
        status = decode(&content, &journal->entry);
    fob_secret_free(&content);
    if (status == FOB_OK)
        return FOB_OK;
    fob_error_set(error, status,
                  "the journal of an unfinished change cannot be read: %s",
                  journal->path);
    fob_error_hint(error, "look at fob devices, then rm '%s'", journal->path);
    return status;
}

static enum fob_status lock(struct fob_request *request,
                            struct journal *journal)
{
    enum fob_status status =
        state_file_lock(journal->path, 0, &journal->lock, &request->error);

    if (status != FOB_E_BUSY)
        return status;
    fob_error_clear(&request->error);
    request_progress(request, "waiting for another fob to finish");
    return state_file_lock(journal->path, -1, &journal->lock, &request->error);
}

enum fob_status journal_open(struct fob_request *request,
                             const struct journal_owner *owner,
                             struct journal *journal)
{
    enum fob_status status;

    *journal = (struct journal){.agent = request->agent, .lock = -1};
    status = fob_text_format(journal->name, sizeof(journal->name),
                             "journal\n%s\n%s\n%s", owner->account_id,
                             owner->user, owner->endpoint);
    if (status != FOB_OK)
        return fob_error_set(&request->error, status,
                             "the endpoint's URL is too long");
    status = state_file_make("journal", journal->name, journal->path,
                             &request->error);
    if (status == FOB_OK)
        status = lock(request, journal);
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
    enum fob_status status = encode(&journal->entry, &content);

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
