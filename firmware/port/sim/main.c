/* SPDX-License-Identifier: MIT */
/*
 * fob-sim: the token as a process.  The application is the board's own; flash
 * is a file, USB is a socket, and whoever connects plays time, finger and
 * power as well.
 */
#include "firmware/app/transport/ccid.h"
#include "firmware/app/transport/hid.h"
#include "firmware/port/sim/arguments.h"
#include "firmware/port/sim/board.h"
#include "firmware/port/sim/clients.h"
#include "firmware/port/sim/flash_file.h"
#include "src/bytes.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    IDLE_MS = 50,   /* how long to sleep when nothing is under way */
    BUSY_MS = 2,    /* and when something is */
    FINGER_MS = 60, /* how long the finger of --touch rests on the button */
    NOBODY = -1,    /* no client */
};

struct simulator {
    struct fob_app app;
    struct fob_hid hid;
    struct fob_ccid ccid;
    bool is_powered;
    bool is_by_hand; /* time passes only when a client says so */
    bool has_finger; /* --touch: the button is pressed when it is waited for */
    bool finger;     /* it rests on the button now */
    uint64_t start_ms; /* real time at which the board started */
    int asker;         /* the client to be told the state next, or NOBODY */
    jmp_buf cut;       /* where to go on when the power goes */
};

static struct simulator sim = {.asker = NOBODY};

static uint64_t real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void pass_time(void)
{
    if (!sim.is_by_hand)
        sim_board.clock_ms = real_ms() - sim.start_ms;
}

/* --- power ---------------------------------------------------------------*/

static void lose_power(void)
{
    longjmp(sim.cut, 1);
}

static void start_board(bool warm)
{
    sim_board.start = SIM_RUNNING;
    sim_board.is_warm = warm;
    sim_board.clock_ms = 0;
    sim.start_ms = real_ms();
    sim.is_powered = true;
    fob_app_init(&sim.app);
    fob_hid_init(&sim.hid, &sim.app);
    fob_ccid_init(&sim.ccid, &sim.app);
}

/* What RAM held is gone, and not just unused. */
static void stop_board(void)
{
    sim.is_powered = false;
    memset(&sim.app, 0xa5, sizeof(sim.app));
    memset(&sim.hid, 0xa5, sizeof(sim.hid));
    memset(&sim.ccid, 0xa5, sizeof(sim.ccid));
    sim_board.led = false;
}

/* The real chip would come up again by itself, or as another device. */
static void follow_restart(void)
{
    if (sim_board.start == SIM_REBOOT)
        start_board(true);
    else if (sim_board.start == SIM_BOOT_LOADER)
        stop_board();
}

/* --- frames --------------------------------------------------------------*/

static void send_out(void)
{
    uint8_t report[FOB_FRAME_REPORT];
    const uint8_t *message;
    size_t len;

    while (fob_hid_next(&sim.hid, report))
        sim_clients_send_all(SIM_HID, report, sizeof(report));
    while ((message = fob_ccid_next(&sim.ccid, &len)) != NULL) {
        sim_clients_send_all(SIM_CCID, message, len);
        fob_ccid_sent(&sim.ccid);
    }
}

static void take_hid(const struct sim_frame *frame)
{
    if (!sim.is_powered || frame->len != FOB_FRAME_REPORT)
        return;
    send_out();
    fob_hid_take(&sim.hid, frame->body);
}

/* A frame is a transfer. */
static void take_ccid(const struct sim_frame *frame)
{
    size_t at = 0, len = FOB_CCID_PACKET;

    for (; sim.is_powered && len == FOB_CCID_PACKET; at += len) {
        send_out();
        len = frame->len - at < FOB_CCID_PACKET ? frame->len - at
                                                : FOB_CCID_PACKET;
        fob_ccid_take(&sim.ccid, frame->body + at, len);
    }
}

static void take_power(const struct sim_frame *frame)
{
    stop_board();
    if (frame->body[0] != 0)
        start_board(frame->body[0] == 2);
}

static void take_cut(const struct sim_frame *frame)
{
    struct fob_reader reader;

    fob_reader_init(&reader, frame->body, frame->len);
    sim_board.cut.at = fob_get_u32(&reader);
    sim_board.cut.eighths = fob_get_u8(&reader);
    sim_board.cut.order = (enum sim_order)fob_get_u8(&reader);
}

