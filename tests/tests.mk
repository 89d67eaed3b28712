# SPDX-License-Identifier: MIT
# Building and running the tests; included by the Makefile.
TEST_DEPS := clang clang-format llvm libclang-rt-14-dev shellcheck mandoc \
	oathtool liboath-dev zbar-tools qrencode python3 python3-botocore \
	python3-boto3 strace qemu-system-arm gcc-arm-none-eabi \
	libnewlib-arm-none-eabi ca-certificates procps \
	$(if $(shell command -v aws),,awscli)

TEST_LIBS := -lcrypto -lcurl -lexpat -ljansson -lzbar -lpng -ljpeg \
	-lqrencode -lseccomp -lpthread
# A driver is a program that a script test talks to.
UNIT_SOURCES := $(wildcard tests/unit/*/*_test.c tests/unit/*/*_driver.c)
UNIT := $(UNIT_SOURCES:%.c=$(O)/%)
FUZZ_SOURCES := $(wildcard tests/fuzz/*_fuzz.c)
FUZZ := $(FUZZ_SOURCES:%.c=$(O)/%)

unit: $(UNIT)
fuzzers: $(FUZZ)

# A test or fuzzer is one file over all the archives.
$(UNIT): $(O)/%: $(O)/obj/%.o $(HEAP_HOME) $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link) -Wl,--as-needed $(TEST_LIBS)

$(FUZZ): $(O)/%: $(O)/obj/%.o $(HEAP_HOME) $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "  LD    $@"
	$(Q)$(link) -fsanitize=fuzzer -Wl,--as-needed $(TEST_LIBS)

# Variants of the whole build, each under its own folder.
asan = $(MAKE) --no-print-directory O=build/asan SANITIZE=1 WERROR=1
fuzzing = $(MAKE) --no-print-directory O=build/fuzz SANITIZE=1 WERROR=1 \
	CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link'

check-build:
	$(Q)$(MAKE) --no-print-directory WERROR=1 all
	$(Q)$(asan) all unit

check: deps
	$(Q)$(MAKE) --no-print-directory check-build
	$(Q)$(fuzzing) fuzzers
	$(Q)tests/run

check-quick: check-build
	$(Q)tests/run --quick

lint:
	$(Q)tests/run lint

fuzz:
	$(Q)$(fuzzing) fuzzers
	$(Q)tests/fuzz/run --seconds $(T)

bench: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/bench/run

demo: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/demo

.PHONY: unit fuzzers check-build check check-quick lint fuzz bench demo
