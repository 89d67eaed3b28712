# SPDX-License-Identifier: MIT
# The only build a person calls: see `make help`.
VERSION := 0.1.0

O ?= build
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR = $(DESTDIR)$(PREFIX)/bin
LIBEXECDIR = $(DESTDIR)$(PREFIX)/libexec/fob
MANDIR = $(DESTDIR)$(PREFIX)/share/man
# Where bash-completion, zsh and fish look for what programs bring along.
COMPLETION_bash = $(DESTDIR)$(PREFIX)/share/bash-completion/completions/fob
COMPLETION_zsh = $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_fob
COMPLETION_fish = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/fob.fish
SHELLS := bash zsh fish
RULESDIR = $(DESTDIR)$(PREFIX)/lib/udev/rules.d

CFLAGS ?= -O2 -g
T ?= 30
Q := $(if $(V),,@)
MAKEFLAGS += --no-builtin-rules

# --- compiler settings ------------------------------------------------------
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wundef -Wpointer-arith \
	-Wcast-qual -Wwrite-strings -Wformat=2 -Wvla -Wimplicit-fallthrough \
	$(if $(WERROR),-Werror)
MACHINE := $(shell $(CC) -dumpmachine 2>/dev/null)
HARDEN := -fstack-protector-strong -fPIE \
	$(if $(findstring x86_64,$(MACHINE)),-fcf-protection \
	-fstack-clash-protection)
ifdef SANITIZE
HARDEN += -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
else
HARDEN += -D_FORTIFY_SOURCE=2
endif
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DFOB_VERSION='"$(VERSION)"' -I. \
	-MMD -MP $(WARN) $(HARDEN) $(CFLAGS) $(CPPFLAGS)
ALL_LDFLAGS = $(HARDEN) -pie -Wl,-z,relro,-z,now,-z,noexecstack \
	-Wl,--as-needed $(LDFLAGS)

# --- what there is ----------------------------------------------------------
# A folder is an archive; a room of a large folder is a folder of its own.
AGENT_ROOMS := $(addprefix host/agent/,serve devices doctor keys iam mint \
	network tokens profile accounts state request)
APP_ROOMS := firmware/app $(addprefix firmware/app/,transport oath store log \
	peripherals)
CLI_ROOMS := $(addprefix host/cli/,endpoint call helper ui)
FOLDERS := host/cli $(CLI_ROOMS) host/agent $(AGENT_ROOMS) host/client \
	host/wire host/net host/qr host/flash host/token host/import host/aws \
	host/vault host/config host/base src \
	$(APP_ROOMS) firmware/usb firmware/bus firmware/port/sim
# A program is built once its main.c is there.
PROGRAMS := $(if $(wildcard host/cli/main.c),fob) \
	$(if $(wildcard host/agent/main.c),fob-agent) \
	$(if $(wildcard host/net/main.c),fob-net) \
	$(if $(wildcard host/qr/main.c),fob-qr) \
	$(if $(wildcard host/flash/main.c),fob-flash)
# A program is the main.c of its folder; the rest of a folder is an archive,
# from which the linker takes what the program needs and nothing else.
MAINS := host/cli/main.c host/agent/main.c host/net/main.c host/qr/main.c \
	host/flash/main.c firmware/port/sim/main.c
