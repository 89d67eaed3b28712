#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The budgets of DESIGN, section 6, on the image just built.
import assert from "node:assert/strict";
import { LIMITS, measure } from "./measure.mjs";
import {
  AFTER_WRITE_LIMIT_US, REPLY_LIMIT_US, measureReplies, slowest,
} from "./replies.mjs";
import { end, point } from "./tap.mjs";

const CODES = 200; // wear is told by the benchmark, over many more
const found = measure(CODES);
for (const [what, limit] of Object.entries(LIMITS))
  point(`${what}: ${found[what]}, at most ${limit}`, () => {
    assert.ok(found[what] > 0);
    assert.ok(found[what] <= limit);
  });
for (const { what, face, accounts, us } of slowest(measureReplies(false)))
  point(`${face}: ${what}: ${us} microseconds, at most ${REPLY_LIMIT_US}`,
    () => assert.ok(us > 0 && us <= REPLY_LIMIT_US, `${us} with ${accounts}`));
for (const { what, face, accounts, us } of slowest(measureReplies(true)))
  point(`${face}: ${what}, after a write: ${us} microseconds, at most ${
    AFTER_WRITE_LIMIT_US}`,
  () => assert.ok(us <= AFTER_WRITE_LIMIT_US, `${us} with ${accounts}`));
end();
