# SPDX-License-Identifier: MIT
# The token: as a process, and as the image for an RP2040; included by the
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
FIRMWARE_CC ?= arm-none-eabi-gcc
FIRMWARE_OBJCOPY ?= arm-none-eabi-objcopy
# What the token reports: the version, and which tree it was built from.
FIRMWARE_TREE := $(if $(wildcard .git),$(shell \
	git describe --always --dirty --match= 2>/dev/null))
FIRMWARE_VERSION := $(VERSION)$(if $(FIRMWARE_TREE),+$(FIRMWARE_TREE))

BOARD := firmware/port/rp2040
FW := $(O)/firmware
FW_FOLDERS := $(BOARD) firmware/bus firmware/usb $(APP_ROOMS) src
FW_SOURCES := $(foreach f,$(FW_FOLDERS),$(wildcard $(f)/*.c))
FW_OBJECTS := $(FW_SOURCES:%.c=$(FW)/%.o) $(FW)/$(BOARD)/start.o \
	$(FW)/$(BOARD)/copy.o $(FW)/boot2_image.o
FW_TARGET := -mcpu=cortex-m0plus -mthumb
FW_CFLAGS = -std=c11 -O2 -g -ffreestanding -ffunction-sections \
	-fdata-sections -ffile-prefix-map=$(CURDIR)=. $(FW_TARGET) -I. -MMD -MP \
	$(WARN)
IMAGE := $(FW)/fob-rp2040

firmware: $(IMAGE).elf $(IMAGE).bin $(IMAGE).uf2 ## the token's image

$(FW)/%.o: %.c Makefile firmware/firmware.mk
	@mkdir -p $(@D)
	@echo "  CC    $< (rp2040)"
	$(Q)$(FIRMWARE_CC) $(FW_CFLAGS) -c -o $@ $<

$(FW)/%.o: %.S firmware/firmware.mk
	@mkdir -p $(@D)
	@echo "  AS    $< (rp2040)"
	$(Q)$(FIRMWARE_CC) $(FW_TARGET) -c -o $@ $<

# The loops in them must not become calls of memcpy.
$(FW)/$(BOARD)/memory.o $(FW)/$(BOARD)/startup.o: \
	FW_CFLAGS += -fno-tree-loop-distribute-patterns
# The version and the numbers are in one object each, which is remade when they
# change.
$(FW)/firmware/app/oath/vendor.o: FW_CFLAGS += -DFOB_VERSION='"$(FIRMWARE_VERSION)"'
$(FW)/firmware/app/oath/vendor.o: $(FW)/version
$(FW)/firmware/usb/descriptors.o: FW_CFLAGS += $(USB_NUMBERS)
$(FW)/firmware/usb/descriptors.o: $(FW)/usb_numbers
$(FW)/version: TEXT = $(FIRMWARE_VERSION)
$(FW)/usb_numbers: TEXT = $(USB_NUMBERS)
$(FW)/version $(FW)/usb_numbers: FORCE
	@mkdir -p $(@D)
	$(Q)echo '$(TEXT)' | cmp -s - $@ || echo '$(TEXT)' >$@

$(FW)/boot2.bin: $(BOARD)/boot2.S $(BOARD)/boot2.py
	@mkdir -p $(@D)
	$(Q)$(FIRMWARE_CC) $(FW_TARGET) -nostdlib -Wl,-e,boot2 -Wl,-Ttext=0 \
	    -o $(FW)/boot2.elf $<
	$(Q)$(FIRMWARE_OBJCOPY) -O binary -j .text $(FW)/boot2.elf \
	    $(FW)/boot2.code
	$(Q)python3 $(BOARD)/boot2.py $(FW)/boot2.code $@

$(FW)/boot2_image.o: $(BOARD)/boot2_image.S $(FW)/boot2.bin
	$(Q)$(FIRMWARE_CC) $(FW_TARGET) -Wa,-I$(FW) -c -o $@ $<

# libgcc is the compiler's own runtime: division, and shifts of 64 bits.
$(IMAGE).elf: $(FW_OBJECTS) $(BOARD)/image.ld
	@echo "  LD    $@"
	$(Q)$(FIRMWARE_CC) $(FW_TARGET) -nostdlib -Wl,--gc-sections \
	    -Wl,--build-id=none -Wl,--fatal-warnings -T $(BOARD)/image.ld \
	    -Wl,-Map,$(IMAGE).map -o $@ $(FW_OBJECTS) -lgcc

$(IMAGE).bin: $(IMAGE).elf
	$(Q)$(FIRMWARE_OBJCOPY) -O binary $< $@

$(IMAGE).uf2: $(IMAGE).bin $(BOARD)/uf2.py
	$(Q)python3 $(BOARD)/uf2.py $< $@

.PHONY: sim firmware FORCE
-include $(shell find $(FW) -name '*.d' 2>/dev/null)
