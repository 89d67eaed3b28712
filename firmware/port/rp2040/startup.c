/* SPDX-License-Identifier: MIT */
/* From clear RAM to main (ARMv6-M manual, B1.5). */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/start.h"

/* From the linker script. */
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
