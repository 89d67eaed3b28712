#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image in the emulator as a USB device for QEMU, over the usbredir
// protocol 0.7 (usb-redir's docs/usb-redirection-protocol.md): numbers are
// little-endian, ids of 64 bits, lengths of bulk packets of 32.
//
// usage: redir.mjs [--bootsel] [--serial HEX] SOCKET [WORLD]
//
// --bootsel holds that button while power comes for the first time.
// SIGUSR1 unplugs the board and plugs it in again; SIGUSR2 presses its button
// for a moment.  WORLD is a socket that takes fob-sim's frames for all of
// that and more.
import fs from "node:fs";
import net from "node:net";
import { parseArgs } from "node:util";
import { Board, freshFlash } from "../emu/board.mjs";
import { Desk, FRAME_NS } from "../emu/desk.mjs";
import { Stalled } from "../emu/host.mjs";
import { serveFrames, World } from "../emu/world.mjs";

const HELLO = 0;
const CONNECT = 1;
const DISCONNECT = 2;
const RESET = 3;
const INTERFACES = 4;
const ENDPOINTS = 5;
const SET_CONFIGURATION = 6;
const GET_CONFIGURATION = 7;
const CONFIGURATION = 8;
const SET_ALTERNATE = 9;
const GET_ALTERNATE = 10;
const ALTERNATE = 11;
const START_INTERRUPT = 15;
const STOP_INTERRUPT = 16;
const INTERRUPT_STATUS = 17;
const CANCEL = 21;
const CONTROL = 100;
const BULK = 101;
const INTERRUPT = 103;

const [SUCCESS, CANCELLED, , IO_ERROR, STALL] = [0, 1, 2, 3, 4];
// connect_device_version, ep_info_max_packet_size, 64bits_ids,
// 32bits_bulk_length
const CAPABILITIES = (1 << 1) | (1 << 4) | (1 << 5) | (1 << 6);
const VERSION_LEN = 64;
const FULL_SPEED = 1;
const SLOTS = 32;
const IN = 0x80;
const BULK_NS = 50e3;
const PRESS_MS = 300;

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
let peer; // QEMU
let tree; // the configuration descriptor
let listening = new Set(); // interrupt IN endpoints
let bulks = []; // transfers under way, in order
let interrupts = []; // packets for interrupt OUT endpoints

// --- packets out -------------------------------------------------------------
function send(type, id, ...parts) {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(type === HELLO ? 12 : 16);
  head.writeUInt32LE(type);
  head.writeUInt32LE(body.length, 4);
  if (type !== HELLO) head.writeBigUInt64LE(id, 8);
  peer?.write(Buffer.concat([head, body]));
}

const bytes = (...list) => Buffer.from(list);

function words(...list) {
  const out = Buffer.alloc(2 * list.length);
  list.forEach((word, i) => out.writeUInt16LE(word, 2 * i));
  return out;
}

function hello() {
  const body = Buffer.alloc(VERSION_LEN + 4);
  body.write("fob redir");
  body.writeUInt32LE(CAPABILITIES, VERSION_LEN);
  send(HELLO, 0n, body);
}

// Descriptors of one type in the tree.
function parts(type) {
  const found = [];
  for (let at = 0; at < tree.length; at += tree[at])
    if (tree[at + 1] === type) found.push(tree.subarray(at, at + tree[at]));
  return found;
}

function interfaceInfo() {
  const all = parts(4);
  const column = (offset) => {
    const slots = Buffer.alloc(SLOTS);
    all.forEach((one, i) => { slots[i] = one[offset]; });
    return slots;
  };
  return Buffer.concat([words(all.length, 0), column(2), column(5), column(6),
    column(7)]);
}

function endpointInfo() {
  const types = Buffer.alloc(SLOTS, 0xff);
  const [intervals, owners] = [Buffer.alloc(SLOTS), Buffer.alloc(SLOTS)];
  const sizes = new Array(SLOTS).fill(0);
  let owner = 0;
  types[0] = types[16] = 0;
  sizes[0] = sizes[16] = 64;
  for (let at = 0; at < tree.length; at += tree[at]) {
    if (tree[at + 1] === 4) owner = tree[at + 2];
    if (tree[at + 1] !== 5) continue;
    const slot = ((tree[at + 2] & IN) >> 3) | (tree[at + 2] & 0x0f);
    [types[slot], intervals[slot], owners[slot]] =
      [tree[at + 3] & 3, tree[at + 6], owner];
    sizes[slot] = tree[at + 4] | (tree[at + 5] << 8);
  }
  return Buffer.concat([types, intervals, owners, words(...sizes)]);
}

