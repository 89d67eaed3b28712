/* SPDX-License-Identifier: MIT */
#include "src/frame.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

enum { CHANNEL = 0x01020304 };

static uint8_t message[FOB_FRAME_MESSAGE_MAX];

static void fill(void)
{
    for (size_t i = 0; i < sizeof(message); i++)
        message[i] = (uint8_t)(i * 7 + i / 256);
}

/* Send `len` bytes through reports into a buffer of just that size. */
static bool round_trip(size_t len, size_t *reports)
{
    uint8_t report[FOB_FRAME_REPORT], *exact = exact_copy(message, len);
    struct fob_frame_sender sender;
    struct fob_frame_receiver receiver;
    enum fob_status status = FOB_E_BUSY;

    memset(exact, 0, len);
    *reports = 0;
    fob_frame_receiver_init(&receiver, exact, len);
    fob_frame_send(&sender, CHANNEL, FOB_FRAME_APDU, message, len);
    while (fob_frame_next(&sender, report)) {
        ++*reports;
        if (status == FOB_E_BUSY)
            status = fob_frame_take(&receiver, report);
    }
    status = status == FOB_OK && receiver.len == len &&
                     receiver.command == FOB_FRAME_APDU &&
                     receiver.channel == CHANNEL &&
                     memcmp(exact, message, len) == 0
                 ? FOB_OK
                 : FOB_E_FAILED;
    free(exact);
    return status == FOB_OK;
}

static void test_lengths(void)
{
    static const struct {
        size_t len, reports;
    } cases[] = {{0, 1},   {1, 1},   {57, 1},     {58, 2},
                 {116, 2}, {117, 3}, {7608, 129}, {7609, 129}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        size_t reports;

        tap_ok(round_trip(cases[i].len, &reports) &&
                   reports == cases[i].reports,
               "%zu bytes pass in %zu reports", cases[i].len, cases[i].reports);
    }
}

static void test_layout(void)
{
    static const uint8_t want[FOB_FRAME_REPORT] = {1, 2, 3, 4, 0x83,
                                                   0, 2, 8, 9};
    uint8_t report[FOB_FRAME_REPORT], command = 0;
    struct fob_frame_sender sender;

    fob_frame_send(&sender, CHANNEL, FOB_FRAME_APDU, "\x08\x09", 2);
    tap_ok(fob_frame_next(&sender, report), "a report is made");
    tap_bytes(report, want, sizeof(want), "it is laid out and padded");
    tap_ok(fob_frame_channel(report) == CHANNEL &&
               fob_frame_is_first(report, &command) &&
               command == FOB_FRAME_APDU,
           "channel and command can be told from outside");
}

static void test_faults(void)
{
    uint8_t first[FOB_FRAME_REPORT] = {1, 2, 3, 4, 0x83, 0, 200};
    uint8_t next[FOB_FRAME_REPORT] = {1, 2, 3, 4, 0};
    uint8_t room[200];
    struct fob_frame_receiver receiver;

    fob_frame_receiver_init(&receiver, room, sizeof(room));
    tap_ok(fob_frame_take(&receiver, next) == FOB_E_NOT_FOUND,
           "a continuation of nothing is passed over");
    tap_ok(fob_frame_take(&receiver, first) == FOB_E_BUSY, "it starts");
    next[3] = 5;
    tap_ok(fob_frame_take(&receiver, next) == FOB_E_NOT_FOUND && receiver.busy,
           "another channel does not disturb it");
    next[3] = 4;
    next[4] = 1;
    tap_ok(fob_frame_take(&receiver, next) == FOB_E_SYNTAX && !receiver.busy,
           "a report out of order drops the message");
    next[4] = 0;
    tap_ok(fob_frame_take(&receiver, next) == FOB_E_NOT_FOUND,
           "and its rest is passed over");
    first[6] = 201;
    tap_ok(fob_frame_take(&receiver, first) == FOB_E_TOO_LONG,
           "a message over the room is refused at once");
}

static void test_restart(void)
{
    uint8_t first[FOB_FRAME_REPORT] = {1, 2, 3, 4, 0x83, 0, 200};
    uint8_t room[200];
    struct fob_frame_receiver receiver;

    fob_frame_receiver_init(&receiver, room, sizeof(room));
    tap_ok(fob_frame_take(&receiver, first) == FOB_E_BUSY, "it starts");
    first[6] = 1;
    first[7] = 0x77;
    tap_ok(fob_frame_take(&receiver, first) == FOB_OK && receiver.len == 1 &&
               room[0] == 0x77,
           "an initial report starts anew");
}

int main(void)
{
    fill();
    test_lengths();
    test_layout();
    test_faults();
    test_restart();
    return tap_done();
}
