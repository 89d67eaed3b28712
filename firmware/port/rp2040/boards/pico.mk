# SPDX-License-Identifier: MIT
# A Raspberry Pi Pico, or a board with the same pins and at least its flash.
BOARD_IMAGE := fob-rp2040
# Lit when high.
BOARD_LED_PIN := 25
# Pressed when low; BOOTSEL is a button as well.
BOARD_BUTTON_PIN := 15
# The store is in the last sectors of so much, what follows stays untouched.
BOARD_FLASH_KIB := 2048
