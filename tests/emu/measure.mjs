// SPDX-License-Identifier: MIT
// What the image costs: bytes, cycles, wear.  The emulator counts no wait
// states of the flash, so cycles are lower bounds.
import fs from "node:fs";
import { Card, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { Board, IMAGE, freshFlash } from "./board.mjs";
import { SCRATCH, addresses, call } from "./calls.mjs";
import { PAINT, RAM } from "./chip.mjs";
import { age } from "./log.mjs";

const KEY = Buffer.alloc(40, 0x61); // AWS's length
const ACCOUNTS = 64;
const BURST = 8; // codes in a row
const PAUSE_NS = 1e9; // after which the token makes room

export const LIMITS = {
  "image, bytes": 44 * 1024,
  "static RAM, bytes": 36 * 1024,
  "deepest stack, bytes": 8 * 1024,
  "HMAC-SHA1 of one code, cycles": 20800,
  "HMAC-SHA256 of one code, cycles": 36300,
  "HMAC-SHA512 of one code, cycles": 126200,
  "CALCULATE with 64 accounts, median, cycles": 80000,
  "CALCULATE with 64 accounts, 99 in 100, cycles": 100000,
  "CALCULATE with 64 accounts, maximum, cycles": 110000,
  "codes that waited for an erase": 0,
};

function hmacCycles(chip, hash) {
  const [key, secret, message, mac] = [0, 0x800, 0x900, 0xa00]
    .map((offset) => SCRATCH + offset);
  chip.mcu.sram.set(KEY, secret - RAM);
  return call(chip, "fob_hmac_key_init", key, addresses.get(hash), secret,
    KEY.length) + call(chip, "fob_hmac", key, message, 8, mac);
}

// --- the token at work -------------------------------------------------------
function calculate(name, step) {
  const challenge = Buffer.alloc(8);
  challenge.writeBigUInt64BE(BigInt(step));
  return Buffer.concat([tlv(0x71, Buffer.from(name)), tlv(0x74, challenge)]);
}

// The processor sleeps, and counts nothing, when it has nothing to do.
function cyclesOf(board, action) {
  const before = board.chip.core.cycles;
  action();
  return board.chip.core.cycles - before;
}

const STACK_LEN = addresses.get("stack_top") - RAM;

// The start-up has just cleared it.
function paintStack(chip) {
  const run = addresses.get("startup_run") & ~1;
  while ((chip.core.PC & ~1) !== run) chip.step();
  chip.mcu.sram.fill(PAINT, 0, STACK_LEN);
}

function stackDepth(chip) {
  const stack = chip.mcu.sram.subarray(0, STACK_LEN);
  return STACK_LEN - stack.findIndex((byte) => byte !== PAINT);
}

/** `codes` of them, in bursts: the cycles of each, and which met an erase. */
function useUp(board, card, names, codes) {
  const found = [];
  for (let i = 0; i < codes; i++) {
    const erases = board.flash.erases;
    const cycles = cyclesOf(board, () => card.ask(
      0xa2, 0, 1, calculate(names[i % ACCOUNTS], i)));
    found.push({ cycles, hasErased: board.flash.erases > erases });
    if (i % BURST === BURST - 1) board.chip.run(PAUSE_NS);
  }
  return found;
}

function spread(found) {
  const cycles = found.filter(({ hasErased }) => !hasErased)
    .map((code) => code.cycles).sort((a, b) => a - b);
  const at = (part) => cycles[Math.ceil(part * cycles.length) - 1];
  return {
    "CALCULATE with 64 accounts, median, cycles": at(0.5),
    "CALCULATE with 64 accounts, 99 in 100, cycles": at(0.99),
    "CALCULATE with 64 accounts, maximum, cycles": at(1),
    "codes that waited for an erase": found.length - cycles.length,
  };
}

const nameOf = (i) => `account of sixty-four bytes ${i}`.padEnd(64, ".");

/** A board with 64 accounts and a log that is about to go round. */
function fill() {
  const names = Array.from({ length: ACCOUNTS }, (_, i) => nameOf(i));
  const board = new Board(freshFlash());
  board.plugIn();
  const card = new Card(new CcidClient(board));
  for (const name of names) card.put(name, KEY, 0x21, 6);
  age(board.flash, 1);
  board.powerOn();
  return { board, names };
}

/** Everything in a table; CALCULATE by so many codes. */
export function measure(codes) {
  const { board, names } = fill();
  paintStack(board.chip);
  board.plugIn();
  const card = new Card(new HidClient(board));
  board.chip.run(PAUSE_NS); // it has several sectors to make room in
  const erases = board.flash.erases;
  const found = useUp(board, card, names, codes);
  const stack = stackDepth(board.chip);
  return {
    "image, bytes": fs.statSync(IMAGE).size,
    "static RAM, bytes": addresses.get("bss_end") - addresses.get("data_start"),
    "deepest stack, bytes": stack,
    "HMAC-SHA1 of one code, cycles": hmacCycles(board.chip, "fob_sha1"),
    "HMAC-SHA256 of one code, cycles": hmacCycles(board.chip, "fob_sha256"),
    "HMAC-SHA512 of one code, cycles": hmacCycles(board.chip, "fob_sha512"),
    ...spread(found),
    "erases per 10000 codes":
      Math.round((board.flash.erases - erases) * 1e5 / codes) / 10,
  };
}
