/* SPDX-License-Identifier: MIT */
/* From the vector table to main (ARMv6-M manual, B1.5). */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/start.h"

/* From the linker script. */
extern uint32_t stack_top[];
extern uint32_t data_load[], data_start[], data_end[];

int main(void);

/* What memcpy does, which is in RAM itself. */
static void load_data(void)
{
    const uint32_t *from = data_load;

    for (uint32_t *to = data_start; to < data_end;)
        *to++ = *from++;
}

/* RAM is all zero.  The clocks come first, which need nothing of it: reading
 * this much at the speed of the start would take a quarter of a second. */
void startup_run(void)
{
    clocks_start();
    load_data();
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
    watchdog_start();
    pins_start();
    flash_start();
    random_start();
}
