// SPDX-License-Identifier: MIT
// A program that speaks PICOBOOT to a board, for tests: fob-flash's own side
// of it is written elsewhere, in C.
import assert from "node:assert/strict";
import { Board } from "./board.mjs";
import { Flash } from "./flash.mjs";
import { Stalled } from "./host.mjs";

export const [OUT, IN] = [3, 4];
export const FLASH = 0x10000000;
export const [EXCLUSIVE, REBOOT, ERASE, READ, WRITE, EXIT_XIP, ENTER_XIP] =
  [1, 2, 3, 0x84, 5, 6, 7];
export const PLAIN_START = [0, 0x20042000]; // of REBOOT: no program in RAM

export const words = (...list) => Buffer.from(Uint32Array.from(list).buffer);

export function command(id, args, dataLen, changes = {}) {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32LE(changes.magic ?? 0x431fd10b);
  bytes.writeUInt32LE(7, 4);
  bytes.writeUInt8(id, 8);
  bytes.writeUInt8(changes.argsLen ?? args.length, 9);
  bytes.writeUInt32LE(changes.dataLen ?? dataLen, 12);
  args.copy(bytes, 16);
  return bytes;
}

export class Client {
  constructor(board) {
    this.host = board.host;
  }

  begin(id, args = Buffer.alloc(0), dataLen = 0, changes = {}) {
    this.host.send(OUT, command(id, args, dataLen, changes));
  }

  run(id, args) {
    this.begin(id, args);
    assert.equal(this.host.receive(IN).length, 0);
  }

  ready() {
    this.run(EXCLUSIVE, Buffer.from([1]));
    this.run(EXIT_XIP);
  }

  erase(at, len) {
    this.run(ERASE, words(at, len));
  }

  write(at, data) {
    this.begin(WRITE, words(at, data.length), data.length);
    for (let done = 0; done < data.length; done += 64)
      this.host.send(OUT, data.subarray(done, done + 64));
    assert.equal(this.host.receive(IN).length, 0);
  }

  read(at, len) {
    const data = [];
    this.begin(READ, words(at, len), len);
    while (data.length < len) data.push(...this.host.receive(IN));
    this.host.send(OUT, new Uint8Array(0));
    return Buffer.from(data);
  }

  /** Of the latest command. */
  status() {
    const bytes = Buffer.from(this.host.request(0xc1, 0x42, 0, 1, 16));
    assert.equal(bytes.readUInt32LE(0), 7);
    return bytes.readUInt32LE(4);
  }

  reset() {
    this.host.request(0x41, 0x41, 0, 1);
  }

  /** `action` stalls these endpoints with that status; a reset helps. */
  stalls(status, ways, action) {
    assert.throws(action, Stalled);
    assert.deepEqual([OUT, 0x80 | IN].filter((endpoint) =>
      this.host.request(0x82, 0, 0, endpoint, 2)[0] === 1), ways);
    assert.equal(this.status(), status);
    this.reset();
    this.read(FLASH, 256);
  }
}

export function plugged(flash) {
  const board = new Board(flash);
  board.plugIn();
  return board;
}

/** A board with nothing in its flash, ready to be written. */
export function blank() {
  const board = plugged(new Flash());
  const client = new Client(board);
  client.ready();
  return { board, client };
}
