/* SPDX-License-Identifier: MIT */
/* Start a test program on QEMU's micro:bit, a Cortex-M0; its output and its
 * exit status leave by semihosting, in newlib's rdimon library. */
#include <stdio.h>
#include <stdlib.h>

extern char arm_stack_top[];
extern void initialise_monitor_handles(void);
int main(void);
void arm_reset(void);
void arm_fault(void);

/* QEMU has put .data into place and RAM is zero: there is nothing to copy. */
void arm_reset(void)
{
    initialise_monitor_handles();
    exit(main());
}

void arm_fault(void)
{
    puts("Bail out! the processor faulted");
    fflush(stdout);
    _Exit(2);
}

/* ARMv6-M Architecture Reference Manual, B1.5.3. */
static const struct {
    const void *stack;
    void (*reset)(void);
    void (*nmi)(void);
    void (*hard_fault)(void);
} vectors __attribute__((section(".vectors"), used)) = {
    arm_stack_top,
    arm_reset,
    arm_fault,
    arm_fault,
};

/* newlib calls these around main; C has nothing to do in them. */
void _init(void);
void _fini(void);
void _init(void)
{
}

void _fini(void)
{
}
