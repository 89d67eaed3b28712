#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image just built keeps within the budgets of docs/hardware.md.
import assert from "node:assert/strict";
import { LIMITS, measure } from "./measure.mjs";
import { limitOf, measureReplies, slowest } from "./replies.mjs";
import { end, point } from "./tap.mjs";

const CODES = Number(process.env.CODES ?? 200); // the benchmark has 10,000
const found = measure(CODES);
for (const [what, limit] of Object.entries(LIMITS))
  point(`${what}: ${found[what]}, at most ${limit}`, () => {
    assert.ok(found[what] > 0 || limit === 0);
    assert.ok(found[what] <= limit);
  });
for (const afterWrite of [false, true])
  for (const reply of slowest(measureReplies(afterWrite))) {
    const { what, transport, accounts, us } = reply;
    const limit = limitOf(reply);
    const when = afterWrite ? ", after a write" : "";
    point(`${transport}: ${what}${when}: ${us} microseconds, at most ${limit}`,
      () => assert.ok(us > 0 && us <= limit, `${us} with ${accounts}`));
  }
end();
