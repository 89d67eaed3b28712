/* SPDX-License-Identifier: MIT */
/*
 * The first and the last instructions of the image.  RAM outlives every reset
 * but power-off, and with it the secrets it holds: it is cleared before there
 * is a stack, and again when no stack is needed any more.
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
    b start_over

/* A stack that ran over, or a defect: nothing to go on with, and maybe no
 * stack to call anything. */
    .global start_fault
    .thumb_func
start_fault:
    ldr r0, =watchdog_trigger

/* r0 is a function that never returns: run it on an empty stack, in RAM that
 * is all zero. */
    .global start_over
    .thumb_func
start_over:
    mov r7, r0
    ldr r0, =ram_start
    ldr r1, =ram_end
    movs r2, #0
    movs r3, #0
    movs r4, #0
    movs r5, #0
.Lclear:
    stmia r0!, {r2-r5}
    cmp r0, r1
    bne .Lclear
    ldr r0, =stack_top
    mov sp, r0
    bx r7
    .ltorg
