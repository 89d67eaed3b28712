/* SPDX-License-Identifier: MIT */
/*
 * A library in the place of another, with a token behind it that runs in this
 * process: the firmware's application over a simulated board.  A test finds
 * `fake` by dlsym, says which call goes wrong, and how, and sees what is left
 * open.  The token's time passes while it is waited for, and only then.
 */
#ifndef FOB_TESTS_FAKE_FAKE_H
#define FOB_TESTS_FAKE_FAKE_H

#include <semaphore.h>
#include <stdatomic.h>

enum { FAKE_NEVER = -1 };

enum fake_fault {
    FAKE_FAILS,  /* with `code`, where the library has codes */
    FAKE_LATE,   /* nothing comes yet */
    FAKE_SHORT,  /* a part of what there is */
    FAKE_EMPTY,  /* success, and nothing */
    FAKE_FLIPS,  /* another byte at `place` */
    FAKE_CLAIMS, /* more than there is room for */
    FAKE_HANGS,  /* until `go_on` is posted */
};

/* Calls come from threads, one at a time. */
struct fake {
    atomic_int calls; /* so far */
    int fails_at;     /* the number of one, from 0 */
    enum fake_fault fault;
    long code;
    unsigned place;
    long now_ms;     /* what was waited for in vain */
    atomic_int open; /* handles and lists that are not freed yet */
    sem_t go_on;     /* initialised by the test, as the other one */
    sem_t is_over;   /* posted when the last of them is freed */
};

#endif
