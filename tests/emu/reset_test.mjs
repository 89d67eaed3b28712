#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// A RESET that has begun: whoever goes away meanwhile, and whatever the host
// does, it ends; and a host that enumerates meanwhile is served.
import assert from "node:assert/strict";
import { Board, STORE, freshFlash } from "./board.mjs";
import { Card, CCID, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { Flash, PowerCut } from "./flash.mjs";
import { BusError } from "./host.mjs";
import { age } from "./log.mjs";
import { end, point } from "./tap.mjs";

const KEY = Buffer.alloc(60, 0x6b);
const ACCOUNTS = 8;
const SLOW_ERASE_NS = 400e6; // what the data sheets allow at most
const CLIENTS = [HidClient, CcidClient];
const [ACCOUNT_RECORD, USE_RECORD] = [0x41, 0x55];

const RESET = Buffer.from([0, 4, 0xde, 0xad]);

// --- a token with seeds, and a log of 24 sectors ------------------------------
function fill() {
  const flash = freshFlash();
  const board = new Board(flash);
  board.plugIn();
  const card = new Card(new CcidClient(board));
  for (let i = 0; i < ACCOUNTS; i++) card.put(`account ${i}`, KEY);
  for (let i = 0; i < 20; i++) card.code(`account ${i % ACCOUNTS}`, i);
  age(flash, 8);
  return { bytes: flash.bytes, id: idOf(card) };
}

function idOf(card) {
  const answer = card.client.transmit(
    Buffer.from("00a4040007a0000005272101", "hex"));
  const at = answer.indexOf(Buffer.from([0x71, 8]));
  return answer.subarray(at + 2, at + 10).toString("hex");
}

const full = fill();

function atReset(Client, slowNs = 0) {
  const flash = new Flash(full.bytes.slice());
  if (slowNs > 0) {
    const erase = flash.erase.bind(flash);
    flash.erase = (at) => { erase(at); return slowNs; };
  }
  const board = new Board(flash);
  board.plugIn();
  const client = new Client(board);
  new Card(client);
  client.put(Client === HidClient ? 0x83 : 0x6f, RESET);
  const before = flash.erases;
  until(board, () => flash.erases >= before + 3);
  assert.equal(flash.erases, before + 3, "it has begun");
  return board;
}

function until(board, hasCome, limitNs = 20e9) {
  const stop = board.chip.nanos + limitNs;
  while (!hasCome() && board.chip.nanos < stop) board.chip.run(1e6);
  assert.ok(hasCome(), "in time");
}

/** As new: empty, open, with another id, dark, and no old record in the flash. */
function isAsNew(board, limitNs) {
  until(board, () => !board.led, limitNs);
  board.chip.run(10e6);
  for (let at = STORE; at < board.flash.bytes.length; at += 32)
    assert.ok(![ACCOUNT_RECORD, USE_RECORD].includes(board.flash.bytes[at]),
      "an old record is left");
  drain(board);
  const card = new Card(new CcidClient(board));
  const id = idOf(card);
  assert.notEqual(id, full.id);
  assert.notEqual(id, "0".repeat(16));
  assert.equal(card.ask(0xa1).length, 0);
  card.put("new", KEY);
}

const powerOff = (board) =>
  board.host.sendAll(CCID, Uint8Array.from([0x63, 0, 0, 0, 0, 0, 77, 0, 0, 0]));
/** What the client that is gone would have read. */
function drain(board) {
  while (board.host.in(CCID) !== "nak") board.chip.run(1e6);
}

for (const Client of CLIENTS) {
  const name = Client === HidClient ? "HID" : "CCID";
  for (const [what, happens] of [
    ["nothing", () => {}],
    ["a bus reset", (board) => board.host.enumerate(7)],
    ["SET_CONFIGURATION", (board) => {
      board.host.request(0x00, 9, 1);
      board.host.toggles.clear();
    }],
    ["IccPowerOff", powerOff],
    ["a watchdog", (board) => { board.restart(); board.plugIn(); }],
    ["a cut of the power", (board) => {
      board.flash.cut = { at: 2, eighths: 4, scattered: true };
      assert.throws(() => board.chip.run(5e9), PowerCut);
      board.powerOn();
      board.plugIn();
    }]])
    point(`${name}: ${what} in the middle of a reset, and it ends`, () => {
      const board = atReset(Client);
      happens(board);
      isAsNew(board);
    });
}
point("a client that comes meanwhile is served at its end", () => {
  const board = atReset(HidClient);
  board.host.enumerate(8);
  isAsNew(board);
});
for (const [what, slowNs] of [["", 0], [", with a slow flash", SLOW_ERASE_NS]])
  point(`hosts enumerate during a reset${what}`, () => {
    const board = atReset(HidClient, slowNs);
    let failed = 0;
    for (let i = 0; i < 6; i++)
      try {
        board.host.enumerate(10 + i);
      } catch (fault) {
        if (!(fault instanceof BusError)) throw fault;
        failed++;
      }
    assert.ok(failed <= 1, `${failed} of 6 failed`);
    board.host.enumerate(3);
    isAsNew(board, 60e9);
  });
point("a host that never stops asking cannot hold a reset up", () => {
  const board = atReset(HidClient);
  const { chip, host } = board;
  const stop = chip.nanos + 40e9;
  while (board.led && chip.nanos < stop) {
    host.descriptor(1, 0, 18);
    chip.run(20e6);
  }
  isAsNew(board);
});
end();
