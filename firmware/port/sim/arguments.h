/* SPDX-License-Identifier: MIT */
/* The command line of fob-sim. */
#ifndef FOB_FIRMWARE_PORT_SIM_ARGUMENTS_H
#define FOB_FIRMWARE_PORT_SIM_ARGUMENTS_H

#include <stdbool.h>

struct sim_arguments {
    bool has_finger; /* --touch */
    const char *flash;
    const char *socket;
};

/* Read it; the serial goes to sim_board.  False when there is nothing more to
 * do, *status is the exit status then. */
bool sim_arguments_read(int argc, char **argv, struct sim_arguments *arguments,
                        int *status);

#endif
