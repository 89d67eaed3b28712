#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The power goes in every flash operation of a day's work, early, half-way,
// late and with scattered bits; the next start must find the old or the new
// state, and no counter or guarded step that was used before.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { Card, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { Board, freshFlash } from "./board.mjs";
import { Flash, PowerCut } from "./flash.mjs";
import { end, note, point } from "./tap.mjs";

const KEY = Buffer.from("12345678901234567890");
const TOTP_CODE = "94287082"; // of KEY in step 1
const [TOTP, HOTP] = [0x21, 0x11];
const GUARDED = 1;
const STEP_NS = 30e9;
const CUTS = [
  { eighths: 0 }, { eighths: 4 }, { eighths: 8 },
  { eighths: 3, scattered: true },
];
const SKIPPED_MAX = 8; // counters that a cut may cost

// RFC 4226 by another hand, before truncation.
function hotp(counter) {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  return crypto.createHmac("sha1", KEY).update(moving).digest("hex");
}

const macs = Array.from({ length: 1000 }, (_, counter) => hotp(counter));
const named = (...names) =>
  Buffer.concat(names.map((name) => tlv(0x71, Buffer.from(name))));

function useCounter(card) {
  const challenge = Buffer.from([0x74, 0]);
  const answer = card.ask(0xa2, 0, 0,
    Buffer.concat([named("counter"), challenge]));
  return macs.indexOf(answer.subarray(3).toString("hex"));
}

/** The next step of the guarded account, when its time has come. */
function useStep(card, known) {
  card.client.board.chip.run(STEP_NS);
  card.code("guarded", known.mark + 1);
  known.mark++;
}

const fresh = () => ({
  counter: -1, mark: 1000, added: "no", renamed: "no", deleted: "no",
});

// --- a day's work, and every way it could have ended -------------------------
class Recorder extends Flash {
  ends = [];

  record(operation) {
    if (!this.known) return;
    for (const cut of CUTS) {
      const flash = new Flash(this.bytes.slice());
      flash.cut = { at: 1, scattered: false, ...cut };
      flash.state = this.operations + 1;
      assert.throws(() => operation(flash), PowerCut);
      this.ends.push({ flash, cut, known: { ...this.known } });
    }
  }

  program(at, data) {
    this.record((flash) => flash.program(at, data));
    return super.program(at, data);
  }

  erase(at) {
    this.record((flash) => flash.erase(at));
    return super.erase(at);
  }
}

function begin(flash) {
  const board = new Board(flash);
  board.plugIn();
  const card = new Card(new HidClient(board));
  for (const name of ["steady", "old", "doomed"]) card.put(name, KEY, TOTP, 8);
  card.put("counter", KEY, HOTP, 6);
  card.put("guarded", KEY, TOTP, 8, GUARDED);
  card.code("guarded", fresh().mark);
  return card;
}

const fill = (card) => card.put("filler", Buffer.alloc(64, 7), TOTP, 6);

/** The flash as it is shortly before the log moves on to a sector and clears
 * one. */
function nearTheEdge() {
  const flash = freshFlash();
  const card = begin(flash);
  const { erases } = flash;
  let bytes;
  while (flash.erases === erases) {
    bytes = flash.bytes.slice();
    fill(card);
  }
  return bytes;
}

function work() {
  const flash = new Recorder(freshFlash().bytes);
  const card = begin(flash);
  flash.known = fresh();
  const step = (name, action) => {
    flash.known[name] = "maybe";
    action();
    flash.known[name] = "yes";
  };
  for (let i = 0; i < 4; i++) flash.known.counter = useCounter(card);
  for (let i = 0; i < 4; i++) useStep(card, flash.known);
  step("added", () => card.put("new", KEY, TOTP, 8));
  step("renamed", () => card.ask(5, 0, 0, named("old", "newer")));
  step("deleted", () => card.ask(2, 0, 0, named("doomed")));
  for (let i = 0; i < 4; i++) flash.known.counter = useCounter(card);
  return flash.ends;
}

/** Codes and a growing log across the move to another sector. */
function workAtTheEdge() {
  const flash = new Recorder(nearTheEdge());
  const board = new Board(flash);
  board.plugIn();
  const card = new Card(new HidClient(board));
  flash.known = fresh();
  while (flash.erases === 0) {
    flash.known.counter = useCounter(card);
    useStep(card, flash.known);
    fill(card);
  }
  flash.known.counter = useCounter(card);
  return flash.ends;
}

// --- the morning after -------------------------------------------------------
function has(card, name) {
  try {
    assert.equal(card.code(name, 1), TOTP_CODE, name);
    return true;
  } catch (fault) {
    assert.match(fault.message, /6984/, name);
    return false;
  }
}

function agrees(known, found, what) {
  if (known !== "maybe") assert.equal(found, known === "yes", what);
}

function judge({ flash, known }, Face) {
  const board = new Board(flash);
  board.plugIn();
  const card = new Card(new Face(board));
  assert.ok(has(card, "steady"), "an account that nothing touched");
  agrees(known.added, has(card, "new"), "added");
  agrees(known.deleted, !has(card, "doomed"), "deleted");
  const [before, after] = [has(card, "old"), has(card, "newer")];
  assert.ok(before !== after, "one of the two names, not both");
  agrees(known.renamed, after, "renamed");
  assert.throws(() => card.code("guarded", known.mark - 1), /6982/,
    `step ${known.mark - 1} again`);
  const counter = useCounter(card);
  assert.ok(counter > known.counter, `counter ${counter} again`);
  assert.ok(counter <= known.counter + 1 + SKIPPED_MAX, `${counter}: too far`);
}

const ends = [...work(), ...workAtTheEdge()];
note(`${ends.length} cuts`);
for (const cut of CUTS) {
  const some = ends.filter((one) => one.cut === cut);
  const how = `${cut.eighths}/8${cut.scattered ? ", scattered bits" : ""}`;
  point(`${some.length} operations cut at ${how}: old or new, none lost`, () => {
    for (const [number, one] of some.entries())
      judge(one, number % 2 ? CcidClient : HidClient);
  });
}
point("there were operations to cut", () => assert.ok(ends.length > 90));
end();
