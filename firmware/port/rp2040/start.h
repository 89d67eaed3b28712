/* SPDX-License-Identifier: MIT */
/* Between start.S, which has no stack, and C. */
#ifndef FOB_FIRMWARE_PORT_RP2040_START_H
#define FOB_FIRMWARE_PORT_RP2040_START_H

/* Vectors. */
void start_reset(void);
void start_fault(void);

/* Clear all of RAM, with the stack, and run what does not return. */
__attribute__((noreturn)) void start_over(void (*next)(void));

/* What start.S goes on to: a start, and a restart. */
void startup_run(void);
void watchdog_trigger(void);

#endif
