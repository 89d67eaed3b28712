#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Erratum RP2040-E15: a controller that hears nothing any more is brought back,
// and one whose bus is only quiet is left alone.
import assert from "node:assert/strict";
import { Board, freshFlash } from "./board.mjs";
import { Card, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { BusError } from "./host.mjs";
import { end, point } from "./tap.mjs";

const DETECTED_NS = 400e6;
const KEY = Buffer.from("12345678901234567890");
const flash = freshFlash();
new Board(flash).plugIn(); // its store is cleared now

function plug() {
  const board = new Board(flash);
  board.plugIn();
  return board;
}

function staysOn(board) {
  new Card(new HidClient(board));
  new Card(new CcidClient(board));
  assert.equal(board.chip.phy.wasOffWire, false, "it never left the bus");
}

point("a deaf controller leaves the bus and comes back, unlocked as it was", () => {
  const board = plug();
  const { chip, host } = board;
  const card = new Card(new HidClient(board));
  card.put("steady", KEY, 0x21, 8);
  card.ask(0xf2, 0, 0, Buffer.concat([
    tlv(0x90, Buffer.alloc(20)), tlv(0x73, Buffer.alloc(32, 0x5c))]));
  chip.phy.isDeaf = true;
  assert.throws(() => host.descriptor(1, 0, 18), BusError);
  chip.run(DETECTED_NS);
  assert.equal(chip.phy.wasOffWire, true);
  host.enumerate(9);
  const again = new Card(new HidClient(board));
  assert.equal(again.code("steady", 1), "94287082");
  again.ask(0xf2);
});
point("also one that goes deaf again and again", () => {
  const board = plug();
  for (let i = 0; i < 4; i++) {
    board.chip.phy.isDeaf = true;
    board.chip.run(DETECTED_NS);
    board.host.enumerate(3 + i);
    new Card(new CcidClient(board));
  }
});
point("a bus that is in use or idle for long is left alone", () => {
  const board = plug();
  board.chip.run(5e9);
  staysOn(board);
});
point("so is one that is suspended, and resumed", () => {
  const board = plug();
  const { chip } = board;
  chip.phy.hasFrames = false;
  chip.run(5e9);
  chip.phy.isResuming = true;
  chip.run(20e6);
  chip.phy.isResuming = false;
  chip.phy.hasFrames = true;
  chip.run(1e9);
  staysOn(board);
});
point("and a host that has not come yet, or resets for long", () => {
  const board = new Board(flash);
  board.chip.run(3e9);
  assert.equal(board.host.isAttached(), true);
  board.chip.phy.wasOffWire = false;
  board.host.enumerate();
  board.chip.phy.startReset();
  board.chip.run(500e6);
  board.chip.phy.endReset();
  board.host.enumerate();
  staysOn(board);
});
end();
