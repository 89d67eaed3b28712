/* SPDX-License-Identifier: MIT */
/*
 * Two of the four functions that a compiler may call (GCC manual, 2.1), four
 * words an instruction where both sides are aligned: a tenth of the time of
 * an answer is theirs.  memory.c has the others.
 */
    .syntax unified
    .cpu cortex-m0plus
    .thumb

/* void *memcpy(void *to, const void *from, size_t len) */
    .section .text.memcpy, "ax"
    .global memcpy
    .thumb_func
memcpy:
    push {r4-r6, lr}
    mov r12, r0
    movs r3, r0
    orrs r3, r1
    lsls r3, #30
    bne .Lcopy_odd
    subs r2, #16
    blt .Lcopy_words
.Lcopy_quads:
    ldmia r1!, {r3-r6}
    stmia r0!, {r3-r6}
    subs r2, #16
    bge .Lcopy_quads
.Lcopy_words: /* r2 is what is left, less 16 */
    adds r2, #12
    blt .Lcopy_rest
.Lcopy_word:
    ldmia r1!, {r3}
    stmia r0!, {r3}
    subs r2, #4
    bge .Lcopy_word
.Lcopy_rest: /* less 4 */
    adds r2, #4
    b .Lcopy_bytes
.Lcopy_odd:
    subs r2, #4
    blt .Lcopy_rest
.Lcopy_four:
    ldrb r3, [r1]
    ldrb r4, [r1, #1]
    ldrb r5, [r1, #2]
    ldrb r6, [r1, #3]
    strb r3, [r0]
    strb r4, [r0, #1]
    strb r5, [r0, #2]
    strb r6, [r0, #3]
    adds r0, #4
    adds r1, #4
    subs r2, #4
    bge .Lcopy_four
    b .Lcopy_rest
.Lcopy_byte:
    ldrb r3, [r1, r2]
    strb r3, [r0, r2]
.Lcopy_bytes:
    subs r2, #1
    bge .Lcopy_byte
    mov r0, r12
    pop {r4-r6, pc}

/* void *memset(void *to, int value, size_t len) */
    .section .text.memset, "ax"
    .global memset
    .thumb_func
memset:
    push {r4, r5, lr}
    mov r12, r0
    lsls r3, r0, #30
    bne .Lfill_bytes
    uxtb r1, r1
    lsls r3, r1, #8
    orrs r1, r3
    lsls r3, r1, #16
    orrs r1, r3
    movs r3, r1
    movs r4, r1
    movs r5, r1
    subs r2, #16
    blt .Lfill_words
.Lfill_quads:
    stmia r0!, {r1, r3-r5}
    subs r2, #16
    bge .Lfill_quads
.Lfill_words: /* r2 is what is left, less 16 */
    adds r2, #12
    blt .Lfill_rest
.Lfill_word:
    stmia r0!, {r1}
    subs r2, #4
    bge .Lfill_word
.Lfill_rest: /* less 4 */
    adds r2, #4
    b .Lfill_bytes
.Lfill_byte:
    strb r1, [r0, r2]
.Lfill_bytes:
    subs r2, #1
    bge .Lfill_byte
    mov r0, r12
    pop {r4, r5, pc}
