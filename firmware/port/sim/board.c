/* SPDX-License-Identifier: MIT */
#include "firmware/port/sim/board.h"

#include <string.h>
#include <sys/random.h>

struct sim_board sim_board;

uint64_t fob_port_clock_ms(void)
{
    return sim_board.clock_ms;
}

bool fob_port_is_cold_start(void)
{
    return !sim_board.is_warm;
}

bool fob_port_is_button_down(void)
{
    return sim_board.button;
}

void fob_port_led_set(bool on)
{
    sim_board.led = on;
}

/* splitmix64: tests repeat, nothing here is secret. */
static uint8_t seeded_byte(void)
{
    uint64_t z = sim_board.seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint8_t)(z >> 56);
}

enum fob_status fob_port_random(void *data, size_t len)
{
    uint8_t *byte = data;

    memset(data, 0, len);
    if (sim_board.is_random_broken)
        return FOB_E_FAILED;
    if (sim_board.seed == 0)
        return getrandom(data, len, 0) == (ssize_t)len ? FOB_OK : FOB_E_FAILED;
    for (size_t i = 0; i < len; i++)
        byte[i] = seeded_byte();
    return FOB_OK;
}

void fob_port_unique_id(uint8_t id[static FOB_PORT_UNIQUE_ID])
{
    memcpy(id, sim_board.unique_id, FOB_PORT_UNIQUE_ID);
}

void fob_port_watchdog_kick(void)
{
    sim_board.kicks++;
}

void fob_port_reboot(void)
{
    sim_board.start = SIM_REBOOT;
}

void fob_port_enter_boot_loader(void)
{
    sim_board.start = SIM_BOOT_LOADER;
}
