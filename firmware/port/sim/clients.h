/* SPDX-License-Identifier: MIT */
/*
 * The socket on which the world reaches a simulated token: frames of a kind,
 * a length of two bytes, big-endian, and a body.  docs/protocol.md lists them.
 */
#ifndef FOB_FIRMWARE_PORT_SIM_CLIENTS_H
#define FOB_FIRMWARE_PORT_SIM_CLIENTS_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_BODY_MAX = 1024 };

enum sim_kind {
    SIM_HID = 'H',    /* a report */
    SIM_CCID = 'C',   /* bytes of a bulk pipe */
    SIM_BUTTON = 'B', /* 1 down, 0 up */
    SIM_TIME = 'T',   /* milliseconds to let pass, by hand from now on */
    SIM_POWER = 'P',  /* 0 off, 1 on, 2 restart with the power on */
    SIM_CUT = 'X',    /* operation, eighths, order */
    SIM_RANDOM = 'R', /* 1 fails, 0 works */
    SIM_STATE = 'S',
};

struct sim_frame {
    uint8_t kind;
    uint16_t len;
    uint8_t body[SIM_BODY_MAX];
};

/* Listen at `path`, for the own user only; a stale socket is replaced. */
FOB_MUST_CHECK enum fob_status sim_clients_open(const char *path);

/* Wait until something happens, at most so long. */
void sim_clients_wait(int timeout_ms);

/* The next frame that has come in whole, and who sent it; false when there is
 * none.  A client that breaks the form is hung up on. */
FOB_MUST_CHECK bool sim_clients_next(struct sim_frame *frame, int *client);

/* Send to one client, or to all that have ever sent that kind. */
void sim_clients_send(int client, enum sim_kind kind, const void *body,
                      size_t len);
void sim_clients_send_all(enum sim_kind kind, const void *body, size_t len);

#endif
