/* SPDX-License-Identifier: MIT */
/* The agent's wire codec, against bytes written out by hand. */
#include "host/wire/message.h"
#include "tests/lib/tap.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* docs/protocol.md, section "agent": the example of a CODE request. */
static const uint8_t code_request[] = {
    0x00, 0x00, 0x00, 0x19,       /* 25 bytes follow */
    0x01, 0x11,                   /* version, CODE */
    0x01, 0x00, 0x00, 0x00, 0x05, /* NAME, 5 bytes */
    'p',  'h',  'o',  'n',  'e',  /* */
    0x0f, 0x00, 0x00, 0x00, 0x08, /* NEXT, 8 bytes */
    0,    0,    0,    0,    0,    0, 0, 1};

static void fill_code_request(struct fob_message *message)
{
    fob_message_start(message, FOB_REQUEST_CODE);
    fob_message_put_text(message, FOB_TAG_NAME, "phone");
    fob_message_put_number(message, FOB_TAG_NEXT, 1);
}

static void test_bytes(void)
{
    struct fob_message message = {0};
    uint8_t got[sizeof(code_request)];
    int pair[2];

    if (!tap_ok(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "a socket"))
        return;
    fill_code_request(&message);
    tap_ok(fob_message_send(pair[0], &message) == FOB_OK, "is sent");
    tap_ok(read(pair[1], got, sizeof(got)) == (ssize_t)sizeof(got), "whole");
    tap_bytes(got, code_request, sizeof(got), "as docs/protocol.md has it");
    fob_message_free(&message);
    close(pair[0]);
    close(pair[1]);
}

static void test_receive(void)
{
    struct fob_message message = {0};
    char name[8];
    int pair[2];

    if (!tap_ok(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "a socket"))
        return;
    tap_ok(write(pair[0], code_request, sizeof(code_request)) > 0, "bytes");
    tap_ok(fob_message_receive(pair[1], &message) == FOB_OK, "are received");
    tap_ok(message.type == FOB_REQUEST_CODE, "with their type");
    tap_ok(fob_message_text(&message, FOB_TAG_NAME, name, sizeof(name)) ==
                   FOB_OK &&
               strcmp(name, "phone") == 0,
           "and text");
    tap_ok(fob_message_number(&message, FOB_TAG_NEXT, 0) == 1, "and number");
    tap_ok(fob_message_number(&message, FOB_TAG_TIME, 7) == 7,
           "an absent number is the fallback");
    close(pair[0]);
    tap_ok(fob_message_receive(pair[1], &message) == FOB_E_AGENT,
           "the end is an agent gone");
    tap_ok(message.fields.data == NULL, "and leaves nothing");
    close(pair[1]);
}

/* Check a copy of just this size, so that a read past it is seen. */
static enum fob_status check(const void *data, size_t len)
{
    uint8_t *exact = malloc(len == 0 ? 1 : len);
    enum fob_status status;

    if (len > 0)
        memcpy(exact, data, len);
    status = fob_message_check_fields(exact, len);
    free(exact);
    return status;
}

static void test_hostile(void)
{
    static const uint8_t past_end[] = {1, 0, 0, 0, 2, 'x'};
    static const uint8_t huge[] = {1, 0xff, 0xff, 0xff, 0xff, 'x'};
    static const uint8_t record[] = {0x34, 0, 0, 0, 6, 1, 0, 0, 0, 2, 'x'};
    static const uint8_t deep[] = {0x34, 0, 0, 0, 5, 0x34, 0, 0, 0, 0};
    const uint8_t *fields = code_request + 6;
    size_t len = sizeof(code_request) - 6;
    bool all_refused = true;

    tap_ok(check(fields, len) == FOB_OK, "a good one");
    for (size_t cut = 0; cut < len; cut++)
        if (cut != 0 && cut != 10)
            all_refused &= check(fields, cut) == FOB_E_AGENT;
    tap_ok(all_refused, "cut inside a field is refused");
    tap_ok(check(past_end, sizeof(past_end)) == FOB_E_AGENT, "past the end");
    tap_ok(check(huge, sizeof(huge)) == FOB_E_AGENT, "4 GiB field");
    tap_ok(check(record, sizeof(record)) == FOB_E_AGENT,
           "a broken record inside");
    tap_ok(check(deep, sizeof(deep)) == FOB_E_AGENT, "records in records");
}

/* What is received of these bytes and an open connection, within limits. */
static enum fob_status receive(const void *data, size_t len,
                               const struct fob_message_limits *limits,
                               struct fob_message *message)
{
    struct fob_message_head head;
    enum fob_status status = FOB_E_IO;
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return status;
    if (send(pair[0], data, len, 0) == (ssize_t)len)
        status = fob_message_receive_head(pair[1], limits, &head);
    if (status == FOB_OK)
        status = fob_message_await_fields(pair[1], limits, &head);
    if (status == FOB_OK)
        status = fob_message_receive_fields(pair[1], limits, &head, message);
    close(pair[0]);
    close(pair[1]);
    return status;
}

