/* SPDX-License-Identifier: MIT */
#include "firmware/port/sim/arguments.h"

#include "firmware/port/sim/board.h"
#include "src/bytes.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "usage: fob-sim [--touch] [--serial HEX] FLASH SOCKET\n";
static const char help[] =
    "\nA fob token as a process: its flash is the file FLASH, made when "
    "missing,\nits USB the Unix socket SOCKET.\n\n"
    "  --touch       press the button whenever the token waits for it\n"
    "  --serial HEX  its serial number; 666F6273696D0001 if not given\n\n"
    "To use it:  FOB_TOKEN=sim:SOCKET fob token info (an absolute path)\n"
    "A press:    (printf 'B\\0\\1\\1'; sleep 1; printf 'B\\0\\1\\0') | "
    "nc -NU SOCKET\n"
    "and the rest of what may be played on it: docs/protocol.md, "
    "\"fob-sim\"\n";

static bool take_serial(const char *text)
{
    char *end;
    uint64_t serial = strtoull(text, &end, 16);
    struct fob_writer writer;

    fob_writer_init(&writer, sim_board.unique_id, FOB_PORT_UNIQUE_ID);
    fob_put_u64(&writer, serial);
    return *text != '\0' && *end == '\0';
}

static bool print_usage(int *status)
{
    fputs(usage, stderr);
    *status = 2;
    return false;
}

static bool print_help(int *status)
{
    *status = fputs(usage, stdout) < 0 || fputs(help, stdout) < 0;
    return false;
}

bool sim_arguments_read(int argc, char **argv, struct sim_arguments *arguments,
                        int *status)
{
    static const struct option options[] = {
        {"serial", required_argument, NULL, 's'},
        {"touch", no_argument, NULL, 't'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    int option;

    *arguments = (struct sim_arguments){0};
    (void)take_serial("666f6273696d0001");
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 't')
            arguments->has_finger = true;
        else if (option == 'h')
            return print_help(status);
        else if (option != 's' || !take_serial(optarg))
            return print_usage(status);
    }
    if (argc - optind != 2)
        return print_usage(status);
    arguments->flash = argv[optind];
    arguments->socket = argv[optind + 1];
    return true;
}
