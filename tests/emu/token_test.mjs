#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image as its owner meets it: codes on both transports, touch by button and
// by BOOTSEL, restarts, and what must not happen.
import assert from "node:assert/strict";
import { Board, freshFlash } from "./board.mjs";
import { CCID, Card, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { Loader, Restart } from "./chip.mjs";
import { FLASH_LEN } from "./flash.mjs";
import { HAD_RUN } from "./blocks.mjs";
import { CODES, SEEDS } from "./vectors.mjs";
import { end, point } from "./tap.mjs";

const [GUARDED, TOUCH] = [1, 2];
const [HID_APDU, HID_CANCEL] = [0x83, 0x91];
const TRANSPORTS = { HID: HidClient, CCID: CcidClient };
const board = new Board();
board.plugIn();

for (const [name, Transport] of Object.entries(TRANSPORTS)) {
  const card = new Card(new Transport(board));
  for (const [column, { hash, kind, key }] of SEEDS.entries())
    point(`RFC 6238 on ${name}: ${hash}`, () => {
      card.put(`${name}${hash}`, key, kind, 8);
      for (const [seconds, ...codes] of CODES)
        assert.equal(card.code(`${name}${hash}`, Math.floor(seconds / 30)),
          codes[column]);
    });
}

/** CALCULATE of the account with touch. */
function touchCode(step) {
  const challenge = Buffer.alloc(8);
  challenge.writeBigUInt64BE(BigInt(step));
  const data = Buffer.concat(
    [tlv(0x71, Buffer.from("touch")), tlv(0x74, challenge)]);
  return Buffer.concat([Buffer.from([0, 0xa2, 0, 1, data.length]), data]);
}

point("a crystal that takes 60 ms to swing is waited for", () => {
  const slow = new Board(freshFlash(), { crystalNs: 60e6 });
  slow.plugIn();
  new Card(new HidClient(slow));
});

// --- a person ----------------------------------------------------------------
for (const [name, Transport] of Object.entries(TRANSPORTS)) {
  for (const [which, press] of [
    ["the button on GPIO 15", (down) => board.press(down)],
    ["BOOTSEL", (down) => { board.bootsel = down; }]])
    point(`a touch of ${which} lets one code out on ${name}`, () => {
      const card = new Card(new Transport(board));
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
point("the other transport waits while one waits for a touch", () => {
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

for (const [name, Transport] of Object.entries(TRANSPORTS))
  point(`a step of the future is not given untouched on ${name}`, () => {
    const card = new Card(new Transport(board));
    card.put("guarded", SEEDS[0].key, 0x21, 8, GUARDED);
    card.code("guarded", 1000);
    const start = board.chip.nanos;
    assert.throws(() => card.code("guarded", 5000), /6982/);
    assert.ok(board.chip.nanos - start > 14.9e9, "it waits for a touch");
    assert.throws(() => card.code("guarded", 999), /6982/);
    assert.equal(card.code("guarded", 1001).length, 8);
  });
point("HID's CANCEL ends a wait", () => {
  const hid = new HidClient(board);
  new Card(hid);
  hid.put(HID_APDU, touchCode(3));
  board.chip.run(300e6);
  hid.put(HID_CANCEL, Buffer.alloc(0));
  const start = board.chip.nanos;
  assert.equal(hid.get(1e9).data.toString("hex"), "6982");
  assert.ok(board.chip.nanos - start < 1e9);
});
point("CCID's ABORT ends a wait, asked for on both its pipes", () => {
  const ccid = new CcidClient(board);
  new Card(ccid);
  let waits = 0;
  const answer = ccid.transmit(touchCode(3), () => {
    if (++waits === 2) board.host.request(0x21, 1, ccid.sequence << 8, 1);
  });
  assert.equal(answer.toString("hex"), "6982");
  assert.equal(waits, 2);
  assert.equal(ccid.exchange(0x72, Buffer.alloc(0)).length, 0);
});

// --- forms -------------------------------------------------------------------
for (const [name, Transport] of Object.entries(TRANSPORTS))
  point(`extended APDUs on ${name}, a key of 128 bytes among them`, () => {
    const transport = new Transport(board);
    new Card(transport);
    const key = Buffer.from(Array.from({ length: 128 }, (_, i) => i));
    const data = Buffer.concat([tlv(0x71, Buffer.from("wide")),
      tlv(0x73, Buffer.concat([Buffer.from([0x23, 6]), key]))]);
    const put = Buffer.from([0, 1, 0, 0, 0, 0, data.length]);
    assert.equal(transport.transmit(Buffer.concat([put, data])).toString("hex"),
      "9000");
    // openssl dgst -sha512 -mac HMAC, truncated
    assert.equal(transport.transmit(Buffer.from(
      "00a20001000010710477696465740800000000000000010000", "hex"))
      .toString("hex"), "7605066349007b9000");
  });
point("a command in three messages of CCID", () => {
  const ccid = new CcidClient(board);
  const whole = Buffer.from("00a4040007a0000005272101", "hex");
  const part = (from, to, level) => {
    ccid.put(0x6f, whole.subarray(from, to), level);
    return Buffer.from(board.host.receiveAll(CCID));
  };
  assert.equal(part(0, 4, 1).subarray(7).toString("hex"), "000010");
  assert.equal(part(4, 6, 3).subarray(7).toString("hex"), "000010");
  const answer = part(6, 12, 2);
  assert.equal(answer.subarray(-2).toString("hex"), "9000");
  assert.equal(answer[10], 0x79);
});
point("INFO tells the version that the image is marked with", () => {
  const image = board.flash.bytes;
  const mark = Buffer.from("fob-firmware ");
  const at = Buffer.from(image.buffer).indexOf(mark) + mark.length;
  const version = Buffer.from(image.slice(at, image.indexOf(0, at)));
  const info = new Card(new HidClient(board)).ask(0xf0);
  assert.deepEqual(info.subarray(2, 2 + info[1]), version);
  assert.match(version.toString(), /^\d+\.\d+\.\d+/);
});

// --- lives -------------------------------------------------------------------
const FRESH = 0x10;
point("accounts are there after a replug, on both transports", () => {
  board.powerOn();
  board.plugIn();
  for (const Transport of Object.values(TRANSPORTS))
    assert.equal(new Card(new Transport(board)).code("HIDSHA1", 1), "94287082");
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
