# SPDX-License-Identifier: MIT
# Building and running the tests; included by the Makefile.
DEMO_DEPS := ca-certificates python3 python3-botocore python3-boto3 qrencode \
	gcc-arm-none-eabi libnewlib-arm-none-eabi pkgconf umockdev \
	libumockdev-dev \
	$(if $(shell command -v node),,nodejs npm) \
	$(if $(shell command -v aws),,awscli)
TEST_DEPS := clang clang-format llvm libclang-rt-14-dev mandoc \
	openssl oathtool liboath-dev zbar-tools zxing-cpp-tools python3-pil python3-pyotp strace \
	qemu-system-arm qemu-system-x86 busybox-static procps fish tcsh zsh \
	libargon2-1 libsodium23 python3-cryptography \
	pcscd vsmartcard-vpcd yubikey-manager python3-pyscard libccid \
	libpcsclite-dev libhidapi-libusb0 udev iproute2 direnv s3cmd rclone restic \
	$(if $(findstring x86_64,$(shell uname -m)),libc6-dev-arm64-cross)

TEST_LIBS := -lcrypto -lcurl -lexpat -ljansson -lzbar -lpng -ljpeg -lwebp \
	-lqrencode -lseccomp -lusb-1.0 -lpthread -lm
# A driver is a program that a script test talks to.
UNIT_SOURCES := $(wildcard tests/unit/*/*_test.c tests/unit/*/*_driver.c)
UNIT := $(UNIT_SOURCES:%.c=$(O)/%)
FUZZ_SOURCES := $(wildcard tests/fuzz/*_fuzz.c)
FUZZ := $(FUZZ_SOURCES:%.c=$(O)/%)

# The core behind standard input, for tests in scripts.
DRIVER := $(O)/tests/vectors/core_driver

unit: $(UNIT) $(DRIVER) ## the unit tests' programs, for tests/run unit
fuzzers: $(FUZZ) ## the fuzzers, with CC=clang and SANITIZE=1

# A test or fuzzer is one file over all the archives.
# Its secrets are watched by the sanitizer, but for the tests of their homes.
EXACT_ALLOCATOR := $(call objects,tests/lib/secret_exact.c)
HEAP_UNIT := $(O)/tests/unit/base/secret_test
MMAP_UNIT := $(O)/tests/unit/base/secret_mmap_test
$(HEAP_UNIT): $(HEAP_ALLOCATOR)
$(MMAP_UNIT): $(MMAP_ALLOCATOR)
$(filter-out $(HEAP_UNIT) $(MMAP_UNIT),$(UNIT)) $(FUZZ): $(EXACT_ALLOCATOR)
$(UNIT): $(O)/%: $(O)/obj/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link) -Wl,--as-needed $(TEST_LIBS)

# Libraries that stand in for those that fob-agent loads.  AddressSanitizer's
# dlopen goes by a program's RPATH, not by its RUNPATH.
FAKE_HID := $(O)/tests/fake/libhidapi-hidraw.so.0
FAKE_PCSC := $(O)/tests/fake/libpcsclite.so.1
FAKE_TOKEN := $(wildcard src/*.c $(APP_ROOMS:%=%/*.c)) \
	firmware/port/sim/board.c firmware/port/sim/nor.c
$(O)/tests/unit/token/hid_test: $(FAKE_HID)
$(O)/tests/unit/token/pcsc_test: $(FAKE_PCSC)
$(filter $(O)/tests/unit/token/%,$(UNIT)): \
    LDFLAGS += -Wl,--disable-new-dtags,-rpath,'$$ORIGIN/../../fake'
$(FAKE_HID): tests/fake/hidapi.c
$(FAKE_PCSC): tests/fake/pcsclite.c
$(FAKE_HID) $(FAKE_PCSC): $(FAKE_TOKEN) $(wildcard src/*.h firmware/*/*.h \
		$(APP_ROOMS:%=%/*.h) firmware/port/sim/*.h tests/fake/*.h tests/lib/*.h)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(CC) $(filter-out -MMD -MP,$(ALL_CFLAGS)) -fPIC \
	    -fvisibility=hidden -shared -o $@ $(filter %.c,$^)

$(DRIVER): $(O)/%: $(O)/obj/%.o $(call archive,src)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link)

CORE_BENCH := $(O)/tests/bench/core_bench
AGENT_BENCH := $(O)/tests/bench/agent_bench
BENCH := $(CORE_BENCH) $(AGENT_BENCH)
$(AGENT_BENCH): $(O)/%: $(O)/obj/%.o
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link)

$(CORE_BENCH): $(O)/%: $(O)/obj/%.o $(call archive,src)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link) -loath -lcrypto

$(FUZZ): $(O)/%: $(O)/obj/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link) -fsanitize=fuzzer -Wl,--as-needed $(TEST_LIBS)

# --- GCC's analyzer over each file of the product that a PC compiles --------
# At -O1: without, GCC 12 loses sight of a variable when it sees a store of a
# length that it does not know, and calls it unset.
ANALYZER_CC ?= gcc
# By their whole names: a folder may be called as a file is without its ending.
ANALYZED := $(SOURCES:%=$(O)/analysis/%)

analyze: $(ANALYZED) ## look through every file with GCC's analyzer

$(ANALYZED): $(O)/analysis/%: % Makefile tests/tests.mk
	@mkdir -p $(@D)
	@echo "  LOOK  $<"
	$(Q)$(ANALYZER_CC) -std=c11 -D_GNU_SOURCE -DFOB_VERSION='"$(VERSION)"' \
	    $(USB_NUMBERS) -I. -O1 -fanalyzer -Werror -MMD -MP -MF $@.d -MT $@ -S \
	    -o /dev/null $<
	$(Q)touch $@

# --- the core's tests on a Cortex-M0, for QEMU ------------------------------
ARM_CC ?= arm-none-eabi-gcc
ARM_CFLAGS = -std=c11 -O2 -g -mcpu=cortex-m0plus -mthumb -I. -MMD -MP $(WARN)
ARM_UNIT := $(patsubst %.c,$(O)/arm/%.elf,\
	$(filter-out %_openssl_test.c,$(wildcard tests/unit/src/*_test.c)))
ARM_CORE := $(patsubst %.c,$(O)/arm/%.o,$(wildcard src/*.c))

arm-unit: $(ARM_UNIT) ## the core's unit tests, for a Cortex-M0

$(O)/arm/%.o: %.c Makefile tests/tests.mk
	@mkdir -p $(@D)
	@echo "  CC    $< (arm)"
	$(Q)$(ARM_CC) $(ARM_CFLAGS) -c -o $@ $<

$(O)/arm/src.a: $(ARM_CORE)
	$(Q)rm -f $@ && arm-none-eabi-ar rcs $@ $^

$(ARM_UNIT): %.elf: %.o $(O)/arm/tests/lib/arm_start.o $(O)/arm/src.a \
		tests/lib/arm.ld
	@echo "  LD    $@"
	$(Q)$(ARM_CC) -mcpu=cortex-m0plus -mthumb -nostartfiles \
	    --specs=nano.specs --specs=rdimon.specs -T tests/lib/arm.ld \
	    -o $@ $(filter %.o %.a,$^)

# --- the emulator, from npm, for the image as it is -------------------------
EMU := $(O)/emu/node_modules/.package-lock.json

emu: $(EMU) ## the emulator that runs the image in tests

$(EMU): tests/emu/package.json tests/emu/package-lock.json
	@mkdir -p $(O)/emu
	@echo "  NPM   rp2040js"
	$(Q)cp $^ $(O)/emu && cd $(O)/emu && \
	    npm ci --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null

# --- another reader of QR codes, for the gallery -----------------------------
ZXING := $(O)/zxing/node_modules/.package-lock.json

zxing: $(ZXING) ## zxing-wasm, which make bench compares fob-qr with

$(ZXING): tests/gallery/package.json tests/gallery/package-lock.json
	@mkdir -p $(O)/zxing
	@echo "  NPM   zxing-wasm"
	$(Q)cp $^ $(O)/zxing && cd $(O)/zxing && \
	    npm ci --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null

# --- the JavaScript SDK: a client of fob, and its endpoint rules --------------
SDK := $(O)/sdk/node_modules/.package-lock.json

sdk: $(SDK) ## the JavaScript SDK, for tests

$(SDK): tests/e2e/sdk/package.json tests/e2e/sdk/package-lock.json
	@mkdir -p $(O)/sdk
	@echo "  NPM   the JavaScript SDK"
	$(Q)cp $^ $(O)/sdk && cd $(O)/sdk && \
	    npm ci --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null

# --- other readers of otpauth URIs --------------------------------------------
READERS := $(O)/readers/node_modules/.package-lock.json

readers: $(READERS) ## other readers of otpauth URIs, for tests

$(READERS): tests/vectors/otpauth/package.json \
		tests/vectors/otpauth/package-lock.json
	@mkdir -p $(O)/readers
	@echo "  NPM   otpauth, otplib"
	$(Q)cp $^ $(O)/readers && cd $(O)/readers && \
	    npm ci --loglevel=error --ignore-scripts --no-audit --no-fund >/dev/null

# --- a port to plug the image into, for programs under umockdev -------------
PLUG := $(O)/tests/usb/plug
UMOCKDEV = $(shell pkg-config $(1) umockdev-1.0)

# What fob-flash's walls let through, of a bus that is mocked.
OPEN_WALLS := $(O)/tests/usb/open_walls.so

plug: $(PLUG) $(OPEN_WALLS) ## what plugs the image into a mocked USB bus

$(OPEN_WALLS): tests/usb/open_walls.c
	@mkdir -p $(@D)
	@echo "  LD    $(@:$(O)/%=%)"
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -I. -O2 -g $(WARN) -Wno-pedantic \
	    -fPIC -shared -o $@ $< -lseccomp

$(PLUG): $(filter-out tests/usb/open_walls.c,\
		$(wildcard tests/usb/*.c tests/usb/*.h))
	@mkdir -p $(@D)
	@echo "  CC    $(@:$(O)/%=%)"
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -I. -O2 -g $(WARN) \
	    $(patsubst -I%,-isystem %,$(call UMOCKDEV,--cflags)) -o $@ \
	    $(filter %.c,$^) $(call UMOCKDEV,--libs) -lpthread

# --- Debian's kernel and a program for it, to plug the image into -----------
VM := $(O)/vm
VM_MODULES := usb-common usbcore xhci-hcd xhci-pci hid hid-generic usbhid e1000
VM_KERNEL := $(VM)/vmlinuz $(VM_MODULES:%=$(VM)/%.ko)

vm: $(VM_KERNEL) $(VM)/guest ## a kernel and a guest for it, for tests

$(VM_KERNEL) &:
	@mkdir -p $(VM)/new
	@echo "  GET   linux-image"
	$(Q)cd $(VM)/new && apt-get -q -o APT::Sandbox::User=root download \
	    $$(apt-cache depends linux-image-amd64 | \
	    awk '/Depends: linux-image/ { print $$2; exit }') >/dev/null
	$(Q)dpkg-deb --fsys-tarfile $(VM)/new/*.deb | tar -x -C $(VM)/new \
	    --wildcards './boot/vmlinuz*' $(VM_MODULES:%='*/%.ko')
	$(Q)find $(VM)/new -name '*.ko' -exec mv {} $(VM)/ \; && \
	    mv $(VM)/new/boot/vmlinuz* $(VM)/vmlinuz && rm -rf $(VM)/new

$(VM)/guest: tests/vm/guest.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) -Wno-cast-qual \
	    -isystem /usr/include/PCSC -o $@ $< -lusb-1.0 -lpcsclite

# On all processors.
all_cores = $(MAKE) --no-print-directory -j$(shell nproc)

# Variants of the whole build, each under its own folder.
asan = $(all_cores) O=build/asan SANITIZE=1 WERROR=1
fuzzing = $(all_cores) O=build/fuzz SANITIZE=1 WERROR=1 \
	CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link'

check-build: ## build everything that the tests run
	$(Q)$(all_cores) WERROR=1 all sim
	$(Q)$(asan) all sim unit
	$(Q)$(all_cores) WERROR=1 arm-unit firmware emu \
	    sdk readers plug $(if $(findstring x86_64,$(MACHINE)),vm)

check: deps ## build everything and run all tests
	$(Q)$(MAKE) --no-print-directory check-build
	$(Q)$(fuzzing) fuzzers
	$(Q)tests/run

check-quick: check-build ## all but the tests that take long
	$(Q)tests/run --quick

check-long: check-build ## whole what make check has samples of: hours
	$(Q)KILLS=all ROUNDS=500 SEED=random GALLERY=all \
	    tests/run model fault e2e/007

lint: ## run the tests of the source tree alone
	$(Q)tests/run lint

fuzz: ## run each fuzzer for T seconds
	$(Q)$(fuzzing) fuzzers
	$(Q)tests/fuzz/run --seconds $(T)

bench: deps ## measure, and compare with the limits
	$(Q)$(all_cores) all firmware emu zxing $(BENCH)
	$(Q)O=$(abspath $(O)) tests/bench/run

## ACTS: all has make demo show more than the main job; empty
ACTS ?=
demo: demo-deps ## show fob at work, against a local AWS
	$(Q)$(all_cores) all sim firmware emu plug
	$(Q)ACTS=$(ACTS) tests/demo

.PHONY: analyze unit fuzzers arm-unit emu vm sdk readers zxing plug check-build check check-quick check-long lint fuzz \
	bench demo
-include $(shell find $(O)/analysis -name '*.d' 2>/dev/null)
-include $(shell find $(O)/arm -name '*.d' 2>/dev/null)
