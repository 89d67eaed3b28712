/* SPDX-License-Identifier: MIT */
/* boot2 with its checksum, at the start of flash. */
    .section .boot2, "a"
    .incbin "boot2.bin"
