/* SPDX-License-Identifier: MIT */
/* LED and button (2.19), as the board has them. */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"
#include "firmware/port/rp2040/ws2812.h"

enum led_kind { LED_none, LED_high, LED_low, LED_ws2812 };

enum {
    PIN_LED = BOARD_LED_PIN,
    PIN_BUTTON = BOARD_BUTTON_PIN, /* to ground when pressed */
    SAMPLE_US = 4000,
};

static const enum led_kind led_kind = BOARD_LED_KIND;

static void light_led(bool on)
{
    bool is_high = on == (led_kind == LED_high);

    if (led_kind == LED_ws2812)
        ws2812_show(PIN_LED, on);
    else
        reg_write(is_high ? SIO_GPIO_OUT_SET : SIO_GPIO_OUT_CLEAR,
                  BIT(PIN_LED));
}

static void start_led(void)
{
    reg_write(PADS_BANK0(PIN_LED), PADS_DRIVE_4MA | PADS_INPUT);
    reg_write(IO_BANK0_CTRL(PIN_LED), IO_FUNCTION_SIO);
    if (led_kind == LED_ws2812)
        reg_write(SIO_GPIO_OUT_CLEAR, BIT(PIN_LED));
    else
        light_led(false);
    reg_write(SIO_GPIO_OE_SET, BIT(PIN_LED));
    light_led(false);
}

void pins_start(void)
{
    if (led_kind != LED_none)
        start_led();
    if (!BOARD_HAS_BUTTON)
        return;
    reg_write(PADS_BANK0(PIN_BUTTON), PADS_INPUT | PADS_PULL_UP | PADS_SCHMITT);
    reg_write(IO_BANK0_CTRL(PIN_BUTTON), IO_FUNCTION_SIO);
}

/* It is asked for at each turn of the loop, and changes some times a second. */
void fob_port_led_set(bool on)
{
    static bool is_on;

    if (led_kind == LED_none || on == is_on)
        return;
    is_on = on;
    light_led(on);
}

static bool is_pin_down(void)
{
    return BOARD_HAS_BUTTON && (reg_read(SIO_GPIO_IN) & BIT(PIN_BUTTON)) == 0;
}

/* Looking at BOOTSEL stops the processor for a moment; a finger is slow. */
bool fob_port_is_button_down(void)
{
    static uint32_t sampled_us;
    static bool is_down;

    if (clock_us() - sampled_us >= SAMPLE_US) {
        sampled_us = clock_us();
        is_down = is_pin_down() || flash_is_bootsel_down();
    }
    return is_down;
}
