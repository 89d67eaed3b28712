// SPDX-License-Identifier: MIT
// The usbredir protocol 0.7 (usb-redir's docs/usb-redirection-protocol.md), the
// device's end: numbers are little-endian, ids of 64 bits, lengths of bulk
// packets of 32.
import net from "node:net";

export const HELLO = 0;
export const CONNECT = 1;
export const DISCONNECT = 2;
export const RESET = 3;
export const INTERFACES = 4;
export const ENDPOINTS = 5;
export const SET_CONFIGURATION = 6;
export const GET_CONFIGURATION = 7;
export const CONFIGURATION = 8;
export const SET_ALTERNATE = 9;
export const GET_ALTERNATE = 10;
export const ALTERNATE = 11;
export const START_INTERRUPT = 15;
export const STOP_INTERRUPT = 16;
export const INTERRUPT_STATUS = 17;
export const CANCEL = 21;
export const CONTROL = 100;
export const BULK = 101;
export const INTERRUPT = 103;

export const [SUCCESS, CANCELLED, , IO_ERROR, STALL] = [0, 1, 2, 3, 4];
// connect_device_version, ep_info_max_packet_size, 64bits_ids,
// 32bits_bulk_length
const CAPABILITIES = (1 << 1) | (1 << 4) | (1 << 5) | (1 << 6);
const VERSION_LEN = 64;
const FULL_SPEED = 1;
const SLOTS = 32;
const IN = 0x80;

export const bytes = (...list) => Buffer.from(list);

export function words(...list) {
  const out = Buffer.alloc(2 * list.length);
  list.forEach((word, i) => out.writeUInt16LE(word, 2 * i));
  return out;
}

// --- what a device is --------------------------------------------------------
// Descriptors of one type in the tree.
function parts(tree, type) {
  const found = [];
  for (let at = 0; at < tree.length; at += tree[at])
    if (tree[at + 1] === type) found.push(tree.subarray(at, at + tree[at]));
  return found;
}

function interfaceInfo(tree) {
  const all = parts(tree, 4);
  const column = (offset) => {
    const slots = Buffer.alloc(SLOTS);
    all.forEach((one, i) => { slots[i] = one[offset]; });
    return slots;
  };
  return Buffer.concat([words(all.length, 0), column(2), column(5), column(6),
    column(7)]);
}

function endpointInfo(tree) {
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

// --- packets -----------------------------------------------------------------
/** The one peer there is, and is waited for. */
export class Wire {
  /** `receive(type, id, body)` gets each packet; `left()` is the end. */
  constructor(receive, left) {
    this.receive = receive;
    this.left = left;
  }

  listen(path, ready) {
    net.createServer((socket) => this.accept(socket)).listen(path, ready);
  }

  accept(socket) {
    let left = Buffer.alloc(0);
    this.peer = socket;
    this.greeted = false;
    this.hello();
    socket.on("data", (data) => {
      left = this.take(Buffer.concat([left, data]));
    });
    socket.on("error", this.left);
    socket.on("close", this.left);
  }

  // What is left behind the last whole packet.
  take(data) {
    const head = this.greeted ? 16 : 12;
    if (data.length < head || data.length < head + data.readUInt32LE(4))
      return data;
    const end = head + data.readUInt32LE(4);
    this.receive(data.readUInt32LE(0),
      this.greeted ? data.readBigUInt64LE(8) : 0n, data.subarray(head, end));
    this.greeted = true;
    return this.take(data.subarray(end));
  }

  send(type, id, ...body) {
    const data = Buffer.concat(body);
    const head = Buffer.alloc(type === HELLO ? 12 : 16);
    head.writeUInt32LE(type);
    head.writeUInt32LE(data.length, 4);
    if (type !== HELLO) head.writeBigUInt64LE(id, 8);
    this.peer?.write(Buffer.concat([head, data]));
  }

  hello() {
    const body = Buffer.alloc(VERSION_LEN + 4);
    body.write("fob redir");
    body.writeUInt32LE(CAPABILITIES, VERSION_LEN);
    this.send(HELLO, 0n, body);
  }

  /** A device appears, by its descriptors. */
  connect({ device, tree }) {
    const word = (at) => device[at] | (device[at + 1] << 8);
    this.send(INTERFACES, 0n, interfaceInfo(tree));
    this.send(ENDPOINTS, 0n, endpointInfo(tree));
    this.send(CONNECT, 0n, bytes(FULL_SPEED, device[4], device[5], device[6]),
      words(word(8), word(10), word(12)));
  }
}
