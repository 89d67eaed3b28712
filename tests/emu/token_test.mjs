#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image as its owner meets it: codes on both faces, touch by button and
// by BOOTSEL, restarts, and what must not happen.
import assert from "node:assert/strict";
import { Board, freshFlash } from "./board.mjs";
import { Card, CcidClient, HidClient } from "./apdu.mjs";
import { Loader, Restart } from "./chip.mjs";
import { FLASH_LEN } from "./flash.mjs";
import { HAD_RUN } from "./blocks.mjs";
import { CODES, SEEDS } from "./vectors.mjs";
import { end, point } from "./tap.mjs";

const TOUCH = 2;
const FACES = { HID: HidClient, CCID: CcidClient };
const board = new Board();
board.plugIn();

for (const [name, Face] of Object.entries(FACES)) {
  const card = new Card(new Face(board));
  for (const [column, { hash, kind, key }] of SEEDS.entries())
    point(`RFC 6238 on ${name}: ${hash}`, () => {
      card.put(`${name}${hash}`, key, kind, 8);
      for (const [seconds, ...codes] of CODES)
        assert.equal(card.code(`${name}${hash}`, Math.floor(seconds / 30)),
          codes[column]);
    });
}

// --- a person ----------------------------------------------------------------
for (const [name, Face] of Object.entries(FACES)) {
  for (const [which, press] of [
    ["the button on GPIO 15", (down) => board.press(down)],
    ["BOOTSEL", (down) => { board.bootsel = down; }]])
    point(`a touch of ${which} lets one code out on ${name}`, () => {
      const card = new Card(new Face(board));
      card.put("touch", SEEDS[0].key, 0x21, 8, TOUCH);
      const seen = new Set();
      let waits = 0;
      const code = card.code("touch", 1, () => {
        seen.add(board.led);
        if (++waits === 8) press(true);
      });
      press(false);
      assert.equal(code, "94287082");
      assert.equal(waits >= 8, true);
      assert.deepEqual([...seen].sort(), [false, true], "the LED blinks");
      board.chip.run(100e6);
      assert.equal(board.led, false);
    });
}
point("without a touch there is none, after 15 s", () => {
  const card = new Card(new HidClient(board));
  const start = board.chip.nanos;
  assert.throws(() => card.code("touch", 2), /6982/);
  const waited = (board.chip.nanos - start) / 1e9;
  assert.ok(waited > 14.9 && waited < 15.2, `${waited} s`);
});
point("a button that is held down already is no touch", () => {
  board.press(true);
  board.chip.run(100e6);
  const card = new Card(new HidClient(board));
  assert.throws(() => card.code("touch", 2), /6982/);
  board.press(false);
});
point("the other face waits while one waits for a touch", () => {
  const hid = new HidClient(board);
  const card = new Card(new CcidClient(board));
  let refused = 0;
  card.code("touch", 1, () => {
    try {
      hid.transmit(Buffer.from("00a4040007a0000005272101", "hex"));
    } catch (fault) {
      assert.match(fault.message, /bf/);
      refused++;
    }
    if (refused === 3) board.press(true);
  });
  board.press(false);
  assert.ok(refused >= 3);
});

// --- lives -------------------------------------------------------------------
const FRESH = 0x10;
point("accounts are there after a replug, on both faces", () => {
  board.powerOn();
  board.plugIn();
  for (const Face of Object.values(FACES))
    assert.equal(new Card(new Face(board)).code("HIDSHA1", 1), "94287082");
});
point("power that arrives counts as a person for 10 s", () => {
  const card = new Card(new HidClient(board));
  const info = () => card.ask(0xf0);
  const flags = () => info()[info().indexOf(Buffer.from([0x82, 1])) + 2];
  assert.ok(flags() & FRESH);
  board.chip.run(10e9);
  assert.ok(!(flags() & FRESH));
});
for (const [what, reset] of [
  ["the RUN pin", { reason: HAD_RUN }],
  ["a watchdog", { watchdog: 1 }],
  ["a debugger", { scratch: [0x666f6221] }]])
  point(`a restart by ${what} does not`, () => {
    board.powerOn(reset);
    board.plugIn();
    const card = new Card(new HidClient(board));
    const info = card.ask(0xf0);
    assert.ok(!(info[info.indexOf(Buffer.from([0x82, 1])) + 2] & FRESH));
  });
point("the restart command restarts, and the token appears again", () => {
  board.powerOn();
  board.plugIn();
  new Card(new HidClient(board)).ask(0xf7, 0, 0);
  assert.throws(() => board.chip.run(1e9), Restart);
  board.restart();
  board.plugIn();
  assert.equal(new Card(new HidClient(board)).code("HIDSHA1", 1), "94287082");
});
point("the boot loader command leads into the ROM's USB loader", () => {
  board.powerOn();
  board.plugIn();
  new Card(new HidClient(board)).ask(0xf7, 0, 1);
  assert.throws(() => board.chip.run(1e9), Loader);
});
point("idle, it sleeps", () => {
  board.powerOn();
  board.plugIn();
  const before = board.chip.core.cycles;
  board.chip.run(1e9);
  const load = (board.chip.core.cycles - before) / 125e6;
  assert.ok(load < 0.02, `${load * 100} %`);
});

// --- what must not happen ----------------------------------------------------
point("the ROM refuses an image with one bit of boot2 flipped", () => {
  for (const at of [0, 100, 251, 255]) {
    const flash = freshFlash();
    flash.bytes[at] ^= 1;
    assert.equal(new Board(flash).start, "loader");
  }
});
point("a fetch from flash in command mode would be seen", () => {
  const other = new Board(freshFlash());
  other.chip.run(1e6);
  other.chip.setXip(false);
  assert.throws(() => other.chip.run(1e6), /invalid memory address/);
});
point("an access to an unmapped address would be seen", () => {
  assert.throws(() => board.chip.mcu.readUint32(0x60000000), /invalid/);
  assert.throws(() => board.chip.mcu.readUint32(0x40060000), /ROSC/);
});
point("the flash outside the store is never written", () => {
  const fresh = freshFlash().bytes;
  const store = FLASH_LEN - 32 * 4096;
  assert.ok(Buffer.compare(fresh.subarray(0, store),
    board.flash.bytes.subarray(0, store)) === 0);
});
point("without randomness there is no new secret, and no fall-back", () => {
  const other = new Board(freshFlash());
  other.randomWorks = false;
  other.powerOn();
  other.plugIn();
  const card = new Card(new HidClient(other));
  assert.throws(() => card.put("a", SEEDS[0].key), /6581|6982/);
});
point("a source that fails once stays failed until power-off", () => {
  const other = new Board(freshFlash());
  other.plugIn();
  const card = new Card(new HidClient(other));
  card.put("a", SEEDS[0].key);
  other.randomWorks = false;
  assert.throws(() => card.put("b", SEEDS[0].key), /6581/);
  other.randomWorks = true;
  assert.throws(() => card.put("b", SEEDS[0].key), /6581/);
  assert.equal(card.code("a", 37037036).length, 6);
  other.powerOn();
  other.plugIn();
  new Card(new HidClient(other)).put("b", SEEDS[0].key);
});
end();
