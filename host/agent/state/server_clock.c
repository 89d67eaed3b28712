/* SPDX-License-Identifier: MIT */
#include "host/agent/state/server_clock.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "src/bytes.h"

#include <string.h>
#include <time.h>

/* One file for each endpoint and, under the name "", the last one written. */
enum { MS = 1000 };

static const char magic[] = {'f', 'o', 'b', 'T', 1};
const char server_clock_last[] = "";

int64_t server_clock_local_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * MS + now.tv_nsec / 1000000;
}

/* Bounds that no two clocks of this era can have are none. */
static bool is_sane(const struct fob_clock *clock)
{
    static const int64_t max_ms = INT64_C(253402300800) * MS; /* year 10000 */

    return clock->low_ms <= clock->high_ms && clock->low_ms >= -max_ms &&
           clock->high_ms <= max_ms;
}

void server_clock_decode(struct fob_clock *clock, const void *data, size_t len)
{
    struct fob_reader reader;
    const uint8_t *head;

    fob_reader_init(&reader, data, len);
    head = fob_get_bytes(&reader, sizeof(magic));
    clock->low_ms = (int64_t)fob_get_u64(&reader);
    clock->high_ms = (int64_t)fob_get_u64(&reader);
    clock->known = true;
    if (fob_reader_end(&reader) != FOB_OK ||
        memcmp(head, magic, sizeof(magic)) != 0 || !is_sane(clock))
        *clock = (struct fob_clock){0};
}

size_t server_clock_encode(const struct fob_clock *clock,
                           uint8_t data[static SERVER_CLOCK_FILE_LEN])
{
    struct fob_writer writer;

    fob_writer_init(&writer, data, SERVER_CLOCK_FILE_LEN);
    fob_put_bytes(&writer, magic, sizeof(magic));
    fob_put_u64(&writer, (uint64_t)clock->low_ms);
    fob_put_u64(&writer, (uint64_t)clock->high_ms);
    return writer.len;
}

void server_clock_read(const char *url, struct fob_clock *clock)
{
    char path[FOB_PATH_MAX];
    struct fob_secret content = {0};
    struct fob_error ignored;

    *clock = (struct fob_clock){0};
    if (state_file_path("clocks", url, path, &ignored) == FOB_OK &&
        fob_file_read(path, SERVER_CLOCK_FILE_LEN, &content, &ignored) ==
            FOB_OK)
        server_clock_decode(clock, content.data, content.len);
    fob_secret_free(&content);
}

/* A clock that cannot be kept is learnt again. */
static void write_clock(const char *url, const struct fob_clock *clock)
{
    const struct fob_file_options options = {.mode = 0600};
    char path[FOB_PATH_MAX];
    uint8_t data[SERVER_CLOCK_FILE_LEN];
    size_t len = server_clock_encode(clock, data);
    struct fob_error ignored;

    if (state_file_make("clocks", url, path, &ignored) == FOB_OK)
        (void)!fob_file_replace(path, data, len, &options, &ignored);
}

int64_t server_clock_now_s(const char *url)
{
    struct fob_clock clock;

    server_clock_read(url, &clock);
    return fob_clock_server_s(&clock, server_clock_local_ms());
}

static int64_t offset_s(const struct fob_clock *clock)
{
    int64_t offset_ms = fob_clock_offset_ms(clock);

    return (offset_ms + (offset_ms < 0 ? -MS / 2 : MS / 2)) / MS;
}

int64_t server_clock_offset_s(const char *url)
{
    struct fob_clock clock;

    server_clock_read(url, &clock);
    return offset_s(&clock);
}

bool server_clock_learn(const char *url, int64_t sent_ms, uint64_t date_s,
                        int64_t *offset)
{
    struct fob_clock before, clock;

    server_clock_read(url, &before);
    clock = before;
    fob_clock_learn(&clock, sent_ms, server_clock_local_ms(), date_s);
    *offset = offset_s(&clock);
    if (clock.known && (!before.known || *offset != offset_s(&before))) {
        write_clock(url, &clock);
        write_clock(server_clock_last, &clock);
    }
    return fob_clock_must_tell(&clock);
}
