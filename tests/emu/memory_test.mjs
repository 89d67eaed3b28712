#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image's own memcpy, memset and memcmp against JavaScript's, for every
// alignment and length, and what stands around them.
import assert from "node:assert/strict";
import { Board, freshFlash } from "./board.mjs";
import { RAM } from "./chip.mjs";
import { SCRATCH, call } from "./calls.mjs";
import { end, point } from "./tap.mjs";

const { chip } = new Board(freshFlash());
while (!chip.core.waiting) chip.run(1e6); // for flash to be within reach
const LEN_MAX = 70;
const ROOM = 256;
const [TO, FROM] = [SCRATCH, SCRATCH + ROOM];
const area = (at) => chip.mcu.sram.subarray(at - RAM, at - RAM + ROOM);

function each(action) {
  for (let to = 0; to < 4; to++)
    for (let from = 0; from < 4; from++)
      for (let len = 0; len <= LEN_MAX; len++) action(to, from, len);
}

function paint() {
  area(TO).forEach((_, i, bytes) => { bytes[i] = 0x80 + i; });
  area(FROM).forEach((_, i, bytes) => { bytes[i] = 3 * i + 1; });
}

function gives(expected, what) {
  assert.ok(Buffer.compare(area(TO), expected) === 0, what);
}

point("memcpy", () => each((to, from, len) => {
  paint();
  const expected = Buffer.from(area(TO));
  expected.set(area(FROM).subarray(from, from + len), to);
  call(chip, "memcpy", TO + to, FROM + from, len);
  assert.equal(chip.core.registers[0], TO + to);
  gives(expected, `${to} ${from} ${len}`);
}));
point("memset, of whose value the low byte counts", () => {
  each((to, value, len) => {
    paint();
    const expected = Buffer.from(area(TO)).fill(0x50 + value, to, to + len);
    call(chip, "memset", TO + to, 0xabcd50 + value, len);
    assert.equal(chip.core.registers[0], TO + to);
    gives(expected, `${to} ${value} ${len}`);
  });
});
point("memcmp, by unsigned bytes", () => {
  each((to, from, len) => {
    paint();
    area(FROM).set(area(TO).subarray(to, to + len), from);
    const compare = () => {
      call(chip, "memcmp", TO + to, FROM + from, len);
      return Math.sign(chip.core.registers[0] | 0);
    };
    assert.equal(compare(), 0);
    if (len === 0) return;
    area(FROM)[from + len - 1] ^= 0x80;
    assert.equal(compare(), Math.sign(
      area(TO)[to + len - 1] - area(FROM)[from + len - 1]));
  });
});
end();
