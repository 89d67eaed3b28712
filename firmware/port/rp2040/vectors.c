/* SPDX-License-Identifier: MIT */
/* The vector table (ARMv6-M manual, B1.5). */
#include "firmware/port/rp2040/start.h"

#include <stdint.h>

/* From the linker script. */
extern uint32_t stack_top[];

static const struct {
    uint32_t *stack;
    void (*reset)(void);
    void (*nmi)(void);
    void (*hard_fault)(void);
} vectors __attribute__((section(".vectors"), used)) = {
    stack_top,
    start_reset,
    start_fault,
    start_fault,
};
