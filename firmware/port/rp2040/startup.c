/* SPDX-License-Identifier: MIT */
/* From the vector table to main (ARMv6-M manual, B1.5). */
#include "board.h"
#include "firmware/port/port.h"

#include <string.h>

/* From the linker script. */
extern uint32_t stack_top[];
extern uint8_t data_load[], data_start[], data_end[], bss_start[], bss_end[];

int main(void);
void startup_reset(void);
void startup_fault(void);

/* Interrupts stay masked for good: see board_sleep. */
void startup_reset(void)
{
    __asm__ volatile("cpsid i" ::: "memory");
    memcpy(data_start, data_load, (size_t)(data_end - data_start));
    memset(bss_start, 0, (size_t)(bss_end - bss_start));
    main();
    fob_port_reboot();
}

/* A fault is a stack that ran over, or a defect: nothing to go on with. */
void startup_fault(void)
{
    fob_port_reboot();
}

static const struct {
    uint32_t *stack;
    void (*reset)(void);
    void (*nmi)(void);
    void (*hard_fault)(void);
} vectors __attribute__((section(".vectors"), used)) = {
    stack_top,
    startup_reset,
    startup_fault,
    startup_fault,
};

void board_start(void)
{
    clocks_start();
    watchdog_start();
    pins_start();
    flash_start();
    random_start();
}
