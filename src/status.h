/* SPDX-License-Identifier: MIT */
/*
 * One status space for the core, the desktop processes, the wire and the
 * exit status of the tool.  The high nibble is the class and equals the exit
 * status; the low nibble tells members of a class apart.  Values are frozen
 * by docs/protocol.md: add, never renumber.
 */
#ifndef FOB_SRC_STATUS_H
#define FOB_SRC_STATUS_H

#define FOB_MUST_CHECK __attribute__((warn_unused_result))

enum fob_status {
    FOB_OK = 0x00,

    FOB_E_FAILED = 0x10,    /* the machine refused: memory, disk, process */
    FOB_E_NO_MEMORY = 0x11, /* no room for an allocation */
    FOB_E_IO = 0x12,        /* a read, write or rename failed */
    FOB_E_EXISTS = 0x13,    /* the thing to make is there already */
    FOB_E_BUSY = 0x14,      /* someone else holds the lock */
    FOB_E_AGENT = 0x15,     /* the agent is gone or spoke nonsense */

    FOB_E_USAGE = 0x20, /* the caller asked for something that cannot be */

    FOB_E_NOT_FOUND = 0x30, /* no such account, device or profile */
    FOB_E_AMBIGUOUS = 0x31, /* more than one fits */

    FOB_E_LOCKED = 0x40,    /* the vault is locked */
    FOB_E_WRONG_KEY = 0x41, /* wrong passphrase or key file */
    FOB_E_NOBODY = 0x42,    /* a person is needed and none can be asked */
    FOB_E_FORBIDDEN = 0x43, /* the policy for far machines keeps it back */

    FOB_E_TOKEN_ABSENT = 0x50,  /* the token is not plugged in */
    FOB_E_TOKEN_BLOCKED = 0x51, /* no tries left, or it refused */
    FOB_E_NOT_TOUCHED = 0x52,   /* nobody touched it in time */

    FOB_E_REFUSED = 0x60,   /* AWS said no */
    FOB_E_THROTTLED = 0x61, /* AWS said later */
    FOB_E_SPENT = 0x62,     /* no unused code, or no verification left */

    FOB_E_NETWORK = 0x70, /* no reply, or TLS refused */
    FOB_E_REPLY = 0x71,   /* a reply that is no AWS reply */

    FOB_E_SYNTAX = 0x80,      /* input breaks its grammar */
    FOB_E_TOO_LONG = 0x81,    /* input is over a documented limit */
    FOB_E_TOO_SHORT = 0x82,   /* input ends early, or a secret is weak */
    FOB_E_VERSION = 0x83,     /* a format newer than this program */
    FOB_E_DAMAGED = 0x84,     /* authentication of stored data failed */
    FOB_E_UNSUPPORTED = 0x85, /* well formed, but not of a kind fob serves */
    FOB_E_DUPLICATE = 0x86,   /* one key or field given twice */
};

/* The exit status of the tool for `status`: 0 to 8, listed in fob(1). */
static inline int fob_status_exit(enum fob_status status)
{
    return (int)status >> 4;
}

#endif
