/* SPDX-License-Identifier: MIT */
/*
 * The RP2040's registers that this port uses, each named once.  Numbers in
 * comments are sections of the RP2040 data sheet.  What belongs to one driver
 * alone is in that driver's own header.
 */
#ifndef FOB_FIRMWARE_PORT_RP2040_REGISTERS_H
#define FOB_FIRMWARE_PORT_RP2040_REGISTERS_H

#include <stdint.h>

/* --- access --------------------------------------------------------------*/

/* 2.1.2: every register of the APB and AHB-Lite blocks has three aliases that
 * change single bits atomically. */
enum { REG_ALIAS_SET = 0x2000, REG_ALIAS_CLEAR = 0x3000 };

/* Inlined always: code that runs from RAM may call nothing in flash. */
#define REG_INLINE static inline __attribute__((always_inline))

REG_INLINE uint32_t reg_read(uint32_t address)
{
    return *(volatile uint32_t *)(uintptr_t)address;
}

REG_INLINE void reg_write(uint32_t address, uint32_t value)
{
    *(volatile uint32_t *)(uintptr_t)address = value;
}

REG_INLINE void reg_set(uint32_t address, uint32_t bits)
{
    reg_write(address + REG_ALIAS_SET, bits);
}

REG_INLINE void reg_clear(uint32_t address, uint32_t bits)
{
    reg_write(address + REG_ALIAS_CLEAR, bits);
}

/* Wait until all of `bits` are set. */
REG_INLINE void reg_await(uint32_t address, uint32_t bits)
{
    while ((reg_read(address) & bits) != bits)
        continue;
}

#define BIT(number) (UINT32_C(1) << (number))

/* --- 2.20 system information ---------------------------------------------*/

#define SYSINFO_CHIP_ID UINT32_C(0x40000000)
enum { SYSINFO_REVISION_AT = 28, SYSINFO_B0_B1 = 1 };

/* --- 2.14 resets ---------------------------------------------------------*/

#define RESETS_RESET UINT32_C(0x4000c000)
#define RESETS_DONE UINT32_C(0x4000c008)
#define RESETS_IO_BANK0 BIT(5)
#define RESETS_PADS_BANK0 BIT(8)
#define RESETS_PLL_SYS BIT(12)
#define RESETS_PLL_USB BIT(13)
#define RESETS_TIMER BIT(21)
#define RESETS_USBCTRL BIT(24)

/* --- 2.13 power-on state machine -----------------------------------------*/

#define PSM_WDSEL UINT32_C(0x40010008)
/* All that a watchdog resets but the two oscillators, bits 0 and 1. */
#define PSM_WDSEL_ALL UINT32_C(0x0001fffc)

/* --- 2.10.7 reset reason -------------------------------------------------*/

#define CHIP_RESET UINT32_C(0x40064008)
#define CHIP_RESET_HAD_POR BIT(8)

/* --- 2.15.7 clocks -------------------------------------------------------*/

#define CLK_REF_CTRL UINT32_C(0x40008030)
#define CLK_REF_SELECTED UINT32_C(0x40008038)
#define CLK_REF_SRC_XOSC UINT32_C(2)
#define CLK_SYS_CTRL UINT32_C(0x4000803c)
#define CLK_SYS_SELECTED UINT32_C(0x40008044)
#define CLK_SYS_SRC_AUX UINT32_C(1)
#define CLK_USB_CTRL UINT32_C(0x40008054)
#define CLK_CTRL_ENABLE BIT(11)

/* --- 2.16 crystal oscillator ---------------------------------------------*/

#define XOSC_CTRL UINT32_C(0x40024000)
#define XOSC_CTRL_RANGE_1_15MHZ UINT32_C(0xaa0)
#define XOSC_CTRL_ENABLE (UINT32_C(0xfab) << 12)
#define XOSC_STATUS UINT32_C(0x40024004)
#define XOSC_STATUS_STABLE BIT(31)
#define XOSC_STARTUP UINT32_C(0x4002400c)

/* --- 2.17 ring oscillator ------------------------------------------------*/

