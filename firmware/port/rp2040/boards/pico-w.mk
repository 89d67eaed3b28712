# SPDX-License-Identifier: MIT
# A Raspberry Pi Pico W: its own LED is the radio chip's.  `LED=` names one of
# yours.
BOARD_IMAGE := fob-pico-w
BOARD_LED := none
BOARD_BUTTON := 15
BOARD_FLASH_KIB := 2048
