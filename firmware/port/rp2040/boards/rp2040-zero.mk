# SPDX-License-Identifier: MIT
# Waveshare RP2040-Zero.
BOARD_IMAGE := fob-rp2040-zero
BOARD_LED := 16,ws2812
BOARD_BUTTON := 15
BOARD_FLASH_KIB := 2048
