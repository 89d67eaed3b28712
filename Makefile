# SPDX-License-Identifier: MIT
# The only build a person calls: see `make help`.
VERSION := 0.1.0

## O: the folder for all that is built; build
O ?= build
## PREFIX: what install and uninstall work under; /usr/local
PREFIX ?= /usr/local
## DESTDIR: what goes before PREFIX, for packages; empty
DESTDIR ?=
BINDIR = $(DESTDIR)$(PREFIX)/bin
LIBEXECDIR = $(DESTDIR)$(PREFIX)/libexec/fob
MANDIR = $(DESTDIR)$(PREFIX)/share/man
DOCDIR = $(DESTDIR)$(PREFIX)/share/doc/fob
# Where bash-completion, zsh and fish look for what programs bring along.
COMPLETION_bash = $(DESTDIR)$(PREFIX)/share/bash-completion/completions/fob
COMPLETION_zsh = $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_fob
COMPLETION_fish = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/fob.fish
SHELLS := bash zsh fish
RULESDIR = $(DESTDIR)$(PREFIX)/lib/udev/rules.d

## CC: the compiler of the desktop's programs; cc
## CFLAGS: how to compile, besides what fob always asks for; -O2 -g
CFLAGS ?= -O2 -g
## CPPFLAGS: more for the compiler; empty
## LDFLAGS: more for the linker; empty
## T: seconds that make fuzz gives each fuzzer; 30
T ?= 30
## V: 1 shows each command as it is run; empty
Q := $(if $(V),,@)
MAKEFLAGS += --no-builtin-rules

# --- compiler settings ------------------------------------------------------
## WERROR: 1 makes a warning an error; empty
## SANITIZE: 1 builds with the address and undefined behaviour sanitizers; empty
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
# Bounds known at run time (glibc 2.34, GCC 12 or clang 9), and nothing on the
# stack that is read before it is set (GCC 12, clang 16), where there are these.
FORTIFY := $(lastword $(shell echo __USE_FORTIFY_LEVEL | $(CC) -O2 -E -P \
	-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -include features.h - 2>/dev/null))
ZERO := $(shell $(CC) -ftrivial-auto-var-init=zero -fsyntax-only -x c \
	/dev/null 2>/dev/null && echo -ftrivial-auto-var-init=zero)
HARDEN += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(if \
	$(filter 3,$(FORTIFY)),3,2) $(ZERO)
endif
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DFOB_VERSION='"$(VERSION)"' -I. \
	-MMD -MP $(WARN) $(HARDEN) $(CFLAGS) $(CPPFLAGS)
ALL_LDFLAGS = $(HARDEN) -pie -Wl,-z,relro,-z,now,-z,noexecstack \
	-Wl,--as-needed $(LDFLAGS)
# A third of what a short command takes is the loading of libc.  Not with the
# sanitizers, which have to stand in for parts of it.
## STATIC: 1 links fob with libc inside, empty does not; 1 where libc.a is there
STATIC ?= $(if $(SANITIZE),,$(shell echo 'int main(void){return 0;}' | \
	$(CC) -static-pie -x c -o /dev/null - 2>/dev/null && echo 1))

