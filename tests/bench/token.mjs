#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// What the token's image costs, beside its budgets; O is the build folder.
import { LIMITS, measure } from "../emu/measure.mjs";
import { limitOf, measureReplies, slowest } from "../emu/replies.mjs";

const CODES = 10000;
// A flash that stands 100,000 erases of each of its 32 sectors, which take
// turns, has to last for a million codes.
const ERASES_MAX = 32 * 100000 * CODES / 1000000;
const limits = { ...LIMITS, [`erases per ${CODES} codes`]: ERASES_MAX };

function row(what, value, limit) {
  const isOver = !(value <= limit);
  const verdict = isOver ? ", which it is OVER" : "";
  console.log(`  ${what.padEnd(48)} ${String(value).padStart(8)}  at most ${
    limit}${verdict}`);
  if (isOver) process.exitCode = 1;
}

for (const [what, value] of Object.entries(measure(CODES)))
  row(what, value, limits[what]);
for (const afterWrite of [false, true])
  for (const reply of slowest(measureReplies(afterWrite)))
    row(`${reply.transport}: ${reply.what}${
      afterWrite ? ", after a write" : ""}, us`,
      reply.us, limitOf(reply));
