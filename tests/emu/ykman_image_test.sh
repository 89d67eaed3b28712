#!/bin/sh
# SPDX-License-Identifier: MIT
# What ykman_sim_test.py asks of the simulated token, of the real image.
TOP=${TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
export TOP FOB_SIM="$TOP/tests/emu/serve.mjs"
exec "${PYTHON:-python3}" "$TOP/tests/emu/ykman_sim_test.py"
