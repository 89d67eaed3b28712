// SPDX-License-Identifier: MIT
// A program's side of the token: HID messages, CCID messages, YKOATH.
import { Buffer } from "node:buffer";

export const OATH = Buffer.from("a0000005272101", "hex");
const BROADCAST = 0xffffffff;
const [HID_APDU, HID_INIT, HID_KEEPALIVE] = [0x83, 0x86, 0xbb];
export const HID = 1;
export const CCID = 2;
const FRAME_NS = 1e6;
const WAITS_MAX = 200; // of 400 ms each: longer than anything takes

/** A program on the HID pipe, of which a host tries each direction once in a
 *  frame (USB 2.0, 5.7.4). */
export class HidClient {
  constructor(board) {
    this.board = board;
    this.due = { in: 0, out: 0 }; // frames in which they may be tried next
    this.channel = BROADCAST;
    this.waits = [];
    const answer = this.exchange(HID_INIT, Buffer.alloc(8, 0x5a));
    this.channel = answer.readUInt32BE(8);
  }

  put(command, data) {
    const head = Buffer.alloc(7);
    head.writeUInt32BE(this.channel);
    head.writeUInt8(command, 4);
    head.writeUInt16BE(data.length, 5);
    this.report(Buffer.concat([head, data.subarray(0, 57)]));
    for (let at = 57, number = 0; at < data.length; at += 59, number++) {
      const next = Buffer.alloc(5);
      next.writeUInt32BE(this.channel);
      next.writeUInt8(number, 4);
      this.report(Buffer.concat([next, data.subarray(at, at + 59)]));
    }
  }

  inFrame(direction, attempt) {
    const { chip } = this.board;
    const frame = Math.max(
      this.due[direction], Math.ceil(chip.nanos / FRAME_NS));
    chip.run(Math.max(0, frame * FRAME_NS - chip.nanos));
    this.due[direction] = frame + 1;
    return attempt();
  }

  report(bytes) {
    const { host } = this.board;
    const full = Buffer.concat([bytes, Buffer.alloc(64 - bytes.length)]);
    host.insist(() => this.inFrame("out", () => {
      this.askedAt = this.board.chip.nanos;
      return host.out(HID, full);
    }), 1e9, 0);
  }

  receive(timeoutNs) {
    const { host } = this.board;
    return Buffer.from(host.insist(
      () => this.inFrame("in", () => host.in(HID)), timeoutNs, 0));
  }

  /** The next message; `onWait` is told of each keepalive. */
  get(timeoutNs = 20e9, onWait = () => {}) {
    let report = this.receive(timeoutNs);
    while (report[4] === HID_KEEPALIVE) {
      this.waits.push(report[7]);
      onWait(report[7]);
      report = this.receive(timeoutNs);
    }
    this.answeredAt = this.board.chip.nanos;
    const command = report[4];
    const len = report.readUInt16BE(5);
    let data = report.subarray(7);
    while (data.length < len)
      data = Buffer.concat([data, this.receive(timeoutNs).subarray(5)]);
    return { command, data: data.subarray(0, len) };
  }

  exchange(command, data, onWait) {
    this.put(command, data);
    const answer = this.get(20e9, onWait);
    if (answer.command !== command)
      throw new Error(`HID answer ${answer.command.toString(16)} ${
        answer.data.toString("hex")}`);
    return answer.data;
  }

  transmit(apdu, onWait) {
    return this.exchange(HID_APDU, apdu, onWait);
  }
}

/** A reader's driver on the CCID pipe. */
export class CcidClient {
  constructor(board) {
    this.board = board;
    this.sequence = 0;
    this.waits = 0;
    this.atr = this.exchange(0x62, Buffer.alloc(0));
  }

  put(type, data, level = 0) {
    const head = Buffer.alloc(10);
    this.sequence = (this.sequence + 1) & 0xff;
    head.writeUInt8(type);
    head.writeUInt32LE(data.length, 1);
    head.writeUInt8(this.sequence, 6);
    head.writeUInt16LE(level, 8);
    this.board.host.sendAll(CCID, Buffer.concat([head, data]));
  }

  exchange(type, data, onWait = () => {}) {
    let waits = 0;
    this.put(type, data);
    for (;;) {
      const answer = Buffer.from(this.board.host.receiveAll(CCID, 20e9));
      if (answer[6] !== this.sequence || answer.readUInt32LE(1) !==
          answer.length - 10)
        throw new Error(`CCID answer ${answer.toString("hex")}`);
      if ((answer[7] & 0xc0) === 0x40)
        throw new Error(`CCID error ${answer[8].toString(16)}`);
      if ((answer[7] & 0xc0) === 0) return answer.subarray(10);
      if (++waits > WAITS_MAX) throw new Error("CCID: it asks for time forever");
      this.waits++;
      onWait();
    }
  }

  transmit(apdu, onWait) {
    return this.exchange(0x6f, apdu, onWait);
  }
}

export function tlv(tag, value) {
  const len = value.length;
  const head = len < 0x80 ? [tag, len] : [tag, 0x81, len];
  return Buffer.concat([Buffer.from(head), value]);
}

/** YKOATH on either; throws the status word when it is no success. */
export class Card {
  constructor(client) {
    this.client = client;
    this.ask(0xa4, 4, 0, OATH);
  }

  ask(ins, p1 = 0, p2 = 0, data = Buffer.alloc(0), onWait = undefined) {
    const head = [0, ins, p1, p2];
    if (data.length > 0) head.push(data.length);
    const answer = this.client.transmit(
      Buffer.concat([Buffer.from(head), data]), onWait);
    const sw = answer.readUInt16BE(answer.length - 2);
    if (sw !== 0x9000) throw new Error(`status word ${sw.toString(16)}`);
    return answer.subarray(0, -2);
  }

  put(name, key, kind = 0x21, digits = 6, properties = 0) {
    this.ask(1, 0, 0, Buffer.concat([
      tlv(0x71, Buffer.from(name)),
      tlv(0x73, Buffer.concat([Buffer.from([kind, digits]), key])),
      Buffer.from(properties ? [0x78, properties] : [])]));
  }

  code(name, step, onWait) {
    const challenge = Buffer.alloc(8);
    challenge.writeBigUInt64BE(BigInt(step));
    const answer = this.ask(0xa2, 0, 1, Buffer.concat(
      [tlv(0x71, Buffer.from(name)), tlv(0x74, challenge)]), onWait);
    const value = answer.readUInt32BE(3) % 10 ** answer[2];
    return String(value).padStart(answer[2], "0");
  }
}
