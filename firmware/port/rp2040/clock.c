/* SPDX-License-Identifier: MIT */
/* Time, and waiting for it (4.6). */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"

uint32_t clock_us(void)
{
    return reg_read(TIMER_RAW_LOW);
}

/* Kept in step by being asked often, which spares a 64-bit division. */
uint64_t fob_port_clock_ms(void)
{
    static uint64_t now_ms;
    static uint32_t counted_us;
    uint32_t passed_ms = (clock_us() - counted_us) / 1000;

    counted_us += passed_ms * 1000;
    now_ms += passed_ms;
    return now_ms;
}

/* Interrupts are masked for good and only wake the processor: what asked for
 * one between the last poll and WFI is pending again at once (B1.5.18 of the
 * ARMv6-M manual), so nothing is slept through. */
void board_sleep(uint32_t us)
{
    reg_write(TIMER_INTR, TIMER_INT_ALARM0);
    reg_set(TIMER_INTE, TIMER_INT_ALARM0);
    reg_write(TIMER_ALARM0, clock_us() + us);
    reg_write(NVIC_ICPR, NVIC_TIMER0 | NVIC_USBCTRL);
    reg_write(NVIC_ISER, NVIC_TIMER0 | NVIC_USBCTRL);
    __asm__ volatile("wfi" ::: "memory");
}
