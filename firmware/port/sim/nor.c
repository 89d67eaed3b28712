/* SPDX-License-Identifier: MIT */
/*
 * NOR flash as data sheets describe it: programming clears bits, erasing sets
 * a sector's, and a cut of the power leaves an operation done in part.
 */
#include "firmware/port/sim/board.h"

#include <assert.h>
#include <string.h>

/* A fixed sequence of its own: cuts must fall alike in every run. */
static uint32_t scatter_next(uint32_t *state)
{
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
    return *state >> 24;
}

/* Which bits of a byte the interrupted operation has reached. */
static uint8_t bits_reached(size_t at, size_t len, uint32_t *state)
{
    uint8_t bits = 0;

    if (sim_board.cut.eighths >= SIM_CUT_WHOLE)
        return 0xff;
    if (sim_board.cut.order == SIM_BACKWARD)
        at = len - 1 - at;
    if (sim_board.cut.order != SIM_SCATTERED)
        return at * SIM_CUT_WHOLE < len * sim_board.cut.eighths ? 0xff : 0;
    for (int bit = 0; bit < 8; bit++)
        bits = (uint8_t)(bits << 1 |
                         (scatter_next(state) % 8 < sim_board.cut.eighths));
    return bits;
}

/* Whether the power goes in this operation. */
static bool operation_is_cut(void)
{
    sim_board.operations++;
    return sim_board.cut.at > 0 && --sim_board.cut.at == 0;
}

void fob_port_flash_read(uint32_t offset, void *data, size_t len)
{
    assert(offset <= SIM_FLASH_LEN && len <= SIM_FLASH_LEN - offset);
    memcpy(data, sim_board.flash + offset, len);
}

void fob_port_flash_program(uint32_t offset, const void *data, size_t len)
{
    const uint8_t *byte = data;
    uint32_t state = sim_board.operations;
    bool cut = operation_is_cut();

    assert(len > 0 && len <= FOB_PORT_PAGE && offset < SIM_FLASH_LEN &&
           offset / FOB_PORT_PAGE == (offset + len - 1) / FOB_PORT_PAGE);
    for (size_t i = 0; i < len; i++) {
        uint8_t bits = cut ? bits_reached(i, len, &state) : 0xff;

        sim_board.flash[offset + i] &= (uint8_t)(byte[i] | ~bits);
    }
    if (cut)
        sim_board.cut.hit();
}

void fob_port_flash_erase(uint32_t sector)
{
    uint32_t state = sim_board.operations;
    bool cut = operation_is_cut();
    uint8_t *cells;

    assert(sector < FOB_PORT_SECTORS);
    cells = sim_board.flash + sector * FOB_PORT_SECTOR;
    sim_board.erases[sector]++;
    for (size_t i = 0; i < FOB_PORT_SECTOR; i++)
        cells[i] |= cut ? bits_reached(i, FOB_PORT_SECTOR, &state) : 0xff;
    if (cut)
        sim_board.cut.hit();
}