# Two homes for secrets, one interface: each program names the one it has.
SECRET_HOMES := host/base/secret_mmap.c host/base/secret_heap.c
SOURCES := $(foreach f,$(FOLDERS),$(wildcard $(f)/*.c))
HEADERS := $(foreach f,$(FOLDERS),$(wildcard $(f)/*.h))
archive = $(O)/lib/$(subst /,-,$(1)).a
objects = $(patsubst %.c,$(O)/obj/%.o,$(1))
ARCHIVES := $(foreach f,$(FOLDERS),$(call archive,$(f)))
MMAP_HOME := $(call objects,host/base/secret_mmap.c)
HEAP_HOME := $(call objects,host/base/secret_heap.c)

all: $(PROGRAMS:%=$(O)/%)

help:
	@echo 'all sim firmware deps demo check check-quick bench fuzz lint format' \
	    'install uninstall clean'

# --- programs ---------------------------------------------------------------
link = $(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) \
	-Wl,--start-group $(filter %.a,$^) -Wl,--end-group

CLI_PARTS := host/cli $(CLI_ROOMS) host/client host/wire host/config \
	host/base src
$(O)/fob: $(call objects,host/cli/main.c) $(MMAP_HOME) \
		$(foreach f,$(CLI_PARTS),$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link)

AGENT_PARTS := host/agent $(AGENT_ROOMS) host/wire host/token host/import \
	host/vault host/config host/aws host/base src
$(O)/fob-agent: $(call objects,host/agent/main.c) $(HEAP_HOME) \
		$(foreach f,$(AGENT_PARTS),$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link) -lcrypto -lpthread

$(O)/fob-net: $(call objects,host/net/main.c) $(MMAP_HOME) \
		$(foreach f,host/net host/aws host/base src,$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link) -lcurl -lexpat -ljansson

$(O)/fob-qr: $(call objects,host/qr/main.c) $(MMAP_HOME) \
		$(foreach f,host/qr host/base src,$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link) -lzbar -lpng -ljpeg -lqrencode -lseccomp

$(O)/fob-flash: $(call objects,host/flash/main.c) $(MMAP_HOME) \
		$(foreach f,host/flash host/base src,$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link) -lusb-1.0

$(O)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

define archive_rule
$(call archive,$(1)): $(call objects,$(filter-out $(MAINS) $(SECRET_HOMES),\
		$(wildcard $(1)/*.c)))
	@mkdir -p $$(@D)
	$(Q)rm -f $$@ && $(AR) rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call archive_rule,$(f))))

include firmware/firmware.mk
include tests/tests.mk

# --- what the project needs from Debian -------------------------------------
BUILD_DEPS := gcc libc6-dev linux-libc-dev libssl-dev libcurl4-openssl-dev \
	libexpat1-dev libjansson-dev libzbar-dev libpng-dev \
	libjpeg62-turbo-dev libqrencode-dev libseccomp-dev \
	libhidapi-dev libhidapi-hidraw0 libusb-1.0-0-dev
DEPS_FOR_deps := $(DEMO_DEPS) $(TEST_DEPS)
DEPS_FOR_demo-deps := $(DEMO_DEPS)
deps demo-deps:
	@need=; for p in $(BUILD_DEPS) $(DEPS_FOR_$@); do \
	    dpkg-query -W -f='$${db:Status-Status}\n' $$p 2>/dev/null | \
	    grep -qx installed || need="$$need $$p"; done; \
	[ -z "$$need" ] && exit 0; echo "installing:$$need"; \
	[ "$$(id -u)" = 0 ] && as= || as=sudo; \
	$$as apt-get update -q >/dev/null && $$as env \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
	    --no-install-recommends $$need >$${TMPDIR:-/tmp}/fob-deps.log || \
	{ tail -n 20 $${TMPDIR:-/tmp}/fob-deps.log; exit 1; }

# --- installing -------------------------------------------------------------
MAN1 := $(wildcard docs/man/*.1)
MAN5 := $(wildcard docs/man/*.5)
install: all
	install -d $(BINDIR) $(LIBEXECDIR) $(MANDIR)/man1 $(MANDIR)/man5 \
	    $(RULESDIR)
	install -m 755 $(O)/fob $(BINDIR)/
	install -m 755 $(PROGRAMS:%=$(O)/%) $(LIBEXECDIR)/
	rm -f $(LIBEXECDIR)/fob
	install -m 644 host/flash/70-fob.rules $(RULESDIR)/
	$(if $(MAN1),install -m 644 $(MAN1) $(MANDIR)/man1/)
	$(if $(MAN5),install -m 644 $(MAN5) $(MANDIR)/man5/)
	$(foreach s,$(SHELLS),$(O)/fob completion $(s) >$(O)/fob.$(s) && \
	    install -D -m 644 $(O)/fob.$(s) $(COMPLETION_$(s)) &&) :

uninstall:
	rm -f $(BINDIR)/fob $(RULESDIR)/70-fob.rules \
	    $(MAN1:docs/man/%=$(MANDIR)/man1/%) \
	    $(MAN5:docs/man/%=$(MANDIR)/man5/%)
	rm -f $(foreach s,$(SHELLS),$(COMPLETION_$(s)))
	rm -rf $(LIBEXECDIR)

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

clean:
	rm -rf build

.PHONY: all help deps demo-deps install uninstall format clean
.DELETE_ON_ERROR:
-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)
