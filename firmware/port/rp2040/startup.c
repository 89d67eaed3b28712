/* SPDX-License-Identifier: MIT */
/* From the vector table to main (ARMv6-M manual, B1.5). */
#include "board.h"
#include "firmware/port/port.h"
#include "start.h"

#include <string.h>

/* From the linker script. */
extern uint32_t stack_top[];
extern uint8_t data_load[], data_start[], data_end[];

int main(void);

/* RAM is all zero. */
void startup_run(void)
{
    memcpy(data_start, data_load, (size_t)(data_end - data_start));
    main();
    fob_port_reboot();
}

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

void board_start(void)
{
    clocks_start();
    watchdog_start();
    pins_start();
    flash_start();
    random_start();
}
