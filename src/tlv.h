/* SPDX-License-Identifier: MIT */
/*
 * YKOATH's TLVs: a tag of one byte, a BER length (00-7F, 81 xx, 82 xxxx), the
 * value.  The property tag is the exception: one byte of value and no length.
 */
#ifndef FOB_SRC_TLV_H
#define FOB_SRC_TLV_H

#include "src/bytes.h"

#include <stdbool.h>

enum fob_oath_tag {
    FOB_OATH_TAG_NAME = 0x71,
    FOB_OATH_TAG_NAME_LIST = 0x72,
    FOB_OATH_TAG_KEY = 0x73,
    FOB_OATH_TAG_CHALLENGE = 0x74,
    FOB_OATH_TAG_RESPONSE = 0x75,
    FOB_OATH_TAG_TRUNCATED = 0x76,
    FOB_OATH_TAG_NO_RESPONSE = 0x77,
    FOB_OATH_TAG_PROPERTY = 0x78,
    FOB_OATH_TAG_VERSION = 0x79,
    FOB_OATH_TAG_COUNTER = 0x7a,
    FOB_OATH_TAG_ALGORITHM = 0x7b,
    FOB_OATH_TAG_TOUCH = 0x7c,
};

struct fob_tlv {
    uint8_t tag;
    const uint8_t *value; /* a view into what is read, never NULL */
    size_t len;
};

/* Take the next TLV.  False at the end and at a fault; the reader tells which:
 * FOB_E_TOO_SHORT, or FOB_E_SYNTAX for any other form of length. */
FOB_MUST_CHECK bool fob_tlv_next(struct fob_reader *reader,
                                 struct fob_tlv *tlv);

/* Write a TLV of at most 65535 bytes with the shortest length.  A property
 * has exactly one byte of value. */
void fob_tlv_put(struct fob_writer *writer, uint8_t tag, const void *value,
                 size_t len);

/* Write tag and length; the caller writes the `len` bytes of value. */
void fob_tlv_put_head(struct fob_writer *writer, uint8_t tag, size_t len);

#endif
