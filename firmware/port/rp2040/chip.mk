# SPDX-License-Identifier: MIT
# The RP2040: how an image for it is made; included by firmware/firmware.mk
# after the board, whose numbers it hands on.
CHIP_TOOLS := arm-none-eabi-
CHIP_TARGET := -mcpu=cortex-m0plus -mthumb
CHIP_DEFINES := -DBOARD_LED_PIN=$(BOARD_LED_PIN) \
	-DBOARD_BUTTON_PIN=$(BOARD_BUTTON_PIN) \
	-DBOARD_FLASH_KIB=$(BOARD_FLASH_KIB)
CHIP_LDFLAGS := -Wl,--defsym=board_flash_kib=$(BOARD_FLASH_KIB)
# Beside the folder's C.
CHIP_OBJECTS := $(FW)/$(CHIP)/start.o $(FW)/$(CHIP)/start_over.o \
	$(FW)/$(CHIP)/copy.o $(FW)/boot2_image.o
# What the boot loader takes as a file.
CHIP_LOADABLE := .uf2

# The loops in them must not become calls of memcpy.
$(FW)/$(CHIP)/memory.o $(FW)/$(CHIP)/startup.o: \
	FW_CFLAGS += -fno-tree-loop-distribute-patterns

$(FW)/boot2.bin: $(CHIP)/boot2.S $(CHIP)/boot2.py $(FW)/board
	@mkdir -p $(@D)
	$(Q)$(FIRMWARE_CC) $(CHIP_TARGET) -nostdlib -Wl,-e,boot2 -Wl,-Ttext=0 \
	    -o $(FW)/boot2.elf $<
	$(Q)$(FIRMWARE_OBJCOPY) -O binary -j .text $(FW)/boot2.elf \
	    $(FW)/boot2.code
	$(Q)python3 $(CHIP)/boot2.py $(FW)/boot2.code $@

$(FW)/boot2_image.o: $(CHIP)/boot2_image.S $(FW)/boot2.bin
	$(Q)$(FIRMWARE_CC) $(CHIP_TARGET) -Wa,-I$(FW) -c -o $@ $<

%.uf2: %.bin $(CHIP)/uf2.py
	$(Q)python3 $(CHIP)/uf2.py $< $@
