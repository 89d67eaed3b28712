/* SPDX-License-Identifier: MIT */
/*
 * The simulated board behind port.h, from the side of whoever plays the
 * world: time, button, power and the flash's wear are in their hands.
 */
#ifndef FOB_FIRMWARE_PORT_SIM_BOARD_H
#define FOB_FIRMWARE_PORT_SIM_BOARD_H

#include "firmware/port/port.h"

enum {
    SIM_FLASH_LEN = FOB_PORT_SECTOR * FOB_PORT_SECTORS,
    SIM_CUT_WHOLE = 8, /* eighths of an operation that are all of it */
};

/* Which part of an operation is done first. */
enum sim_order { SIM_FORWARD, SIM_BACKWARD, SIM_SCATTERED };

/* How far the flash operation gets in which the power goes. */
struct sim_cut {
    uint32_t at;     /* this operation from now on, 1 the next; 0 none */
    uint8_t eighths; /* so much of it is done */
    enum sim_order order;
    void (*hit)(void); /* called when it happened; does not return */
};

enum sim_start { SIM_RUNNING, SIM_REBOOT, SIM_BOOT_LOADER };

struct sim_board {
    uint8_t *flash; /* SIM_FLASH_LEN bytes, the caller's */
    struct sim_cut cut;
    uint32_t operations; /* programs and erases so far */
    uint32_t erases[FOB_PORT_SECTORS];
    uint64_t clock_ms;
    uint64_t seed; /* of random numbers; 0 takes the system's */
    bool is_warm;  /* the last start was not power arriving */
    bool button;
    bool led;
    bool is_random_broken;
    uint8_t unique_id[FOB_PORT_UNIQUE_ID];
    uint32_t kicks;       /* of the watchdog */
    enum sim_start start; /* what the application asked for */
};

extern struct sim_board sim_board;

#endif
