# SPDX-License-Identifier: MIT
# Seeed XIAO RP2040, the blue one of its LEDs; D10 for a button.
BOARD_IMAGE := fob-xiao
BOARD_LED := 25,low
BOARD_BUTTON := 3
BOARD_FLASH_KIB := 2048
