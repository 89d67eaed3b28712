/* SPDX-License-Identifier: MIT */
#include "host/agent/state/device_clock.h"

#include "host/agent/state/clock_file.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/state_file.h"
#include "host/base/file.h"
#include "host/base/text.h"

#include <string.h>

/* The file that says where a device's sessions are holds the name of the
 * clock, after a byte that says whether it is AWS's. */
enum { BOUND_AWS = 'A', BOUND_OTHER = 'O' };

static void read_bound(const char *serial,
                       char bound[static CLOCK_FILE_NAME_MAX + 2])
{
    char path[FOB_PATH_MAX];
    struct fob_secret content = {0};
    struct fob_error ignored;

    bound[0] = '\0';
    if (state_file_path("clocks", serial, path, &ignored) == FOB_OK &&
        fob_file_read(path, CLOCK_FILE_NAME_MAX + 1, &content, &ignored) ==
            FOB_OK &&
        content.len > 1 &&
        clock_file_is_name(content.data + 1, content.len - 1)) {
        memcpy(bound, content.data, content.len);
        bound[content.len] = '\0';
    }
    fob_secret_free(&content);
}

void device_clock_bind(const char *serial, const struct fob_endpoint *endpoint)
{
    char bound[CLOCK_FILE_NAME_MAX + 2];

    read_bound(serial, bound);
    if (bound[0] == BOUND_AWS || (bound[0] != '\0' && !endpoint->is_aws))
        return;
    bound[0] = endpoint->is_aws ? BOUND_AWS : BOUND_OTHER;
    (void)!fob_text_format(bound + 1, CLOCK_FILE_NAME_MAX + 1, "%s\n%s",
                           endpoint->url, endpoint->trust);
    clock_file_write_bytes(serial, bound, strlen(bound));
}

int64_t device_clock_offset_s(const char *serial)
{
    char bound[CLOCK_FILE_NAME_MAX + 2];
    struct fob_clock clock;

    clock_file_read(clock_file_aws, &clock);
    if (!clock.known && serial[0] != '\0') {
        read_bound(serial, bound);
        if (bound[0] != '\0')
            clock_file_read(bound + 1, &clock);
    }
    return fob_clock_is_far(&clock) ? 0 : server_clock_round_s(&clock);
}
