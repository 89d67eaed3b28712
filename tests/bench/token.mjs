#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// What the token's image costs, beside its budgets; O is the build folder.
import { LIMITS, measure } from "../emu/measure.mjs";
import {
  AFTER_WRITE_LIMIT_US, REPLY_LIMIT_US, measureReplies, slowest,
} from "../emu/replies.mjs";

const CODES = 10000;

function row(what, value, limit) {
  const wanted = limit ? `at most ${limit}` : "";
  console.log(`  ${what.padEnd(42)} ${String(value).padStart(8)}  ${wanted}`);
}

for (const [what, value] of Object.entries(measure(CODES)))
  row(what, value, LIMITS[what]);
for (const { what, face, us } of slowest(measureReplies(false)))
  row(`${face}: ${what}, us`, us, REPLY_LIMIT_US);
for (const { what, face, us } of slowest(measureReplies(true)))
  row(`${face}: ${what}, after a write, us`, us, AFTER_WRITE_LIMIT_US);