static void take_time(const struct sim_frame *frame)
{
    struct fob_reader reader;

    fob_reader_init(&reader, frame->body, frame->len);
    sim.is_by_hand = true;
    sim_board.clock_ms += fob_get_u64(&reader);
}

static void send_state(void)
{
    uint8_t body[32];
    struct fob_writer writer;
    uint32_t erases = 0;

    if (sim.asker == NOBODY)
        return;
    for (int i = 0; i < FOB_PORT_SECTORS; i++)
        erases += sim_board.erases[i];
    fob_writer_init(&writer, body, sizeof(body));
    fob_put_u8(&writer, sim.is_powered);
    fob_put_u8(&writer, sim_board.led);
    fob_put_u8(&writer, (uint8_t)sim_board.start);
    fob_put_u64(&writer, sim_board.clock_ms);
    fob_put_u32(&writer, sim_board.operations);
    fob_put_u32(&writer, erases);
    sim_clients_send(sim.asker, SIM_STATE, body, writer.len);
    sim.asker = NOBODY;
}

/* Whoever plays the world is told what comes of it, also when that is a cut. */
static void take_control(const struct sim_frame *frame, int client)
{
    sim.asker = client;
    if (frame->kind == SIM_BUTTON && frame->len == 1)
        sim_board.button = frame->body[0] != 0;
    else if (frame->kind == SIM_TIME && frame->len == 8)
        take_time(frame);
    else if (frame->kind == SIM_POWER && frame->len == 1)
        take_power(frame);
    else if (frame->kind == SIM_CUT && frame->len == 6)
        take_cut(frame);
    else if (frame->kind == SIM_RANDOM && frame->len == 1)
        sim_board.is_random_broken = frame->body[0] != 0;
    else if (frame->kind != SIM_STATE)
        sim.asker = NOBODY;
    send_state();
}

static void take_frames(void)
{
    static struct sim_frame frame;
    int client;

    while (sim_clients_next(&frame, &client)) {
        if (frame.kind == SIM_HID)
            take_hid(&frame);
        else if (frame.kind == SIM_CCID)
            take_ccid(&frame);
        else
            take_control(&frame, client);
    }
}

/* --- the loop ------------------------------------------------------------*/

static bool is_busy(void)
{
    return sim.is_powered && (sim.app.progress != FOB_IDLE ||
                              sim.hid.receiver.busy || sim.app.oath.is_leaving);
}

/* The finger comes after the wait has begun, and goes again. */
static void move_finger(void)
{
    bool waits = sim.is_powered && sim.app.progress == FOB_TOUCH;
    uint64_t waited_ms = sim_board.clock_ms + PRESENCE_WAIT_MS -
                         sim.app.oath.presence.deadline_ms;

    if (!sim.has_finger)
        return;
    sim_board.button = waits && waited_ms >= FINGER_MS;
}

static void take_turn(void)
{
    sim_clients_wait(is_busy() ? BUSY_MS : IDLE_MS);
    pass_time();
    take_frames();
    if (!sim.is_powered)
        return;
    move_finger();
    do {
        fob_app_poll(&sim.app);
        send_out();
    } while (sim.app.progress == FOB_WORKING);
    follow_restart();
}

static int run_board(const char *flash, const char *path)
{
    if (flash_file_map(flash, SIM_FLASH_LEN, &sim_board.flash) != FOB_OK) {
        fprintf(stderr, "fob-sim: %s: no flash image of %d bytes\n", flash,
                SIM_FLASH_LEN);
        return 1;
    }
    if (sim_clients_open(path) != FOB_OK) {
        fprintf(stderr, "fob-sim: %s: cannot listen\n", path);
        return 1;
    }
    sim_board.cut.hit = lose_power;
    if (setjmp(sim.cut) == 0)
        start_board(false);
    else
        stop_board();
    send_state();
    for (;;)
        take_turn();
}

int main(int argc, char **argv)
{
    struct sim_arguments arguments;
    int status;

    if (!sim_arguments_read(argc, argv, &arguments, &status))
        return status;
    sim.has_finger = arguments.has_finger;
    return run_board(arguments.flash, arguments.socket);
}
