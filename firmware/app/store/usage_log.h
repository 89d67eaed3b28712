/* SPDX-License-Identifier: MIT */
/*
 * The log of uses: one record for each code, written before it leaves.  It is
 * at once the HOTP counter, the watermark of guarded accounts, and what a
 * person can read back.
 */
#ifndef FOB_FIRMWARE_APP_STORE_USAGE_LOG_H
#define FOB_FIRMWARE_APP_STORE_USAGE_LOG_H

#include "firmware/app/store/store.h"

enum usage_flag {
    USAGE_TOUCHED = 0x01,  /* a person was there */
    USAGE_UNPROVEN = 0x02, /* says nothing about the time */
    USAGE_CLEARED = 0x04,  /* no code: the watermark was taken back */
    USAGE_CCID = 0x08,     /* over CCID, else HID */
};

struct usage {
    uint32_t uid;    /* 0: all accounts that need no guard, at once */
    uint64_t value;  /* time step or counter */
    uint32_t number; /* uses of the token up to this one */
    uint32_t count;  /* uses of the account */
    uint16_t session;
    uint8_t skew_s; /* ahead of what the token had proof of */
    uint8_t flags;
};

/* FOB_E_DAMAGED when the record is no use. */
FOB_MUST_CHECK enum fob_status usage_log_read(const struct log_record *record,
                                              struct usage *use);

/* Load a record met while mounting, after the accounts.  The time that a use
 * was of is then that of power-up, for all that is known. */
void usage_log_load(struct store *store, const struct log_record *record,
                    uint16_t at);

/* Note that a record, maybe a use, has moved in the log. */
void usage_log_follow(struct store *store, uint16_t to);

/* Commit the use of the account in `slot`, or of all at once for STORE_NONE;
 * uid, number, count and session are filled in, and zero before. */
FOB_MUST_CHECK enum fob_status usage_log_add(struct store *store, int slot,
                                             struct usage *use);

#endif
