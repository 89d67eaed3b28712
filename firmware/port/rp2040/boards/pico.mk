# SPDX-License-Identifier: MIT
# A Raspberry Pi Pico, or a board with the same pins and at least its flash.
BOARD_IMAGE := fob-rp2040
BOARD_LED := 25
# BOOTSEL is a button as well.
BOARD_BUTTON := 15
# The store is in the last sectors of so much, what follows stays untouched.
BOARD_FLASH_KIB := 2048