#define ROSC_STATUS UINT32_C(0x40060018)
#define ROSC_STATUS_STABLE BIT(31)
#define ROSC_RANDOMBIT UINT32_C(0x4006001c)

/* --- 2.18 phase-locked loops: offsets from either one --------------------*/

#define PLL_SYS UINT32_C(0x40028000)
#define PLL_USB UINT32_C(0x4002c000)
enum { PLL_CS = 0x0, PLL_PWR = 0x4, PLL_FBDIV = 0x8, PLL_PRIM = 0xc };
#define PLL_CS_LOCK BIT(31)
enum {
    PLL_PWR_PD = 0x01,
    PLL_PWR_POSTDIV = 0x08,
    PLL_PWR_VCO = 0x20,
    PLL_PRIM_DIV1_AT = 16,
    PLL_PRIM_DIV2_AT = 12,
};

/* --- 2.19.6 GPIO ---------------------------------------------------------*/

#define IO_BANK0_CTRL(pin) (UINT32_C(0x40014004) + 8u * (pin))
enum { IO_FUNCTION_SIO = 5, IO_FUNCTION_USB_DP = 8 };
#define IO_OUTPUT_DISABLE (UINT32_C(2) << 12)
#define IO_INPUT_HIGH (UINT32_C(3) << 16)

#define IO_QSPI_SS_CTRL UINT32_C(0x4001800c)
#define IO_QSPI_SS_OUTOVER_LOW (UINT32_C(2) << 8)
#define IO_QSPI_SS_OUTOVER_HIGH (UINT32_C(3) << 8)

#define PADS_BANK0(pin) (UINT32_C(0x4001c004) + 4u * (pin))
enum {
    PADS_SCHMITT = 0x02,
    PADS_PULL_UP = 0x08,
    PADS_DRIVE_4MA = 0x10,
    PADS_INPUT = 0x40,
};

/* --- 2.3.1 single-cycle I/O ----------------------------------------------*/

#define SIO_GPIO_IN UINT32_C(0xd0000004)
#define SIO_GPIO_HI_IN UINT32_C(0xd0000008)
#define SIO_GPIO_HI_SS BIT(1)
#define SIO_GPIO_OUT_SET UINT32_C(0xd0000014)
#define SIO_GPIO_OUT_CLEAR UINT32_C(0xd0000018)
#define SIO_GPIO_OE_SET UINT32_C(0xd0000024)

/* --- 4.6 timer -----------------------------------------------------------*/

#define TIMER_ALARM0 UINT32_C(0x40054010)
#define TIMER_RAW_LOW UINT32_C(0x40054028)
#define TIMER_INTR UINT32_C(0x40054034)
#define TIMER_INTE UINT32_C(0x40054038)
#define TIMER_INT_ALARM0 BIT(0)

/* --- 4.7 watchdog --------------------------------------------------------*/

#define WATCHDOG_CTRL UINT32_C(0x40058000)
#define WATCHDOG_CTRL_TRIGGER BIT(31)
#define WATCHDOG_CTRL_ENABLE BIT(30)
#define WATCHDOG_LOAD UINT32_C(0x40058004)
#define WATCHDOG_REASON UINT32_C(0x40058008)
#define WATCHDOG_SCRATCH0 UINT32_C(0x4005800c)
#define WATCHDOG_TICK UINT32_C(0x4005802c)
#define WATCHDOG_TICK_ENABLE BIT(9)

/* --- 4.10.13 synchronous serial interface, to the flash ------------------*/

#define SSI_SR UINT32_C(0x18000028)
#define SSI_SR_TX_NOT_FULL BIT(1)
#define SSI_SR_RX_NOT_EMPTY BIT(3)
#define SSI_DR0 UINT32_C(0x18000060)

/* --- 2.4.8 Cortex-M0+ ----------------------------------------------------*/

#define NVIC_ISER UINT32_C(0xe000e100)
#define NVIC_ICPR UINT32_C(0xe000e280)
#define NVIC_TIMER0 BIT(0)
#define NVIC_USBCTRL BIT(5)

/* --- 2.6.3 execution in place --------------------------------------------*/

#define XIP_BASE UINT32_C(0x10000000)

#endif
