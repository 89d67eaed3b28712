#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// What the token's image costs, beside its budgets; O is the build folder.
import { LIMITS, measure } from "../emu/measure.mjs";

const CODES = 10000;
for (const [what, value] of Object.entries(measure(CODES))) {
  const limit = LIMITS[what] ? `at most ${LIMITS[what]}` : "";
  console.log(`  ${what.padEnd(38)} ${String(value).padStart(8)}  ${limit}`);
}
