#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image in the emulator, or its chip's boot loader, as a USB device for
// QEMU, over the usbredir protocol.
//
// usage: redir.mjs [--bootsel] [--serial HEX] SOCKET [WORLD]
//
// --bootsel holds that button while power comes for the first time.
// WORLD is a socket that takes fob-sim's frames: power, button, time.
import fs from "node:fs";
import { parseArgs } from "node:util";
import { Board, freshFlash } from "../emu/board.mjs";
import { LiveBoard, FRAME_NS } from "../emu/live_board.mjs";
import { Stalled } from "../emu/host.mjs";
import { serveFrames, World } from "../emu/world.mjs";
import { ALTERNATE, BULK, bytes, CANCEL, CANCELLED, CONFIGURATION, CONTROL,
  DISCONNECT, GET_ALTERNATE, GET_CONFIGURATION, HELLO, INTERRUPT,
  INTERRUPT_STATUS, IO_ERROR, RESET, SET_ALTERNATE, SET_CONFIGURATION, STALL,
  START_INTERRUPT, STOP_INTERRUPT, SUCCESS, Wire, words } from "./usbredir.mjs";

const IN = 0x80;
const BULK_NS = 50e3;

const { values, positionals: [path, worldPath] } = parseArgs({
  allowPositionals: true,
  options: { bootsel: { type: "boolean" }, serial: { type: "string" } },
});
const flash = freshFlash();
if (values.serial) flash.uniqueId = Buffer.from(values.serial, "hex");
const board = new Board(flash);
if (values.bootsel) {
  board.bootsel = true;
  board.powerOn();
  board.bootsel = false;
}
let listening = new Set(); // interrupt IN endpoints
let bulks = []; // transfers under way, in order
let interrupts = []; // packets for interrupt OUT endpoints

// --- the bus -----------------------------------------------------------------
// Each transfer ends with its status; a board that has gone ends them all.
function attempt(action) {
  try {
    return [SUCCESS, action()];
  } catch (fault) {
    if (fault instanceof Stalled) return [STALL, Buffer.alloc(0)];
    throw fault;
  }
}

function forget() {
  listening = new Set();
  bulks = [];
  interrupts = [];
}

function configure(number) {
  const { host } = board;
  host.request(0x00, 9, number);
  for (const key of [...host.toggles.keys()])
    if (!/0$/.test(key)) host.toggles.delete(key);
}

function control(id, body) {
  const { host } = board;
  const [endpoint, code, type] = body;
  const [value, index, length] = [4, 6, 8].map((at) => body.readUInt16LE(at));
  const [status, data] =
    attempt(() => host.request(type, code, value, index, length));
  if (type === 0x02 && code === 1)
    host.toggles.set(`${index & IN ? "in" : "out"}${index & 0x0f}`, 0);
  const head = Buffer.from(body.subarray(0, 10));
  head[3] = status;
  head.writeUInt16LE(data.length, 8);
  wire.send(CONTROL, id, head,
    endpoint & IN ? Buffer.from(data) : Buffer.alloc(0));
}

function finishBulk(bulk, status) {
  const data = bulk.isIn ? Buffer.from(bulk.data) : Buffer.alloc(0);
  const len = bulk.isIn ? data.length : bulk.done;
  const head = Buffer.alloc(10);
  head.writeUInt8(bulk.endpoint);
  head.writeUInt8(status, 1);
  head.writeUInt16LE(len & 0xffff, 2);
  head.writeUInt16LE(len >>> 16, 8);
  wire.send(BULK, bulk.id, head, data);
  bulks = bulks.filter((other) => other !== bulk);
}

function moveIn(bulk) {
  const packet = board.host.in(bulk.endpoint & 0x0f);
  if (packet === "nak") return;
  if (packet === "stall") return finishBulk(bulk, STALL);
  bulk.data.push(...packet);
  if (packet.length < 64 || bulk.data.length >= bulk.length)
    finishBulk(bulk, SUCCESS);
}

function moveOut(bulk) {
  const packet = bulk.data.subarray(bulk.done, bulk.done + 64);
  const answer = board.host.out(bulk.endpoint, packet);
  if (answer === "stall") return finishBulk(bulk, STALL);
  if (answer === "ack") bulk.done += packet.length;
  if (answer === "ack" && bulk.done === bulk.data.length)
    finishBulk(bulk, SUCCESS);
}

