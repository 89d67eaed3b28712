/* SPDX-License-Identifier: MIT */
/*
 * The store's sectors, the last ones of the flash, through the ROM's routines
 * (2.8.3.1.3).  While those work nothing can be read or run from flash:
 * everything in between is in RAM, and interrupts are masked for good.
 */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"
#include "firmware/port/rp2040/rom.h"
#include "src/wipe.h"

#include <string.h>

enum {
    FLASH_LEN = BOARD_FLASH_KIB * 1024,
    STORE = FLASH_LEN - FOB_PORT_SECTORS * FOB_PORT_SECTOR,
    ERASE_BLOCK = 1 << 16,
    ERASE_BLOCK_COMMAND = 0xd8,
    READ_ID_COMMAND = 0x4b, /* and 4 bytes that do not matter, then the id */
    READ_ID_LEN = 5 + FOB_PORT_UNIQUE_ID,
    BOOT2_WORDS = 64,
    SETTLE = 500, /* turns of a loop until a released line is high */
};

static struct {
    rom_function *connect;
    rom_function *exit_xip;
    rom_function *flush_cache;
    rom_function *enter_xip;
    void (*erase)(uint32_t at, size_t len, uint32_t block, uint8_t command);
    void (*program)(uint32_t at, const uint8_t *data, size_t len);
    uint32_t boot2[BOOT2_WORDS]; /* restores the fast way of reading */
} flash;

static uint8_t unique_id[FOB_PORT_UNIQUE_ID];

/* --- in RAM --------------------------------------------------------------*/

static inline __attribute__((always_inline)) void leave_xip(void)
{
    flash.connect();
    flash.exit_xip();
}

/* The ROM knows one slow way to read, which is enough to call boot2's copy,
 * a function as any other when it is not called by the ROM. */
static inline __attribute__((always_inline)) void resume_xip(void)
{
    flash.flush_cache();
    flash.enter_xip();
    ((rom_function *)((uintptr_t)flash.boot2 | 1))();
}

RAM_CODE static void erase_sector(uint32_t at)
{
    leave_xip();
    flash.erase(at, FOB_PORT_SECTOR, ERASE_BLOCK, ERASE_BLOCK_COMMAND);
    resume_xip();
}

RAM_CODE static void program_page(uint32_t at, const uint8_t *page)
{
    leave_xip();
    flash.program(at, page, FOB_PORT_PAGE);
    resume_xip();
}

/* Exchange bytes with the chip; there are fewer than its buffers hold. */
RAM_CODE static void exchange_bytes(uint8_t *bytes, size_t len)
{
    leave_xip();
    reg_write(IO_QSPI_SS_CTRL, IO_QSPI_SS_OUTOVER_LOW);
    for (size_t i = 0; i < len; i++) {
        reg_await(SSI_SR, SSI_SR_TX_NOT_FULL);
        reg_write(SSI_DR0, bytes[i]);
        reg_await(SSI_SR, SSI_SR_RX_NOT_EMPTY);
        bytes[i] = (uint8_t)reg_read(SSI_DR0);
    }
    reg_write(IO_QSPI_SS_CTRL, IO_QSPI_SS_OUTOVER_HIGH);
    resume_xip();
}

/* Let go of the select line and see whether the button pulls it down. */
RAM_CODE static uint32_t sample_select_line(void)
{
    uint32_t lines;

    reg_write(IO_QSPI_SS_CTRL, IO_OUTPUT_DISABLE);
    for (uint32_t i = 0; i < SETTLE; i++)
        __asm__ volatile("");
    lines = reg_read(SIO_GPIO_HI_IN);
    reg_write(IO_QSPI_SS_CTRL, 0);
    return lines;
}

/* --- in flash ------------------------------------------------------------*/

static void read_unique_id(void)
{
    uint8_t bytes[READ_ID_LEN] = {READ_ID_COMMAND};

    exchange_bytes(bytes, sizeof(bytes));
    memcpy(unique_id, bytes + READ_ID_LEN - sizeof(unique_id),
           sizeof(unique_id));
}

void flash_start(void)
{
    flash.connect = rom_find(ROM_CONNECT_FLASH);
    flash.exit_xip = rom_find(ROM_EXIT_XIP);
    flash.flush_cache = rom_find(ROM_FLUSH_CACHE);
    flash.enter_xip = rom_find(ROM_ENTER_XIP);
    flash.erase =
        (void (*)(uint32_t, size_t, uint32_t, uint8_t))rom_find(ROM_ERASE);
    flash.program =
        (void (*)(uint32_t, const uint8_t *, size_t))rom_find(ROM_PROGRAM);
    memcpy(flash.boot2, (const void *)(uintptr_t)XIP_BASE, sizeof(flash.boot2));
    read_unique_id();
}

bool flash_is_bootsel_down(void)
{
    return (sample_select_line() & SIO_GPIO_HI_SS) == 0;
}

void fob_port_unique_id(uint8_t id[static FOB_PORT_UNIQUE_ID])
{
    memcpy(id, unique_id, FOB_PORT_UNIQUE_ID);
}

void fob_port_flash_read(uint32_t offset, void *data, size_t len)
{
    memcpy(data, (const void *)(uintptr_t)(XIP_BASE + STORE + offset), len);
}

/* The ROM programs whole pages; ones leave a cell as it is. */
void fob_port_flash_program(uint32_t offset, const void *data, size_t len)
{
    uint32_t within = offset % FOB_PORT_PAGE;
    uint8_t page[FOB_PORT_PAGE];

    memset(page, 0xff, sizeof(page));
    memcpy(page + within, data, len);
    program_page(STORE + offset - within, page);
    fob_wipe(page, sizeof(page));
}

void fob_port_flash_erase(uint32_t sector)
{
    fob_port_watchdog_kick();
    erase_sector(STORE + sector * FOB_PORT_SECTOR);
}
