/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/refusal_memory.h"

#include "host/agent/state/cache.h"
#include "host/base/text.h"

#include <string.h>
#include <time.h>

enum {
    FORMAT = 1,
    CONTENT_MAX = 1 + 8 + 2 + FOB_ERROR_TEXT_MAX + 2 + FOB_ERROR_HINT_MAX,
    QUOTE_MAX = 420, /* of the reason, so that the rest is not cut off */
};

static const char prefix[] = "refusal\n";

bool refusal_memory_stays(enum fob_refusal refusal)
{
    switch (refusal) {
    case FOB_REFUSAL_DEVICE:
    case FOB_REFUSAL_MFA:
    case FOB_REFUSAL_DENIED:
    case FOB_REFUSAL_KEY:
    case FOB_REFUSAL_DURATION:
    case FOB_REFUSAL_REGION:
    case FOB_REFUSAL_REQUEST:
    case FOB_REFUSAL_OTHER:
        return true;
    default:
        return false;
    }
}

bool refusal_memory_is_name(const char *name)
{
    return strncmp(name, prefix, sizeof(prefix) - 1) == 0;
}

static enum fob_status make_name(const struct session_attempt *attempt,
                                 char name[static CACHE_NAME_MAX + 1])
{
    char session[CACHE_NAME_MAX + 1];
    enum fob_status status = session_cache_make_name(&attempt->key, session);

    if (status == FOB_OK)
        status = fob_text_format(name, CACHE_NAME_MAX + 1, "%s%u\n%s\n%s",
                                 prefix, (unsigned)attempt->duration_s,
                                 attempt->key.endpoint->url, session);
    return status;
}

static void put_text(struct fob_writer *writer, const char *text)
{
    fob_put_u16(writer, (uint16_t)strlen(text));
    fob_put_bytes(writer, text, strlen(text));
}

void refusal_memory_put(struct fob_request *request,
                        const struct session_attempt *attempt)
{
    char name[CACHE_NAME_MAX + 1];
    uint8_t data[CONTENT_MAX];
    struct fob_secret content = {0};
    struct fob_writer writer;

    fob_writer_init(&writer, data, sizeof(data));
    fob_put_u8(&writer, FORMAT);
    fob_put_u64(&writer, (uint64_t)time(NULL));
    put_text(&writer, request->error.text);
    put_text(&writer, request->error.hint);
    if (make_name(attempt, name) == FOB_OK &&
        fob_secret_copy(&content, data, writer.len) == FOB_OK)
        cache_keep(request, name, &content);
    fob_secret_free(&content);
}

static bool get_text(struct fob_reader *reader, char *text, size_t cap)
{
    size_t len = fob_get_u16(reader);
    const uint8_t *bytes = fob_get_bytes(reader, len);

    if (bytes == NULL || len >= cap || memchr(bytes, '\0', len) != NULL)
        return false;
    memcpy(text, bytes, len);
    text[len] = '\0';
    return true;
}

bool refusal_memory_decode(struct refusal_memory *memory, const void *data,
                           size_t len)
{
    struct fob_reader reader;
    bool is_known;

    *memory = (struct refusal_memory){0};
    fob_reader_init(&reader, data, len);
    is_known = fob_get_u8(&reader) == FORMAT;
    memory->at_s = (int64_t)fob_get_u64(&reader);
    if (is_known && get_text(&reader, memory->text, sizeof(memory->text)) &&
        get_text(&reader, memory->hint, sizeof(memory->hint)) &&
        fob_reader_end(&reader) == FOB_OK)
        return true;
    *memory = (struct refusal_memory){0};
    return false;
}

/* A clock that was set back makes no refusal last. */
static int64_t find_age(const struct refusal_memory *memory)
{
    int64_t now_s = time(NULL);

    return memory->at_s > now_s || memory->at_s < now_s - REFUSAL_LATELY_S
               ? -1
               : now_s - memory->at_s;
}

int64_t refusal_memory_find(struct fob_request *request,
                            const struct session_attempt *attempt)
{
    char name[CACHE_NAME_MAX + 1];
    struct fob_secret content = {0};
    struct refusal_memory memory;
    int64_t age_s = -1;

    if (make_name(attempt, name) == FOB_OK &&
        cache_get(request->agent, name, &content) == FOB_OK &&
        refusal_memory_decode(&memory, content.data, content.len))
        age_s = find_age(&memory);
    fob_secret_free(&content);
    if (age_s < 0 || age_s >= REFUSAL_MEMORY_S)
        return age_s;
    fob_error_set(&request->error, FOB_E_REFUSED,
                  "%.*s; refused %d s ago, asked again in %d s", QUOTE_MAX,
                  memory.text, (int)age_s, (int)(REFUSAL_MEMORY_S - age_s));
    if (memory.hint[0] != '\0')
        fob_error_advise(&request->error, memory.hint);
    return age_s;
}
