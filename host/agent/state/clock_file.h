/* SPDX-License-Identifier: MIT */
/* The files that keep what was learnt of clocks: docs/protocol.md, "Clocks". */
#ifndef FOB_HOST_AGENT_STATE_CLOCK_FILE_H
#define FOB_HOST_AGENT_STATE_CLOCK_FILE_H

#include "host/aws/clock.h"
#include "host/aws/endpoint.h"

#include <stddef.h>

enum {
    CLOCK_FILE_HEAD_LEN = 5 + 3 * 8,
    CLOCK_FILE_NAME_MAX = FOB_ENDPOINT_URL_MAX + 1 + FOB_ENDPOINT_TRUST_MAX,
    CLOCK_FILE_MAX = CLOCK_FILE_HEAD_LEN + CLOCK_FILE_NAME_MAX,
};

/* The name of AWS's clock, whichever of its endpoints told it last. */
extern const char clock_file_aws[];

/* What a file holds.  All zero: nothing. */
struct clock_file_record {
    struct fob_clock clock;
    int64_t base_ms; /* local time less the time since the machine's start */
    char name[CLOCK_FILE_NAME_MAX + 1]; /* the URL, '\n', the trust */
};

/* Local time, CLOCK_REALTIME. */
int64_t clock_file_local_ms(void);

/* The clock of a name: nothing known when nothing can be read, and when what
 * was far off was so by a local clock that has been set since. */
void clock_file_read(const char *name, struct fob_clock *clock);
void clock_file_write(const char *name, const struct fob_clock *clock);

/* Whether the bytes can be the name of an endpoint's clock. */
bool clock_file_is_name(const uint8_t *text, size_t len);

/* Any bytes under a name of the folder; what cannot be kept is learnt again. */
void clock_file_write_bytes(const char *name, const void *data, size_t len);

/* Call `visit` for the clock of each endpoint. */
void clock_file_each(void (*visit)(void *context,
                                   const struct clock_file_record *record),
                     void *context);

/* The file's content and back; what encode did not write is nothing known. */
size_t clock_file_encode(const struct clock_file_record *record,
                         uint8_t data[static CLOCK_FILE_MAX]);
void clock_file_decode(struct clock_file_record *record, const void *data,
                       size_t len);

#endif
