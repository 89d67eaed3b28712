/* SPDX-License-Identifier: MIT */
/*
 * Bounded big-endian reader and writer over memory that the caller owns.
 * The first fault sticks: later calls do nothing, reads give 0 or NULL, and
 * the fault is told once by `status`, so that a sequence is checked at its
 * end.  No call reads or writes outside the buffer.
 */
#ifndef FOB_SRC_BYTES_H
#define FOB_SRC_BYTES_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

struct fob_reader {
    const uint8_t *at;
    size_t left;
    enum fob_status status; /* FOB_OK or FOB_E_TOO_SHORT */
};

struct fob_writer {
    uint8_t *data;
    size_t len;
    size_t cap;
    enum fob_status status; /* FOB_OK or FOB_E_TOO_LONG */
};

void fob_reader_init(struct fob_reader *reader, const void *data, size_t len);
uint8_t fob_get_u8(struct fob_reader *reader);
uint16_t fob_get_u16(struct fob_reader *reader);
uint32_t fob_get_u32(struct fob_reader *reader);
uint64_t fob_get_u64(struct fob_reader *reader);
/* A view of the next `len` bytes, or NULL with the fault set. */
const uint8_t *fob_get_bytes(struct fob_reader *reader, size_t len);
/* FOB_OK when all was read and no fault was met; else the fault, or
 * FOB_E_TOO_LONG when bytes are left over. */
FOB_MUST_CHECK enum fob_status fob_reader_end(const struct fob_reader *reader);

void fob_writer_init(struct fob_writer *writer, void *data, size_t cap);
void fob_put_u8(struct fob_writer *writer, uint8_t value);
void fob_put_u16(struct fob_writer *writer, uint16_t value);
void fob_put_u32(struct fob_writer *writer, uint32_t value);
void fob_put_u64(struct fob_writer *writer, uint64_t value);
void fob_put_bytes(struct fob_writer *writer, const void *data, size_t len);
/* NUL-ended text without its NUL. */
void fob_put_text(struct fob_writer *writer, const char *text);

#endif
