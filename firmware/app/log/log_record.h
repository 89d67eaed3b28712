/* SPDX-License-Identifier: MIT */
/*
 * One record of the log: type, flags, length, owner, CRC, body; a whole number
 * of units, the rest of the last one left blank.  docs/protocol.md has the
 * bodies byte by byte.
 */
#ifndef FOB_FIRMWARE_APP_LOG_LOG_RECORD_H
#define FOB_FIRMWARE_APP_LOG_LOG_RECORD_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LOG_RECORD_UNIT = 32,
    LOG_RECORD_HEAD = 12,
    LOG_RECORD_MAX = 256,
    LOG_RECORD_BODY_MAX = LOG_RECORD_MAX - LOG_RECORD_HEAD,
};

/* Far apart in bits; 00 and FF are what invalidated and blank units begin with.
 */
enum log_record_type {
    LOG_RECORD_KEY = 0x4b,     /* the master key, plain or wrapped */
    LOG_RECORD_TRIES = 0x54,   /* passphrases tried since the last right one */
    LOG_RECORD_CODE = 0x43,    /* YKOATH's access key, sealed */
    LOG_RECORD_ACCOUNT = 0x41, /* a credential, sealed */
    LOG_RECORD_USE = 0x55,     /* one code left the token */
    LOG_RECORD_UID = 0x4e,     /* the highest uid given, its account is gone */
    LOG_RECORD_RESET = 0x52,   /* all of this is being erased */
};

struct log_record {
    uint8_t type;
    uint8_t flags;
    uint16_t len; /* of the body */
    uint32_t uid; /* the account it is about; 0 for none */
    uint8_t body[LOG_RECORD_BODY_MAX];
};

/* Units that a record with a body of `len` bytes takes. */
size_t log_record_units(size_t len);

/* Lay the record out at `bytes`, which has room for LOG_RECORD_MAX; returns the
 * bytes to program, head and body. */
size_t log_record_encode(const struct log_record *record, uint8_t *bytes);

/* Read a record back from the `len` bytes at `bytes`, at most LOG_RECORD_MAX.
 * FOB_E_DAMAGED when there is no whole record; `record` is empty then. */
FOB_MUST_CHECK enum fob_status
log_record_decode(struct log_record *record, const uint8_t *bytes, size_t len);

#endif
