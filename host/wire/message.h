/* SPDX-License-Identifier: MIT */
/*
 * The agent's wire codec.  On the wire a message is a 4-byte big-endian
 * length of what follows, a version byte, a type byte and fields; a field is
 * a tag byte, a 4-byte length and the value.
 */
#ifndef FOB_HOST_WIRE_MESSAGE_H
#define FOB_HOST_WIRE_MESSAGE_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/wire/protocol.h"
#include "src/bytes.h"

/* Fields live in secret memory, whole.  The first fault of building sticks
 * and is told by fob_message_send. */
struct fob_message {
    enum fob_message_type type;
    enum fob_status status;
    struct fob_secret fields;
};

struct fob_field {
    enum fob_tag tag;
    const uint8_t *data;
    size_t len;
};

/* Start an empty message; what it held before is wiped. */
void fob_message_start(struct fob_message *message, enum fob_message_type type);
void fob_message_free(struct fob_message *message);

void fob_message_put(struct fob_message *message, enum fob_tag tag,
                     const void *data, size_t len);
void fob_message_put_text(struct fob_message *message, enum fob_tag tag,
                          const char *text);
void fob_message_put_number(struct fob_message *message, enum fob_tag tag,
                            uint64_t number);
/* All fields of `record` as one FOB_TAG_RECORD. */
void fob_message_put_record(struct fob_message *message,
                            const struct fob_message *record);

/* Go through fields in order: start with fob_message_fields (or
 * fob_field_fields for a record), then take next until false.  Fields were
 * checked when received, so that every view is inside the message. */
void fob_message_fields(const struct fob_message *message,
                        struct fob_reader *fields);
void fob_field_fields(const struct fob_field *record,
                      struct fob_reader *fields);
bool fob_message_next(struct fob_reader *fields, struct fob_field *field);

/* The first field with `tag` in the fields still ahead of `from`; a NULL
 * `data` and false when there is none.  `from` is not moved. */
bool fob_fields_find(const struct fob_reader *from, enum fob_tag tag,
                     struct fob_field *field);
bool fob_message_find(const struct fob_message *message, enum fob_tag tag,
                      struct fob_field *field);

/* Typed reads of the first such field.  Text: NUL-ended copy, FOB_E_NOT_FOUND
 * when absent ("" left), FOB_E_TOO_LONG, or FOB_E_SYNTAX for a NUL inside.
 * Number: `fallback` when absent or not 8 bytes. */
FOB_MUST_CHECK enum fob_status fob_fields_text(const struct fob_reader *from,
                                               enum fob_tag tag, char *text,
                                               size_t cap);
FOB_MUST_CHECK enum fob_status
fob_message_text(const struct fob_message *message, enum fob_tag tag,
                 char *text, size_t cap);
uint64_t fob_fields_number(const struct fob_reader *from, enum fob_tag tag,
                           uint64_t fallback);
uint64_t fob_message_number(const struct fob_message *message, enum fob_tag tag,
                            uint64_t fallback);

/* Send a whole message.  FOB_E_AGENT when the other side is gone. */
FOB_MUST_CHECK enum fob_status
fob_message_send(int fd, const struct fob_message *message);

/* The same, given up (FOB_E_AGENT) when it is not out after `whole_ms`: the
 * other side does not read.  The connection is then of no use. */
FOB_MUST_CHECK enum fob_status
fob_message_send_within(int fd, const struct fob_message *message,
                        int whole_ms);

/* Receive one and check its frame and every field, nested ones too.
 * FOB_E_AGENT at end of file or for a broken frame, FOB_E_VERSION for another
 * protocol version, FOB_E_TOO_LONG over FOB_MESSAGE_MAX; `message` is then
 * empty. */
FOB_MUST_CHECK enum fob_status fob_message_receive(int fd,
                                                   struct fob_message *message);

/* What a receiver puts up with; 0: anything. */
struct fob_message_limits {
    size_t len_max; /* bytes after the length word */
    int first_ms;   /* until the first byte comes */
    int head_ms;    /* from then until it is known what is wanted */
    int fields_ms;  /* until all the rest has come */
};

/* Of a message on its way: type and length, before anything is kept of it. */
struct fob_message_head {
    enum fob_message_type type;
    size_t fields_len;
};

/* The same as fob_message_receive in two steps, and within limits: over
 * len_max is FOB_E_TOO_LONG, too slow is FOB_E_AGENT.  No more memory is taken
 * than has been filled, within a factor of two.  FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
fob_message_receive_head(int fd, const struct fob_message_limits *limits,
                         struct fob_message_head *head);
/* Between the two: wait until the rest is there, or the first 32 KiB of it, and
 * take no memory for it.  FOB_E_AGENT when that is not so within limits. */
FOB_MUST_CHECK enum fob_status
fob_message_await_fields(int fd, const struct fob_message_limits *limits,
                         const struct fob_message_head *head);
FOB_MUST_CHECK enum fob_status
fob_message_receive_fields(int fd, const struct fob_message_limits *limits,
                           const struct fob_message_head *head,
                           struct fob_message *message);

/* The checking half of the above, for the bytes of all fields: FOB_E_AGENT. */
FOB_MUST_CHECK enum fob_status fob_message_check_fields(const uint8_t *data,
                                                        size_t len);

/* `message` becomes the FOB_REPLY_ERROR that tells of `error`, and back: the
 * status is returned, and the error set, whatever the message holds. */
void fob_message_put_error(struct fob_message *message,
                           const struct fob_error *error);
enum fob_status fob_message_take_error(const struct fob_message *message,
                                       struct fob_error *error);

#endif
