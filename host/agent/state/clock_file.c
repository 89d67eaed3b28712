/* SPDX-License-Identifier: MIT */
#include "host/agent/state/clock_file.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "host/base/text.h"
#include "src/bytes.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MS = 1000, STEPPED_MS = 30 * MS };

static const char magic[] = {'f', 'o', 'b', 'T', 2};
static const char folder_name[] = "clocks";
const char clock_file_aws[] = "aws\n";

static int64_t read_ms(clockid_t which)
{
    struct timespec now;

    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * MS + now.tv_nsec / 1000000;
}

int64_t clock_file_local_ms(void)
{
    return read_ms(CLOCK_REALTIME);
}

static int64_t find_base(void)
{
    return read_ms(CLOCK_REALTIME) - read_ms(CLOCK_BOOTTIME);
}

/* Bounds that no two clocks of this era can have are none. */
static bool is_sane(const struct clock_file_record *record)
{
    static const int64_t max_ms = INT64_C(253402300800) * MS; /* year 10000 */
    const struct fob_clock *clock = &record->clock;

    return clock->low_ms <= clock->high_ms && clock->low_ms >= -max_ms &&
           clock->high_ms <= max_ms && record->base_ms >= -max_ms &&
           record->base_ms <= max_ms;
}

bool clock_file_is_name(const uint8_t *text, size_t len)
{
    return len > 0 && len <= CLOCK_FILE_NAME_MAX &&
           memchr(text, '\0', len) == NULL && memchr(text, '\n', len) != NULL;
}

void clock_file_decode(struct clock_file_record *record, const void *data,
                       size_t len)
{
    struct fob_reader reader;
    struct fob_clock *clock = &record->clock;
    const uint8_t *bytes = data;
    const uint8_t *head;

    *record = (struct clock_file_record){0};
    if (len <= CLOCK_FILE_HEAD_LEN ||
        !clock_file_is_name(bytes + CLOCK_FILE_HEAD_LEN,
                            len - CLOCK_FILE_HEAD_LEN))
        return;
    fob_reader_init(&reader, data, CLOCK_FILE_HEAD_LEN);
    head = fob_get_bytes(&reader, sizeof(magic));
    clock->low_ms = (int64_t)fob_get_u64(&reader);
    clock->high_ms = (int64_t)fob_get_u64(&reader);
    record->base_ms = (int64_t)fob_get_u64(&reader);
    clock->known = true;
    if (memcmp(head, magic, sizeof(magic)) != 0 || !is_sane(record))
        *record = (struct clock_file_record){0};
    else
        memcpy(record->name, bytes + CLOCK_FILE_HEAD_LEN,
               len - CLOCK_FILE_HEAD_LEN);
}

size_t clock_file_encode(const struct clock_file_record *record,
                         uint8_t data[static CLOCK_FILE_MAX])
{
    struct fob_writer writer;

    fob_writer_init(&writer, data, CLOCK_FILE_MAX);
    fob_put_bytes(&writer, magic, sizeof(magic));
    fob_put_u64(&writer, (uint64_t)record->clock.low_ms);
    fob_put_u64(&writer, (uint64_t)record->clock.high_ms);
    fob_put_u64(&writer, (uint64_t)record->base_ms);
    fob_put_text(&writer, record->name);
    return writer.len;
}

static void read_path(const char *path, struct clock_file_record *record)
{
    struct fob_secret content = {0};
    struct fob_error ignored;

    *record = (struct clock_file_record){0};
    if (fob_file_read(path, CLOCK_FILE_MAX, &content, &ignored) == FOB_OK)
        clock_file_decode(record, content.data, content.len);
    fob_secret_free(&content);
}

/* A local clock that was set, or started anew, may have been what was wrong. */
static bool is_void(const struct clock_file_record *record)
{
    return fob_clock_is_far(&record->clock) &&
           llabs(find_base() - record->base_ms) > STEPPED_MS;
}

void clock_file_read(const char *name, struct fob_clock *clock)
{
    char path[FOB_PATH_MAX];
    struct clock_file_record record;
    struct fob_error ignored;

    *clock = (struct fob_clock){0};
    if (state_file_path(folder_name, name, path, &ignored) != FOB_OK)
        return;
    read_path(path, &record);
    if (strcmp(record.name, name) == 0 && !is_void(&record))
        *clock = record.clock;
}

/* What cannot be kept is learnt again. */
void clock_file_write_bytes(const char *name, const void *data, size_t len)
{
    const struct fob_file_options options = {.mode = 0600};
    char path[FOB_PATH_MAX];
    struct fob_error ignored;

    if (state_file_make(folder_name, name, path, &ignored) == FOB_OK)
        (void)!fob_file_replace(path, data, len, &options, &ignored);
}

void clock_file_write(const char *name, const struct fob_clock *clock)
{
    struct clock_file_record record = {.clock = *clock, .base_ms = find_base()};
    uint8_t data[CLOCK_FILE_MAX];

    (void)!fob_text_copy(record.name, sizeof(record.name), name);
    clock_file_write_bytes(name, data, clock_file_encode(&record, data));
}

struct visitor {
    void (*call)(void *context, const struct clock_file_record *record);
    void *context;
};

static void visit_file(void *context, const char *path)
{
    const struct visitor *visitor = context;
    struct clock_file_record record;

    read_path(path, &record);
    if (record.clock.known && strcmp(record.name, clock_file_aws) != 0 &&
        !is_void(&record))
        visitor->call(visitor->context, &record);
}

void clock_file_each(void (*visit)(void *context,
                                   const struct clock_file_record *record),
                     void *context)
{
    struct visitor visitor = {.call = visit, .context = context};
    struct fob_error ignored;

    (void)!state_file_each(folder_name, visit_file, &visitor, &ignored);
}
