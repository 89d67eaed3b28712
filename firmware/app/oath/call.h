/* SPDX-License-Identifier: MIT */
/* One command on its way through the application, and what it works on. */
#ifndef FOB_FIRMWARE_APP_OATH_CALL_H
#define FOB_FIRMWARE_APP_OATH_CALL_H

#include "firmware/app/oath/oath_state.h"
#include "src/apdu.h"
#include "src/tlv.h"

enum { CALL_CHALLENGE = 8, CALL_CHALLENGE_MAX = 64 };

/* What a handler gives besides a status word; the command is then run again
 * from its start: after a touch, or at the next poll. */
enum call_result { CALL_WAIT = 1, CALL_AGAIN = 2 };

/* A listing that did not fit one answer. */
enum oath_listing_kind {
    LISTING_NONE,
    LISTING_NAMES,
    LISTING_CODES,
    LISTING_ACCOUNTS,
    LISTING_USES,
};

struct oath_listing {
    uint32_t next;  /* slot, or place in the log */
    uint32_t since; /* uses up to this number are left out */
    enum oath_listing_kind kind;
    bool is_truncated;
    uint8_t challenge_len;
    uint8_t challenge[CALL_CHALLENGE_MAX];
};

/* What one interface's client has established; all zero after power-up. */
struct oath_session {
    bool is_selected;
    uint32_t epoch; /* authenticated when it is the application's */
    uint8_t challenge[CALL_CHALLENGE];
    struct oath_listing listing;
};

struct call {
    struct oath *oath;
    struct oath_session *session;
    struct fob_apdu apdu;
    struct fob_writer reply; /* data of the answer; its room is the limit */
    uint64_t now_ms;
    bool is_over_ccid;
};

/* Read the data field as TLVs of these tags, each at most once and in any
 * order; the first `required` must be there, others may be missing and have
 * a value of NULL then. */
FOB_MUST_CHECK bool call_arguments(const struct call *call, const uint8_t *tags,
                                   size_t count, size_t required,
                                   struct fob_tlv *arguments);

/* A touch made for this command. */
FOB_MUST_CHECK bool call_is_touched(struct call *call);

/* The same, or the first seconds after power-up. */
FOB_MUST_CHECK bool call_is_present(struct call *call);

/* The status word that a fault is told by. */
unsigned call_sw(enum fob_status status);

#endif
