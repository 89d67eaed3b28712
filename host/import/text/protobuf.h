/* SPDX-License-Identifier: MIT */
/* Fields of a message in the wire format of Protocol Buffers. */
#ifndef FOB_HOST_IMPORT_TEXT_PROTOBUF_H
#define FOB_HOST_IMPORT_TEXT_PROTOBUF_H

#include "src/bytes.h"

/* The wire types that still exist. */
enum protobuf_type {
    PROTOBUF_VARINT = 0,
    PROTOBUF_FIXED64 = 1,
    PROTOBUF_BYTES = 2,
    PROTOBUF_FIXED32 = 5,
};

struct protobuf_field {
    uint32_t number; /* from 1 */
    enum protobuf_type type;
    uint64_t varint;   /* PROTOBUF_VARINT; of negative numbers two's
                          complement */
    const void *bytes; /* PROTOBUF_BYTES: a view into what is read */
    size_t len;
};

/* The next field; only at the end of the message is `field->number` 0.
 * FOB_E_TOO_SHORT when the message ends inside a field, FOB_E_SYNTAX for a
 * varint of more than 64 bits, field number 0, or an unknown wire type. */
FOB_MUST_CHECK enum fob_status protobuf_next(struct fob_reader *reader,
                                             struct protobuf_field *field);

#endif