function connect(device) {
  const word = (at) => device[at] | (device[at + 1] << 8);
  send(INTERFACES, 0n, interfaceInfo());
  send(ENDPOINTS, 0n, endpointInfo());
  send(CONNECT, 0n, bytes(FULL_SPEED, device[4], device[5], device[6]),
    words(word(8), word(10), word(12)));
}

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
  send(CONTROL, id, head, endpoint & IN ? Buffer.from(data) : Buffer.alloc(0));
}

function finishBulk(bulk, status) {
  const data = bulk.isIn ? Buffer.from(bulk.data) : Buffer.alloc(0);
  const len = bulk.isIn ? data.length : bulk.done;
  const head = Buffer.alloc(10);
  head.writeUInt8(bulk.endpoint);
  head.writeUInt8(status, 1);
  head.writeUInt16LE(len & 0xffff, 2);
  send(BULK, bulk.id, head, data);
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
      send(INTERRUPT, 0n, bytes(endpoint, SUCCESS), words(packet.length),
        Buffer.from(packet));
  }
  if (interrupts.length === 0) return;
  const { id, endpoint, data } = interrupts[0];
  const answer = board.host.out(endpoint, data);
  if (answer === "nak") return;
  interrupts.shift();
  send(INTERRUPT, id, bytes(endpoint, answer === "ack" ? SUCCESS : STALL),
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
  [HELLO]() { if (desk.isPlugged) connect(device); },
  [RESET]() {
    forget();
    board.host.enumerate();
  },
  [SET_CONFIGURATION](id, body) {
    forget();
    configure(body[0]);
    send(CONFIGURATION, id, bytes(SUCCESS, body[0]));
  },
  [GET_CONFIGURATION](id) {
    const [number] = board.host.request(0x80, 8, 0, 0, 1);
    send(CONFIGURATION, id, bytes(SUCCESS, number));
  },
  [SET_ALTERNATE](id, body) {
    const [status] = attempt(
      () => board.host.request(0x01, 11, body[1], body[0]));
    send(ALTERNATE, id, bytes(status, body[0], body[1]));
  },
  [GET_ALTERNATE]: (id, body) =>
    send(ALTERNATE, id, bytes(SUCCESS, body[0], 0)),
  [START_INTERRUPT](id, body) {
    listening.add(body[0]);
    send(INTERRUPT_STATUS, id, bytes(SUCCESS, body[0]));
  },
  [STOP_INTERRUPT](id, body) {
    listening.delete(body[0]);
    send(INTERRUPT_STATUS, id, bytes(SUCCESS, body[0]));
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

let device;
const desk = new Desk(board, {
  plugged(found) {
    ({ device, tree } = found);
    connect(device);
  },
  frame,
  unplugged() {
    for (const bulk of [...bulks]) finishBulk(bulk, IO_ERROR);
    forget();
    send(DISCONNECT, 0n);
  },
});

function receive(type, id, body) {
  if (type !== HELLO && !desk.isPlugged) return;
  board.live(() => serve[type]?.(id, body));
}

const server = net.createServer((socket) => {
  let left = Buffer.alloc(0);
  let greeted = false;
  peer = socket;
  hello();
  socket.on("data", (data) => {
    left = Buffer.concat([left, data]);
    for (;;) {
      const head = greeted ? 16 : 12;
      if (left.length < head || left.length < head + left.readUInt32LE(4))
        return;
      const end = head + left.readUInt32LE(4);
      receive(left.readUInt32LE(0), greeted ? left.readBigUInt64LE(8) : 0n,
        left.subarray(head, end));
      greeted = true;
      left = left.subarray(end);
    }
  });
  socket.on("error", () => process.exit(0));
  socket.on("close", () => process.exit(0));
});

process.on("SIGUSR1", () => desk.power({}));
process.on("SIGUSR2", () => {
  board.press(true);
  setTimeout(() => board.press(false), PRESS_MS);
});
process.on("SIGTERM", () => process.exit(0));
fs.rmSync(path, { force: true });
server.listen(path, () => desk.live());

const world = new World(desk);
if (worldPath)
  serveFrames(worldPath, (client, kind, body) => {
    if (world.act(kind, body)) client.frame("S", world.state());
  });
