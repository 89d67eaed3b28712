/* SPDX-License-Identifier: MIT */
/*
 * The contents in the clear: records of fields.  docs/vault-format.md,
 * section "records".  What this fob does not know it carries along.  Inside
 * host/vault only.
 */
#ifndef FOB_HOST_VAULT_RECORD_H
#define FOB_HOST_VAULT_RECORD_H

#include "host/base/secret.h"
#include "src/bytes.h"

enum record_type {
    RECORD_FACTS = 1, /* about the vault itself */
    RECORD_ACCOUNT = 2,
    RECORD_ACCESS_KEY = 3,
};

enum { RECORD_HEAD_LEN = 6, FIELD_HEAD_LEN = 3 };

/* A view of one record. */
struct record {
    uint16_t type;
    size_t at;  /* where its head is, */
    size_t end; /* and where the next one's is */
    const uint8_t *content;
    size_t content_len;
};

/* The record at *cursor, which moves on; false at the end, and at bytes that
 * are no whole record (record_check tells). */
bool record_next(const struct fob_secret *records, size_t *cursor,
                 struct record *record);

/* Whether `len` bytes are whole records. */
bool record_check(const void *data, size_t len);

/* Put `content_len` bytes of content in the place of bytes `at` to `end` of
 * `records` (equal: insert there), as a record of `type`. */
FOB_MUST_CHECK enum fob_status record_put(struct fob_secret *records, size_t at,
                                          size_t end, uint16_t type,
                                          const struct fob_secret *content);

void record_cut(struct fob_secret *records, size_t at, size_t end);

#endif
