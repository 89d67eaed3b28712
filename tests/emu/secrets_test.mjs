#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// What is left in RAM of each secret when the command that needed it is over:
// nothing, not in a piece of eight bytes, whichever transport it came by.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { Card, CcidClient, HidClient, OATH, tlv } from "./apdu.mjs";
import { Board, freshFlash, masterKey } from "./board.mjs";
import { end, point } from "./tap.mjs";

const TRANSPORTS = { HID: HidClient, CCID: CcidClient };
const PIECE = 8;
const bytes = (name, len) =>
  crypto.createHash("shake256", { outputLength: len }).update(name).digest();
const given = {
  "a short seed": bytes("short", 20),
  "a long seed": bytes("long", 128),
  "the access key": bytes("access", 16),
  "the passphrase's key": bytes("passphrase", 32),
};
const [SHORT, LONG, ACCESS, PASSPHRASE] = Object.values(given);

/** Names of those of which a piece is in memory. */
function left(board, secrets) {
  const { sram, dpram } = board.chip.memory();
  const memory = Buffer.concat([Buffer.from(sram), Buffer.from(dpram)]);
  const isLeft = (secret) => {
    for (let at = 0; at + PIECE <= secret.length; at++)
      if (memory.includes(secret.subarray(at, at + PIECE))) return true;
    return false;
  };
  return Object.keys(secrets).filter((name) => isLeft(secrets[name]));
}

const setPassphrase = Buffer.concat(
  [tlv(0x90, Buffer.alloc(20)), tlv(0x73, PASSPHRASE)]);
const challenge = Buffer.alloc(8, 1);
const proof = (data) =>
  crypto.createHmac("sha1", ACCESS).update(data).digest();
const setCode = Buffer.concat([
  tlv(0x73, Buffer.concat([Buffer.from([0x21]), ACCESS])),
  tlv(0x74, challenge), tlv(0x75, proof(challenge))]);

function validate(card) {
  const answer = card.ask(0xa4, 4, 0, OATH);
  const at = answer.indexOf(Buffer.from([0x74, 8])) + 2;
  card.ask(0xa3, 0, 0, Buffer.concat([
    tlv(0x75, proof(answer.subarray(at, at + 8))), tlv(0x74, challenge)]));
}

const COMMANDS = [
  ["PUT", (card) => {
    card.put("short", SHORT);
    card.put("long", LONG, 0x23);
  }],
  ["CALCULATE", (card) => {
    card.code("short", 1);
    card.code("long", 1);
  }],
  ["CALCULATE ALL", (card) => card.ask(0xa4, 0, 1, tlv(0x74, challenge))],
  ["SET CODE", (card) => card.ask(0x03, 0, 0, setCode)],
  ["VALIDATE", validate],
  ["SET PASSPHRASE", (card) => card.ask(0xf2, 0, 0, setPassphrase)],
];

for (const [transport, Client] of Object.entries(TRANSPORTS)) {
  const board = new Board(freshFlash());
  board.plugIn();
  board.powerOn(); // for the key to have been read from the flash as well
  board.plugIn();
  const card = new Card(new Client(board));
  const master = { "the master key": masterKey(board.flash.bytes) };
  const all = { ...given, ...master };
  for (const [what, run] of COMMANDS)
    point(`${transport}: ${what} leaves nothing of what it was given`, () => {
      run(card);
      assert.deepEqual(left(board, given), []);
    });
  point(`${transport}: the master key would be seen`, () =>
    assert.deepEqual(left(board, all), Object.keys(master)));
  point(`${transport}: locked by the first passphrase, the token holds none`, () => {
    card.ask(0xf1);
    assert.deepEqual(left(board, all), []);
  });
  point(`${transport}: nor does one that is locked again, or by a wrong one`, () => {
    for (const lock of [[], [0x73, 32, ...Buffer.alloc(32)]]) {
      card.ask(0xf1, 0, 0, tlv(0x73, PASSPHRASE));
      assert.deepEqual(left(board, all), Object.keys(master));
      try {
        card.ask(0xf1, 0, 0, Buffer.from(lock));
      } catch (fault) {
        assert.match(fault.message, /63c7/);
      }
      assert.deepEqual(left(board, all), []);
    }
  });
}
end();
