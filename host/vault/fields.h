/* SPDX-License-Identifier: MIT */
/*
 * A record's fields to and from a struct, by a table of where each goes.
 * Inside host/vault only.
 */
#ifndef FOB_HOST_VAULT_FIELDS_H
#define FOB_HOST_VAULT_FIELDS_H

#include "host/vault/record.h"

enum field_kind {
    FIELD_TEXT,   /* char[size]: UTF-8 with a NUL; "" is left out */
    FIELD_NUMBER, /* integer of `size` bytes, written in wire_len, big-endian,
                     two's complement */
    FIELD_BYTES,  /* uint8_t[size], its length a size_t at `len_at`; none is
                     left out */
};

struct field {
    uint8_t tag;
    enum field_kind kind;
    size_t wire_len;
    size_t at; /* offset in the struct */
    size_t size;
    size_t len_at;
};

#define FIELD_MEMBER_TEXT(tag, type, member)                                   \
    {                                                                          \
        tag, FIELD_TEXT, 0, offsetof(type, member),                            \
            sizeof(((type *)NULL)->member), 0                                  \
    }
#define FIELD_MEMBER_NUMBER(tag, wire_len, type, member)                       \
    {                                                                          \
        tag, FIELD_NUMBER, wire_len, offsetof(type, member),                   \
            sizeof(((type *)NULL)->member), 0                                  \
    }
#define FIELD_MEMBER_BYTES(tag, type, member, len_member)                      \
    {                                                                          \
        tag, FIELD_BYTES, 0, offsetof(type, member),                           \
            sizeof(((type *)NULL)->member), offsetof(type, len_member)         \
    }

struct field_table {
    const struct field *field;
    size_t count;
};

/* Fill the zeroed struct `into`; fields the table does not know are passed
 * over.  FOB_E_SYNTAX, FOB_E_TOO_LONG, FOB_E_DUPLICATE, FOB_E_TOO_SHORT. */
FOB_MUST_CHECK enum fob_status fields_read(const struct field_table *table,
                                           const struct record *record,
                                           void *into);

/* Write the struct `from` into the empty `content`, and after it the fields
 * of `old` (NULL: none) that the table does not know.  FOB_E_SYNTAX for a
 * text that is none. */
FOB_MUST_CHECK enum fob_status fields_write(const struct field_table *table,
                                            const void *from,
                                            const struct record *old,
                                            struct fob_secret *content);

#endif
