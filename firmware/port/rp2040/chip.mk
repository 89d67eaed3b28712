# SPDX-License-Identifier: MIT
# The RP2040: how an image for it is made; included by firmware/firmware.mk
# after the board, whose numbers it hands on.
CHIP_TOOLS := arm-none-eabi-
CHIP_TARGET := -mcpu=cortex-m0plus -mthumb

# LED: a pin, of 0 to 29, and how it is lit; or none.
CHIP_COMMA := ,
CHIP_PINS := 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 \
	25 26 27 28 29
CHIP_LED := $(subst $(CHIP_COMMA), ,$(LED))
CHIP_LED_PIN := $(if $(filter none,$(LED)),0,$(word 1,$(CHIP_LED)))
CHIP_LED_KIND := $(if $(filter none,$(LED)),none,$(or $(word 2,$(CHIP_LED)),high))
CHIP_BUTTON_PIN := $(if $(filter none,$(BUTTON)),0,$(BUTTON))
ifeq ($(and $(filter $(CHIP_PINS),$(CHIP_LED_PIN)),\
    $(filter none high low ws2812,$(CHIP_LED_KIND)),\
    $(filter 0 1 2,$(words $(CHIP_LED)))),)
    $(error LED=$(LED) is no LED of an RP2040: PIN, PIN,low, PIN,ws2812 or none)
endif
ifeq ($(filter $(CHIP_PINS),$(CHIP_BUTTON_PIN)),)
    $(error BUTTON=$(BUTTON) is no pin of an RP2040: 0 to 29, or none)
endif
CHIP_DEFINES := -DBOARD_LED_PIN=$(CHIP_LED_PIN) \
	-DBOARD_LED_KIND=LED_$(CHIP_LED_KIND) \
	-DBOARD_BUTTON_PIN=$(CHIP_BUTTON_PIN) \
	-DBOARD_HAS_BUTTON=$(if $(filter none,$(BUTTON)),false,true) \
	-DBOARD_FLASH_KIB=$(BOARD_FLASH_KIB)
CHIP_LDFLAGS := -Wl,--defsym=board_flash_kib=$(BOARD_FLASH_KIB)
CHIP_LEFT_OUT := $(if $(filter ws2812,$(CHIP_LED_KIND)),,$(CHIP)/ws2812.c)
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
