/* SPDX-License-Identifier: MIT */
/*
 * The first instructions of the image, and those of a fault.  Both go on in
 * RAM that is clear.
 */
    .syntax unified
    .cpu cortex-m0plus
    .thumb

    .section .text.start, "ax"

/* Interrupts stay masked for good: see board_sleep. */
    .global start_reset
    .thumb_func
start_reset:
    cpsid i
    ldr r0, =startup_run
    ldr r1, =start_over
    bx r1

/* A stack that ran over, or a defect: nothing to go on with, and maybe no
 * stack to call anything. */
    .global start_fault
    .thumb_func
start_fault:
    ldr r0, =watchdog_trigger
    ldr r1, =start_over
    bx r1
    .ltorg
