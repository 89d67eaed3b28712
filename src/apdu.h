/* SPDX-License-Identifier: MIT */
/* Command APDUs, ISO 7816-4 section 5.1, short and extended. */
#ifndef FOB_SRC_APDU_H
#define FOB_SRC_APDU_H

#include "src/bytes.h"

#include <stdbool.h>

enum {
    FOB_APDU_SHORT_MAX = 256,      /* bytes that a short Le can ask for */
    FOB_APDU_EXTENDED_MAX = 65536, /* and an extended one */
    FOB_APDU_OVERHEAD_MAX = 9,     /* bytes around the data of a command */
};

/* Status words, ISO 7816-4 section 5.6, in YKOATH's reading. */
enum fob_sw {
    FOB_SW_OK = 0x9000,
    FOB_SW_MORE = 0x6100,      /* low byte: what is left, 00 for 256 and up */
    FOB_SW_WRONG_KEY = 0x63c0, /* low nibble: tries left */
    FOB_SW_FAILED = 0x6581,
    FOB_SW_LENGTH = 0x6700,
    FOB_SW_DENIED = 0x6982, /* not authenticated, locked, not touched, old */
    FOB_SW_BLOCKED = 0x6983,
    FOB_SW_NO_OBJECT = 0x6984, /* no such account, or a mismatch */
    FOB_SW_SYNTAX = 0x6a80,
    FOB_SW_NO_APPLICATION = 0x6a82,
    FOB_SW_FULL = 0x6a84,
    FOB_SW_PARAMETERS = 0x6b00,
    FOB_SW_INSTRUCTION = 0x6d00,
    FOB_SW_CLASS = 0x6e00,
};

struct fob_apdu {
    uint8_t cla;
    uint8_t ins;
    uint8_t p1;
    uint8_t p2;
    const uint8_t *data; /* NULL when data_len is 0 */
    size_t data_len;     /* at most 65535 */
    size_t le;           /* bytes expected at most; 0 when not said */
    bool extended;       /* lengths have the extended form */
};

/* Read one whole command; `data` becomes a view into `bytes`.  FOB_E_TOO_SHORT
 * below the four bytes of the header, FOB_E_SYNTAX when the lengths disagree
 * with `len`; `apdu` is all zero then. */
FOB_MUST_CHECK enum fob_status fob_apdu_parse(struct fob_apdu *apdu,
                                              const uint8_t *bytes, size_t len);

/* Write a command in the form that `extended` names; a short one needs
 * data_len <= 255 and le <= 256. */
void fob_apdu_put(struct fob_writer *writer, const struct fob_apdu *apdu);

#endif
