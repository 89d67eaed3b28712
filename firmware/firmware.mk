# SPDX-License-Identifier: MIT
# The token: as a process, and as the image for a board; included by the
# Makefile.

# 1209:0001 is for tests; a product needs a number of its own.
## USB_VENDOR: the image's USB vendor number; 0x1209
USB_VENDOR ?= 0x1209
## USB_PRODUCT: the image's USB product number; 0x0001
USB_PRODUCT ?= 0x0001
USB_NUMBERS = -DFOB_USB_VENDOR=$(USB_VENDOR) -DFOB_USB_PRODUCT=$(USB_PRODUCT)
# The USB stack is built for the desktop too, for its tests.
$(O)/obj/firmware/usb/descriptors.o: CPPFLAGS += $(USB_NUMBERS)

SIM_PARTS := firmware/port/sim $(APP_ROOMS) src

sim: $(O)/fob-sim ## the simulated token

$(O)/fob-sim: $(call objects,firmware/port/sim/main.c) \
		$(foreach f,$(SIM_PARTS),$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link)

# --- the image --------------------------------------------------------------
# A chip is a folder under firmware/port/ with a chip.mk, a board a file in its
# boards/: docs/porting.md.
## BOARD: the board that the image is for; pico
BOARD ?= pico
## LED: PIN, PIN,low, PIN,ws2812 or none; the board's
LED ?= $(BOARD_LED)
## BUTTON: PIN or none; the board's
BUTTON ?= $(BOARD_BUTTON)
BOARD_FILES := $(wildcard firmware/port/*/boards/*.mk)
BOARD_FILE := $(filter %/boards/$(BOARD).mk,$(BOARD_FILES))
CHIP := $(BOARD_FILE:%/boards/$(BOARD).mk=%)
FW := $(O)/firmware
# What the token reports: the version, and which tree it was built from.
FIRMWARE_TREE := $(if $(wildcard .git),$(shell \
	git describe --always --dirty --match= 2>/dev/null))
FIRMWARE_VERSION := $(VERSION)$(if $(FIRMWARE_TREE),+$(FIRMWARE_TREE))

ifeq ($(BOARD_FILE),)
firmware:
	$(error BOARD=$(BOARD) is no board; there are:\
	    $(basename $(notdir $(BOARD_FILES))))
else
include $(BOARD_FILE) $(CHIP)/chip.mk

FIRMWARE_CC ?= $(CHIP_TOOLS)gcc
FIRMWARE_OBJCOPY ?= $(CHIP_TOOLS)objcopy
FW_FOLDERS := $(CHIP) firmware/bus firmware/usb $(APP_ROOMS) src
FW_OBJECTS := $(patsubst %.c,$(FW)/%.o,$(filter-out \
	$(CHIP_LEFT_OUT),$(wildcard $(FW_FOLDERS:%=%/*.c)))) $(CHIP_OBJECTS)
FW_CFLAGS = -std=c11 -O2 -g -ffreestanding -ffunction-sections \
	-fdata-sections -ffile-prefix-map=$(CURDIR)=. $(CHIP_TARGET) -I. \
	-MMD -MP $(WARN)
IMAGE := $(FW)/$(BOARD_IMAGE)
FW_MAKEFILES := Makefile firmware/firmware.mk $(CHIP)/chip.mk $(FW)/board

firmware: $(IMAGE).elf $(IMAGE).bin $(IMAGE)$(CHIP_LOADABLE) ## the token's image

$(FW)/%.o: %.c $(FW_MAKEFILES)
	@mkdir -p $(@D)
	@echo "  CC    $< ($(BOARD))"
	$(Q)$(FIRMWARE_CC) $(FW_CFLAGS) -c -o $@ $<

$(FW)/%.o: %.S $(FW_MAKEFILES)
	@mkdir -p $(@D)
	@echo "  AS    $< ($(BOARD))"
	$(Q)$(FIRMWARE_CC) $(CHIP_TARGET) -c -o $@ $<

# The board's numbers are for the chip's folder alone.
$(FW)/$(CHIP)/%.o: FW_CFLAGS += $(CHIP_DEFINES)
# The version and the numbers are in one object each, which is remade when they
# change; all are remade for another board.
$(FW)/firmware/app/oath/vendor.o: FW_CFLAGS += \
	-DFOB_VERSION='"$(FIRMWARE_VERSION)"'
$(FW)/firmware/app/oath/vendor.o: $(FW)/version
$(FW)/firmware/usb/descriptors.o: FW_CFLAGS += $(USB_NUMBERS)
$(FW)/firmware/usb/descriptors.o: $(FW)/usb_numbers
$(FW)/version: TEXT = $(FIRMWARE_VERSION)
$(FW)/usb_numbers: TEXT = $(USB_NUMBERS)
$(FW)/board: TEXT = $(BOARD) $(CHIP_TARGET) $(CHIP_DEFINES)
$(FW)/version $(FW)/usb_numbers $(FW)/board: FORCE
	@mkdir -p $(@D)
	$(Q)echo '$(TEXT)' | cmp -s - $@ || echo '$(TEXT)' >$@

# libgcc is the compiler's own runtime: division, and shifts of 64 bits.
$(IMAGE).elf: $(FW_OBJECTS) $(CHIP)/image.ld
	@echo "  LD    $@"
	$(Q)$(FIRMWARE_CC) $(CHIP_TARGET) -nostdlib -Wl,--gc-sections \
	    -Wl,--build-id=none -Wl,--fatal-warnings $(CHIP_LDFLAGS) \
	    -T $(CHIP)/image.ld -Wl,-Map,$(IMAGE).map -o $@ $(FW_OBJECTS) -lgcc

$(IMAGE).bin: $(IMAGE).elf
	$(Q)$(FIRMWARE_OBJCOPY) -O binary $< $@
endif

.PHONY: sim firmware FORCE
-include $(shell find $(FW) -name '*.d' 2>/dev/null)
