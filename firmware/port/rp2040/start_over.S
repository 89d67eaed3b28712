/* SPDX-License-Identifier: MIT */
/*
 * The last instructions of the image, and those before the first stack.  RAM
 * outlives every reset but power-off, and with it the secrets it holds: it is
 * cleared before there is a stack, and again when no stack is needed any more.
 */
    .syntax unified
    .cpu cortex-m0plus
    .thumb

    .section .text.start_over, "ax"

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
