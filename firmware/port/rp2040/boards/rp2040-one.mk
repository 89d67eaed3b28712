# SPDX-License-Identifier: MIT
# Waveshare RP2040-One, of whose 4 MiB of flash fob needs half.
BOARD_IMAGE := fob-rp2040-one
BOARD_LED := 16,ws2812
BOARD_BUTTON := 15
BOARD_FLASH_KIB := 2048
