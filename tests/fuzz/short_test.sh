#!/bin/sh
# SPDX-License-Identifier: MIT
# A few seconds of every fuzzer; `make fuzz T=seconds` for long runs.
exec "${PYTHON:-python3}" "$(dirname "$0")/run" --seconds 10 --jobs 2