// The first transfer of each pipe; later ones wait behind it.
function moveBulks() {
  const busy = new Set();
  for (const bulk of [...bulks]) {
    if (busy.has(bulk.endpoint)) continue;
    busy.add(bulk.endpoint);
    if (bulk.isIn) moveIn(bulk);
    else moveOut(bulk);
  }
}

function moveInterrupts() {
  for (const endpoint of listening) {
    const packet = board.host.in(endpoint & 0x0f);
    if (typeof packet !== "string")
      wire.send(INTERRUPT, 0n, bytes(endpoint, SUCCESS), words(packet.length),
        Buffer.from(packet));
  }
  if (interrupts.length === 0) return;
  const { id, endpoint, data } = interrupts[0];
  const answer = board.host.out(endpoint, data);
  if (answer === "nak") return;
  interrupts.shift();
  wire.send(INTERRUPT, id, bytes(endpoint, answer === "ack" ? SUCCESS : STALL),
    words(data.length));
}

function frame() {
  const end = board.chip.nanos + FRAME_NS;
  moveInterrupts();
  while (board.chip.nanos < end) {
    moveBulks();
    board.chip.run(BULK_NS);
  }
}

// --- packets in --------------------------------------------------------------
// Not forwarded are SET_ADDRESS and what follows a reset: done here.
const serve = {
  [HELLO]() { if (liveBoard.isPlugged) wire.connect(plugged); },
  [RESET]() {
    forget();
    board.host.enumerate();
  },
  [SET_CONFIGURATION](id, body) {
    forget();
    configure(body[0]);
    wire.send(CONFIGURATION, id, bytes(SUCCESS, body[0]));
  },
  [GET_CONFIGURATION](id) {
    const [number] = board.host.request(0x80, 8, 0, 0, 1);
    wire.send(CONFIGURATION, id, bytes(SUCCESS, number));
  },
  [SET_ALTERNATE](id, body) {
    const [status] = attempt(
      () => board.host.request(0x01, 11, body[1], body[0]));
    wire.send(ALTERNATE, id, bytes(status, body[0], body[1]));
  },
  [GET_ALTERNATE]: (id, body) =>
    wire.send(ALTERNATE, id, bytes(SUCCESS, body[0], 0)),
  [START_INTERRUPT](id, body) {
    listening.add(body[0]);
    wire.send(INTERRUPT_STATUS, id, bytes(SUCCESS, body[0]));
  },
  [STOP_INTERRUPT](id, body) {
    listening.delete(body[0]);
    wire.send(INTERRUPT_STATUS, id, bytes(SUCCESS, body[0]));
  },
  [CANCEL](id) {
    const bulk = bulks.find((one) => one.id === id);
    if (bulk) finishBulk(bulk, CANCELLED);
  },
  [CONTROL]: control,
  [BULK](id, body) {
    const endpoint = body[0];
    const isIn = (endpoint & IN) !== 0;
    const length = body.readUInt16LE(2) + 65536 * body.readUInt16LE(8);
    bulks.push({
      id, endpoint, isIn, length, done: 0,
      data: isIn ? [] : Buffer.from(body.subarray(10)),
    });
  },
  [INTERRUPT](id, body) {
    interrupts.push(
      { id, endpoint: body[0], data: Buffer.from(body.subarray(4)) });
  },
};

let plugged; // the descriptors of what is there
const liveBoard = new LiveBoard(board, {
  plugged(found) {
    plugged = found;
    wire.connect(found);
  },
  frame,
  unplugged() {
    for (const bulk of [...bulks]) finishBulk(bulk, IO_ERROR);
    forget();
    wire.send(DISCONNECT, 0n);
  },
});

const wire = new Wire((type, id, body) => {
  if (type === HELLO || liveBoard.isPlugged)
    board.live(() => serve[type]?.(id, body));
}, () => process.exit(0));

process.on("SIGTERM", () => process.exit(0));
fs.rmSync(path, { force: true });
wire.listen(path, () => liveBoard.live());

const world = new World(liveBoard);
if (worldPath)
  serveFrames(worldPath, (client, kind, body) => {
    if (world.act(kind, body)) client.frame("S", world.state());
  });
