#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image in the emulator behind fob-sim's socket (docs/protocol.md), so
// that whatever talks to fob-sim talks to the real image, USB and all.
//
// usage: serve.mjs [--touch] [--serial HEX] FLASH SOCKET
import fs from "node:fs";
import { parseArgs } from "node:util";
import { Board, freshFlash, STORE } from "./board.mjs";
import { LiveBoard, FRAME_NS } from "./live_board.mjs";
import { HID, CCID } from "./apdu.mjs";
import { serveFrames, World } from "./world.mjs";

const BULK_NS = 50e3; // until a bulk pipe is tried again
const FINGER_FRAMES = 60;

const { values, positionals: [flashPath, socketPath] } = parseArgs({
  allowPositionals: true,
  options: { touch: { type: "boolean" }, serial: { type: "string" } },
});

// --- flash -------------------------------------------------------------------
const flash = freshFlash();
if (fs.existsSync(flashPath))
  flash.bytes.set(fs.readFileSync(flashPath), STORE);
if (values.serial)
  flash.uniqueId = Buffer.from(values.serial.padStart(16, "0"), "hex");

let kept = 0; // operations that the file has
function keepFlash() {
  if (kept === flash.operations && fs.existsSync(flashPath)) return;
  kept = flash.operations;
  fs.writeFileSync(flashPath, flash.bytes.subarray(STORE), { mode: 0o600 });
}

// --- the bus -----------------------------------------------------------------
const board = new Board(flash);
const waiting = { [HID]: [], [CCID]: [] }; // packets for the token
let message = []; // of CCID, as far as it has come

function sendOut(kind, body) {
  for (const client of clients)
    if (client.speaks.has(kind)) client.frame(kind, body);
}

function takeIn(endpoint) {
  const packet = board.host.in(endpoint);
  if (typeof packet === "string") return false;
  if (endpoint === HID) {
    sendOut("H", packet);
    return true;
  }
  message.push(...packet);
  if (packet.length < 64) {
    sendOut("C", Uint8Array.from(message));
    message = [];
  }
  return true;
}

function putOut(endpoint) {
  const queue = waiting[endpoint];
  if (queue.length > 0 && board.host.out(endpoint, queue[0]) === "ack")
    queue.shift();
}

let fingerFrames = 0;
function moveFinger() {
  fingerFrames = board.led ? fingerFrames + 1 : 0;
  const down = fingerFrames > FINGER_FRAMES;
  if (values.touch && down !== board.button) board.press(down);
}

// Interrupt pipes are tried once in a frame.  In its boot loader a board is no
// token, and nobody here speaks to it.
function frame() {
  if (board.start === "loader") {
    board.chip.run(FRAME_NS);
    return;
  }
  const end = board.chip.nanos + FRAME_NS;
  putOut(HID);
  while (takeIn(HID)) continue;
  while (board.chip.nanos < end) {
    putOut(CCID);
    takeIn(CCID);
    board.chip.run(BULK_NS);
  }
  moveFinger();
}

function unplugged() {
  waiting[HID] = [];
  waiting[CCID] = [];
  message = [];
}

const liveBoard = new LiveBoard(board, { plugged() {}, frame, unplugged });

// --- clients -----------------------------------------------------------------
const world = new World(liveBoard);

function take(client, kind, body) {
  if (kind === "H") waiting[HID].push(body);
  else if (kind === "C") queueMessage(body);
  else if (world.act(kind, body)) {
    keepFlash();
    client.frame("S", world.state());
  }
}

function queueMessage(body) {
  for (let at = 0; at < body.length; at += 64)
    waiting[CCID].push(body.subarray(at, at + 64));
}

const clients = serveFrames(socketPath, take, () => liveBoard.live(keepFlash));
for (const signal of ["SIGTERM", "SIGINT"])
  process.on(signal, () => { keepFlash(); process.exit(0); });
