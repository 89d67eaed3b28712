/* SPDX-License-Identifier: MIT */
/*
 * The second stage of booting (RP2040 data sheet, 2.8.1.3.1): the ROM copies
 * the first 256 bytes of flash to RAM and runs them, to set the interface up
 * for execution in place.  Called with LR 0 it goes on to the image; called
 * as a function, from a copy, it returns.
 *
 * It reads with command 03h, one bit wide, which every chip knows in every
 * state, at 125 MHz / 4.  Registers are those of 4.10.13.
 */
    .syntax unified
    .cpu cortex-m0plus
    .thumb

    .equ SSI_BASE, 0x18000000
    .equ SSI_CTRLR0, 0x00
    .equ SSI_CTRLR1, 0x04
    .equ SSI_ENABLE, 0x08
    .equ SSI_BAUDR, 0x14
    .equ SSI_SPI_CTRLR0, 0xf4

    .equ DATA_BITS_32, 31 << 16
    .equ MODE_READ_AFTER_WRITE, 3 << 8 /* "EEPROM read" */
    .equ READ_DATA, 0x03 << 24
    .equ INSTRUCTION_8_BITS, 2 << 8
    .equ ADDRESS_24_BITS, 6 << 2
    .equ CLOCK_DIVIDER, 4

    .equ IMAGE, 0x10000100
    .equ VTOR, 0xe000ed08

    .section .text
    .global boot2
    .thumb_func
boot2:
    ldr r3, =SSI_BASE
    movs r1, #0
    str r1, [r3, #SSI_ENABLE] /* it can be set up while it is off only */
    str r1, [r3, #SSI_CTRLR1] /* one word of data a read */
    movs r2, #CLOCK_DIVIDER
    str r2, [r3, #SSI_BAUDR]
    ldr r2, =DATA_BITS_32 | MODE_READ_AFTER_WRITE
    str r2, [r3, #SSI_CTRLR0]
    ldr r2, =READ_DATA | INSTRUCTION_8_BITS | ADDRESS_24_BITS
    ldr r0, =SSI_BASE + SSI_SPI_CTRLR0
    str r2, [r0]
    movs r1, #1
    str r1, [r3, #SSI_ENABLE]

    mov r0, lr
    cmp r0, #0
    beq start
    bx lr
start:
    ldr r0, =IMAGE
    ldr r1, =VTOR
    str r0, [r1]
    ldmia r0!, {r1, r2}
    msr msp, r1
    bx r2
    .ltorg
