/* SPDX-License-Identifier: MIT */
/* LED and button (2.19). */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"

enum {
    PIN_LED = BOARD_LED_PIN,
    PIN_BUTTON = BOARD_BUTTON_PIN, /* to ground when pressed */
    SAMPLE_US = 4000,
};

void pins_start(void)
{
    reg_write(PADS_BANK0(PIN_LED), PADS_DRIVE_4MA | PADS_INPUT);
    reg_write(PADS_BANK0(PIN_BUTTON), PADS_INPUT | PADS_PULL_UP | PADS_SCHMITT);
    reg_write(IO_BANK0_CTRL(PIN_LED), IO_FUNCTION_SIO);
    reg_write(IO_BANK0_CTRL(PIN_BUTTON), IO_FUNCTION_SIO);
    fob_port_led_set(false);
    reg_write(SIO_GPIO_OE_SET, BIT(PIN_LED));
}

void fob_port_led_set(bool on)
{
    reg_write(on ? SIO_GPIO_OUT_SET : SIO_GPIO_OUT_CLEAR, BIT(PIN_LED));
}

/* Looking at BOOTSEL stops the processor for a moment; a finger is slow. */
bool fob_port_is_button_down(void)
{
    static uint32_t sampled_us;
    static bool is_down;

    if (clock_us() - sampled_us >= SAMPLE_US) {
        sampled_us = clock_us();
        is_down = (reg_read(SIO_GPIO_IN) & BIT(PIN_BUTTON)) == 0 ||
                  flash_is_bootsel_down();
    }
    return is_down;
}