# --- what there is ----------------------------------------------------------
# A folder is an archive; a room of a large folder is a folder of its own.
folders = $(patsubst %/,%,$(sort $(dir $(wildcard $(1)/*.c $(1)/*/*.c))))
APP_ROOMS := $(call folders,firmware/app)
FOLDERS := $(call folders,host/*) src \
	$(APP_ROOMS) firmware/usb firmware/bus firmware/port/sim
# A program is a folder of host with its rooms, all of it, and what it needs
# from the archives: see "programs".
PROGRAMS := fob fob-agent fob-net fob-qr fob-flash
MAINS := $(wildcard host/*/main.c) firmware/port/sim/main.c
# Two homes for secrets, one interface: each program names the one it has.
SECRET_ALLOCATORS := host/base/secret_mmap.c host/base/secret_heap.c
SOURCES := $(foreach f,$(FOLDERS),$(wildcard $(f)/*.c))
HEADERS := $(foreach f,$(FOLDERS),$(wildcard $(f)/*.h))
archive = $(O)/lib/$(subst /,-,$(1)).a
objects = $(patsubst %.c,$(O)/obj/%.o,$(1))
ARCHIVES := $(foreach f,$(FOLDERS),$(call archive,$(f)))
MMAP_ALLOCATOR := $(call objects,host/base/secret_mmap.c)
HEAP_ALLOCATOR := $(call objects,host/base/secret_heap.c)

all: $(PROGRAMS:%=$(O)/%) ## all programs of the desktop, into O

# Each target and each variable says what it is where it is made: behind "##".
HELP_FILES := Makefile firmware/firmware.mk tests/tests.mk
help: ## this
	@echo 'To begin: make deps, make, make demo.  Before a commit: make format'
	@echo 'check-quick.  What is built goes to build/, and runs there.'
	@echo; echo 'Targets:'
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1\t\2/p' $(HELP_FILES) | \
	    sort | awk -F'\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo; echo 'Variables, as in make V=1 all:'
	@sed -n 's/^## \([A-Z_]*\): \(.*\)/\1\t\2/p' $(HELP_FILES) | \
	    sort | awk -F'\t' '{ printf "  %-12s %s\n", $$1, $$2 }'

# --- programs ---------------------------------------------------------------
# In whatever order: no two files that meet here define the same name.
link = $(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) \
	-Wl,--start-group $(filter %.a,$^) -Wl,--end-group

# What each program has of the archives (and of the two homes), and the
# libraries.  fob links nothing that holds or spends a secret.
fob_FOLDER := cli
fob_PARTS := host/client host/wire host/config host/base src
fob_ALLOCATOR := $(MMAP_ALLOCATOR)
fob_LIBS = $(if $(STATIC),-static-pie)

fob-agent_FOLDER := agent
fob-agent_PARTS := host/sandbox host/wire host/token \
	$(call folders,host/import) host/export host/vault host/vault/backup \
	host/config host/aws host/aws/partition host/base src
fob-agent_ALLOCATOR := $(HEAP_ALLOCATOR)
fob-agent_LIBS := -lcrypto -lpthread

fob-net_FOLDER := net
fob-net_PARTS := host/sandbox host/aws host/base src
fob-net_ALLOCATOR := $(MMAP_ALLOCATOR)
fob-net_LIBS := -lcurl -lexpat -ljansson -lseccomp

fob-qr_FOLDER := qr
fob-qr_PARTS := host/sandbox host/base src
fob-qr_ALLOCATOR := $(MMAP_ALLOCATOR)
fob-qr_LIBS := -lm -lzbar -lpng -ljpeg -lwebp -lqrencode -lseccomp

fob-flash_FOLDER := flash
fob-flash_PARTS := host/sandbox host/base src
fob-flash_ALLOCATOR := $(MMAP_ALLOCATOR)
fob-flash_LIBS := -lusb-1.0 -lseccomp

define program_rule
$(O)/$(1): $(call objects,$(wildcard $(addsuffix /*.c,\
		$(call folders,host/$($(1)_FOLDER))))) \
		$($(1)_ALLOCATOR) $(foreach f,$($(1)_PARTS),$(call archive,$(f)))
	@echo "  LD    $$@ ($$(notdir $$(filter %.a,$$^)))"
	$$(Q)$$(link) $($(1)_LIBS)
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rule,$(p))))

$(O)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# What is not there is told before the compiler fails of it.
LIBRARIES := openssl/evp.h curl/curl.h expat.h jansson.h zbar.h png.h \
	jpeglib.h webp/decode.h qrencode.h seccomp.h hidapi/hidapi.h libusb-1.0/libusb.h
$(call objects,$(filter host/%,$(SOURCES))): | $(O)/obj/libraries
$(O)/obj/libraries: Makefile
	@mkdir -p $(@D)
	@need=; for h in $(LIBRARIES); do echo "#include <$$h>" | \
	    $(CC) $(CPPFLAGS) -E -x c - >/dev/null 2>&1 || need="$$need $$h"; \
	done; [ -z "$$need" ] || \
	    { echo "not found:$$need; run: make deps" >&2; exit 1; }
	@touch $@

define archive_rule
$(call archive,$(1)): $(call objects,$(filter-out $(MAINS) $(SECRET_ALLOCATORS),\
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
	libjpeg62-turbo-dev libwebp-dev libqrencode-dev libseccomp-dev \
	libhidapi-dev libhidapi-hidraw0 libusb-1.0-0-dev
DEPS_FOR_deps := $(DEMO_DEPS) $(TEST_DEPS)
DEPS_FOR_demo-deps := $(DEMO_DEPS)
deps: ## install what building and testing need, from Debian
demo-deps: ## install what building and the demonstration need, from Debian
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
# Of docs/ what users read; man pages name them.
PAGES := backup-format containers from-aws-vault hardware recipes recovery ssh \
	threat-model vault-format
install: all ## the programs, pages and completions, under PREFIX
	install -d $(BINDIR) $(LIBEXECDIR) $(MANDIR)/man1 $(MANDIR)/man5 \
	    $(RULESDIR) $(DOCDIR)
	install -m 755 $(O)/fob $(BINDIR)/
	install -m 755 $(PROGRAMS:%=$(O)/%) $(LIBEXECDIR)/
	rm -f $(LIBEXECDIR)/fob
	install -m 644 host/flash/70-fob.rules $(RULESDIR)/
	$(if $(MAN1),install -m 644 $(MAN1) $(MANDIR)/man1/)
	$(if $(MAN5),install -m 644 $(MAN5) $(MANDIR)/man5/)
	install -m 644 $(PAGES:%=docs/%.md) $(DOCDIR)/
	$(foreach s,$(SHELLS),$(O)/fob completion $(s) >$(O)/fob.$(s) && \
	    install -D -m 644 $(O)/fob.$(s) $(COMPLETION_$(s)) &&) :

uninstall: ## take away what install put there
	rm -f $(BINDIR)/fob $(RULESDIR)/70-fob.rules \
	    $(MAN1:docs/man/%=$(MANDIR)/man1/%) \
	    $(MAN5:docs/man/%=$(MANDIR)/man5/%)
	rm -f $(foreach s,$(SHELLS),$(COMPLETION_$(s)))
	rm -rf $(LIBEXECDIR) $(DOCDIR)

format: ## lay out every C file as .clang-format has it
	clang-format -i $(shell git ls-files '*.c' '*.h')

clean: ## remove all that was built, of every kind
	rm -rf build

.PHONY: all help deps demo-deps install uninstall format clean
.DELETE_ON_ERROR:
-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)
