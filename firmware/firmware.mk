# SPDX-License-Identifier: MIT
# The token as a process; included by the Makefile.

SIM_PARTS := firmware/port/sim firmware/app src

sim: $(O)/fob-sim

$(O)/fob-sim: $(call objects,firmware/port/sim/main.c) \
		$(foreach f,$(SIM_PARTS),$(call archive,$(f)))
	@echo "  LD    $@"
	$(Q)$(link)

.PHONY: sim