static void test_limits(void)
{
    static const uint8_t version[] = {0, 0, 0, 2, 2, 1};
    static const uint8_t empty[] = {0, 0, 0, 1, 1};
    static const uint8_t announced[] = {0, 0x10, 0, 0, 1, 0x11, 0, 0};
    static const struct fob_message_limits short_ones = {.len_max = 24,
                                                         .first_ms = 50,
                                                         .head_ms = 50,
                                                         .fields_ms = 50},
                                           long_ones = {.len_max = 25,
                                                        .first_ms = 50,
                                                        .head_ms = 50,
                                                        .fields_ms = 50},
                                           any = {.first_ms = 50,
                                                  .head_ms = 50,
                                                  .fields_ms = 50};
    struct fob_message message = {0};
    const size_t len = sizeof(code_request);

    tap_ok(receive(code_request, len, &long_ones, &message) == FOB_OK &&
               message.fields.len == len - 6,
           "one at the limit is taken");
    fob_message_free(&message);
    tap_ok(receive(code_request, len, &short_ones, &message) == FOB_E_TOO_LONG,
           "one above it is not");
    tap_ok(receive(version, sizeof(version), &any, &message) == FOB_E_VERSION,
           "nor another version");
    tap_ok(receive(empty, sizeof(empty), &any, &message) == FOB_E_AGENT,
           "nor a message without a type");
    tap_ok(receive("", 0, &any, &message) == FOB_E_AGENT,
           "who says nothing is not waited for");
    tap_ok(receive(code_request, 5, &any, &message) == FOB_E_AGENT,
           "nor who stops in the head");
    tap_ok(receive(code_request, len - 1, &any, &message) == FOB_E_AGENT &&
               message.fields.data == NULL,
           "nor who stops before the end, and nothing is kept of it");
    tap_ok(receive(announced, sizeof(announced), &any, &message) == FOB_E_AGENT,
           "nor who announces a MiB and sends two bytes of it");
    fob_message_free(&message);
}

/* A peer who does not read. */
static void test_deaf(void)
{
    struct fob_message message = {0};
    static char big[FOB_MESSAGE_MAX / 2];
    int pair[2];

    if (!tap_ok(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "a socket"))
        return;
    fob_message_start(&message, FOB_REPLY_OK);
    fob_message_put(&message, FOB_TAG_DATA, big, sizeof(big));
    tap_ok(fob_message_send_within(pair[0], &message, 50) == FOB_E_AGENT,
           "who does not read is given up");
    fob_message_free(&message);
    close(pair[0]);
    close(pair[1]);
}

static void test_text(void)
{
    struct fob_message message = {0};
    char text[6];

    fob_message_start(&message, FOB_REPLY_OK);
    fob_message_put(&message, FOB_TAG_NAME, "ab\0cd", 5);
    fob_message_put_text(&message, FOB_TAG_TEXT, "123456");
    tap_ok(fob_message_text(&message, FOB_TAG_NAME, text, sizeof(text)) ==
               FOB_E_SYNTAX,
           "a NUL inside a text is refused");
    tap_ok(fob_message_text(&message, FOB_TAG_TEXT, text, sizeof(text)) ==
               FOB_E_TOO_LONG,
           "a text that does not fit is refused");
    tap_ok(text[0] == '\0', "and leaves no text");
    tap_ok(fob_message_text(&message, FOB_TAG_HINT, text, sizeof(text)) ==
               FOB_E_NOT_FOUND,
           "an absent text is told");
    fob_message_free(&message);
}

static void test_records(void)
{
    struct fob_message list = {0}, record = {0};
    struct fob_reader fields, inside;
    struct fob_field field;
    size_t rows = 0;

    fob_message_start(&list, FOB_REPLY_OK);
    for (uint64_t i = 0; i < 3; i++) {
        fob_message_start(&record, FOB_REPLY_OK);
        fob_message_put_number(&record, FOB_TAG_NUMBER, i);
        fob_message_put_record(&list, &record);
    }
    fob_message_fields(&list, &fields);
    while (fob_message_next(&fields, &field)) {
        fob_field_fields(&field, &inside);
        rows += fob_fields_number(&inside, FOB_TAG_NUMBER, 9) == rows;
    }
    tap_ok(rows == 3, "records come back in order");
    fob_message_free(&record);
    fob_message_free(&list);
}

static void test_too_long(void)
{
    struct fob_message message = {0};
    static char big[FOB_MESSAGE_MAX];

    fob_message_start(&message, FOB_REQUEST_IMPORT);
    fob_message_put(&message, FOB_TAG_DATA, big, sizeof(big));
    tap_ok(fob_message_send(1, &message) == FOB_E_TOO_LONG,
           "more than a message holds is not sent");
    fob_message_free(&message);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_bytes();
    test_receive();
    test_hostile();
    test_limits();
    test_deaf();
    test_text();
    test_records();
    test_too_long();
    return tap_done();
}
