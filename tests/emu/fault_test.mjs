#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// A program that goes wrong: faults of the processor, a stack that runs over,
// a loop that hangs.  The token must come back by itself, locked, with all it
// kept, and with nothing in RAM of what it held before.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { Board, freshFlash, masterKey } from "./board.mjs";
import { Card, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { Loader, RAM, Restart } from "./chip.mjs";
import { takeFaults } from "./faults.mjs";
import { end, point } from "./tap.mjs";

const SEED = Buffer.from("12345678901234567890");
const CODE = "94287082"; // of SEED in step 1
const PASSPHRASE = Buffer.alloc(32, 0x5c);
const LOCKED = 0x02;
const CODE_AT = RAM + 0x30000;
const VECTORS = 0x10000100;
const UNMAPPED = 0x60000000;
const WATCHDOG_NS = 4e9;

// --- an unlocked token with secrets that are known ---------------------------

function prepare() {
  const board = new Board(freshFlash());
  board.plugIn();
  const card = new Card(new HidClient(board));
  const master = masterKey(board.flash.bytes);
  card.put("steady", SEED, 0x21, 8);
  card.put("counter", SEED, 0x11);
  card.ask(0xf2, 0, 0, Buffer.concat([
    tlv(0x90, Buffer.alloc(20)), tlv(0x73, PASSPHRASE)]));
  return { flash: board.flash, secrets: { master, SEED, PASSPHRASE } };
}

const { flash, secrets } = prepare();
const unlock = (card) => card.ask(0xf1, 0, 0, tlv(0x73, PASSPHRASE));
let counter = 0n; // of HOTP, RFC 4226

function useCounter(card) {
  const answer = card.ask(0xa2, 0, 0, Buffer.concat(
    [tlv(0x71, Buffer.from("counter")), Buffer.from([0x74, 0])]));
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(counter++);
  assert.deepEqual(answer.subarray(3),
    crypto.createHmac("sha1", SEED).update(moving).digest());
}

/** A board at work: unlocked, and having just given codes on both transports. */
function atWork() {
  const board = new Board(flash);
  board.plugIn();
  const card = new Card(new HidClient(board));
  unlock(card);
  new Card(new CcidClient(board)).code("steady", 1);
  useCounter(card);
  assert.ok(holds(board.chip.memory()).includes("master"), "it is unlocked");
  return board;
}

function holds({ sram, dpram }) {
  return Object.keys(secrets).filter((name) =>
    [sram, dpram].some((part) => Buffer.from(part).includes(secrets[name])));
}

/** Locked, with all it kept, and with none of what it held. */
function isBackLocked(board) {
  board.plugIn();
  const card = new Card(new HidClient(board));
  assert.deepEqual(holds(board.chip.memory()), []);
  const info = card.ask(0xf0);
  assert.equal(info[info.indexOf(Buffer.from([0x82, 1])) + 2] & 0x12, LOCKED,
    "locked, and nobody is taken to be there");
  assert.throws(() => card.code("steady", 1), /6982/);
  unlock(card);
  assert.equal(card.code("steady", 1), CODE);
  useCounter(card);
}

// --- ways to go wrong --------------------------------------------------------

/** Let the processor run this code, in RAM, whatever it did. */
function inject(chip, ...halfwords) {
  halfwords.forEach((halfword, i) =>
    chip.mcu.sramView.setUint16(CODE_AT - RAM + 2 * i, halfword, true));
  chip.core.PC = CODE_AT;
  chip.core.waiting = false;
}

const LDR_R0_R0 = 0x6800;
const PUSH_R4_LR = 0xb510;
const BACK_ONE = 0xe7fd; // b .-2
const HERE = 0xe7fe; // b .

function readUnmapped(chip) {
  inject(chip, LDR_R0_R0);
  chip.core.registers[0] = UNMAPPED;
}

const recurse = (chip) => inject(chip, PUSH_R4_LR, BACK_ONE);

/** Run until it restarts; how long that took. */
function restartsAfter(board) {
  const start = board.chip.nanos;
  assert.throws(() => board.chip.run(2 * WATCHDOG_NS), Restart);
  return board.chip.nanos - start;
}

point("a fault is taken as ARMv6-M has it: frame, mode, vector", () => {
  const { chip } = atWork();
  takeFaults(chip);
  readUnmapped(chip);
  const { core } = chip;
  const [sp, lr] = [core.SP, core.LR];
  core.registers[3] = 0x12345678;
  chip.step();
  const word = (n) => chip.mcu.readUint32(core.SP + 4 * n);
  assert.equal(core.SP, (sp - 32) & ~7);
  assert.deepEqual([word(0), word(3), word(5), word(6)],
    [UNMAPPED, 0x12345678, lr, CODE_AT]);
  assert.deepEqual([core.IPSR, core.LR], [3, 0xfffffff9]);
  assert.equal(core.PC, chip.mcu.readUint32(core.VTOR + 12) & ~1);
});
for (const [what, goWrong, frameless, limitNs] of [
  ["an access to an unmapped address", readUnmapped, false, 10e6],
  ["an access that is not aligned", (chip) => {
    readUnmapped(chip);
    chip.core.registers[0] = RAM + 2;
  }, false, 10e6],
  ["a jump to nowhere", (chip) => { chip.core.PC = UNMAPPED; }, false, 10e6],
  ["a stack that runs below RAM, handled", recurse, true, 10e6],
  ["a stack that runs below RAM, and a lock-up", recurse, false,
    WATCHDOG_NS]])
  point(`${what} restarts the token, locked, with nothing lost`, () => {
    const board = atWork();
    takeFaults(board.chip, frameless);
    goWrong(board.chip);
    const waited = restartsAfter(board);
    assert.ok(waited <= limitNs, `${waited / 1e6} ms`);
    board.restart();
    isBackLocked(board);
  });
point("so does a loop that hangs, within four seconds", () => {
  const board = atWork();
  inject(board.chip, HERE);
  const waited = restartsAfter(board);
  assert.ok(waited <= WATCHDOG_NS, `${waited / 1e6} ms`);
  assert.ok(holds(board.chip.memory()).includes("master"),
    "RAM outlives the watchdog");
  board.restart();
  isBackLocked(board);
});

// --- what RAM is left with ---------------------------------------------------
for (const [what, end, ask] of [
  ["a fault", Restart, (board) => {
    takeFaults(board.chip);
    readUnmapped(board.chip);
  }],
  ["the restart command", Restart, (board) =>
    new Card(new HidClient(board)).ask(0xf7, 0, 0)],
  ["the way into the boot loader", Loader, (board) =>
    new Card(new HidClient(board)).ask(0xf7, 0, 1)]])
  point(`${what} leaves RAM without secrets, and all but empty`, () => {
    const board = atWork();
    ask(board);
    assert.throws(() => board.chip.run(1e9), end);
    const memory = board.chip.memory();
    assert.deepEqual(holds(memory), []);
    const left = memory.sram.filter((byte) => byte !== 0).length;
    assert.ok(left < 64, `${left} bytes`);
  });
point("the start-up clears RAM before it uses any", () => {
  const { chip } = new Board(freshFlash());
  const top = chip.mcu.readUint32(VECTORS);
  while (chip.core.PC >>> 24 !== 0x10 || chip.core.SP === top) chip.step();
  const used = chip.mcu.sram.filter((byte) => byte !== 0).length;
  assert.ok(used <= 16, `${used} bytes are not zero`);
});
end();
