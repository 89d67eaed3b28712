/* SPDX-License-Identifier: MIT */
/*
 * An append-only log of records over a ring of flash sectors.
 *
 * Records are written at the head.  When the last blank sector has been
 * opened, the records of the oldest one that still count are copied to the
 * new head, then the old sector is erased: two phases, of which the second
 * begins only when the first is whole.  So every sector takes its turn
 * and wear is even.  A cut of the power at any point leaves, after the next
 * ring_mount, the log as it was before or after the call that was cut.
 */
#ifndef FOB_FIRMWARE_APP_LOG_RING_H
#define FOB_FIRMWARE_APP_LOG_RING_H

#include "firmware/app/log/log_record.h"
#include "firmware/port/port.h"

enum {
    RING_UNITS =
        FOB_PORT_SECTOR / LOG_RECORD_UNIT, /* a sector; 0 is its head */
    RING_RESERVE = 16, /* units that are left when room is made ahead */
    RING_NOWHERE = 0,  /* no record is ever there */
    /* The highest sector of all: more erases than any flash bears. */
    RING_SEQUENCE_MAX = 1 << 24,
};

/* Whose records these are: which still count, and where they went. */
struct ring_owner {
    void *context;
    bool (*is_live)(void *context, uint16_t at);
    void (*moved)(void *context, uint16_t from, uint16_t to);
};

struct ring {
    struct ring_owner owner;
    uint32_t sequence; /* of the head; counts the sectors ever opened */
    uint32_t repairs;  /* torn or rotten units met since ring_mount */
    uint8_t head;
    uint8_t used;     /* sectors from the tail to the head; 0 in a blank ring */
    uint16_t next;    /* unit of the head to write; RING_UNITS when full */
    uint16_t checked; /* bytes of the next sector that are known to be blank */
};

/* Find the log in whatever the flash holds, finish or undo what was cut,
 * and blank what is no record. */
void ring_mount(struct ring *ring, const struct ring_owner *owner);

/* --- places in the log, oldest first: 0 is before the oldest ---
 * A place stays good while the log grows and its tail is erased.  Any record
 * may be invalidated in between. */

/* The next record at or after `*place` and before `end`; `*place` then stands
 * behind it.  False when there is none, and `*place` is no less than `end`,
 * or than the end of the log. */
FOB_MUST_CHECK bool ring_next(const struct ring *ring, uint32_t *place,
                              uint32_t end, struct log_record *record,
                              uint16_t *at);

/* Where the sector ends that holds a place, and which sector it is. */
uint32_t ring_sector_end(const struct ring *ring, uint32_t place,
                         uint8_t *sector);

/* Behind the latest record. */
uint32_t ring_end(const struct ring *ring);

/* Read the record at unit `at` of the region. */
FOB_MUST_CHECK enum fob_status ring_read(uint16_t at,
                                         struct log_record *record);

/* Write a record, read it back, and tell where it is.  FOB_E_IO when the
 * flash does not hold it, FOB_E_TOO_LONG when no sector can be freed. */
FOB_MUST_CHECK enum fob_status
ring_append(struct ring *ring, const struct log_record *record, uint16_t *at);

/* When the head is nearly full and the last blank sector has to be opened
 * next, do so, and free one: a copy of what still counts and an erase, which
 * ring_append would do otherwise. */
void ring_make_room(struct ring *ring);

/* Overwrite the record at `at`, unless that is RING_NOWHERE, with zeros: it
 * no longer counts from the first bit on, and its content is gone. */
void ring_invalidate(uint16_t at);

/* Erase one sector of the log, oldest first; false when none is left. */
bool ring_erase_next(struct ring *ring);

#endif
