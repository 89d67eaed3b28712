// SPDX-License-Identifier: MIT
// The chip in its ROM's USB boot loader, in place of one that runs an image:
// the device 2E8A:0003 and the port it is plugged into.
import { Restart } from "./chip.mjs";
import { BusError, Host, Stalled } from "./host.mjs";
import { Picoboot } from "./picoboot.mjs";

const ATTACH_NS = 20e6; // until its clocks run and its pull-up is on
const IN = 0x80;
const ENDPOINTS = { 0x03: "out", 0x84: "in" }; // of PICOBOOT
const STORAGE = [0x02, 0x81];
const REQUEST = { RESET: 0x41, STATUS: 0x42 };

const DEVICE = Uint8Array.from([
  18, 1, 0x10, 0x01, 0, 0, 0, 64, 0x8a, 0x2e, 0x03, 0x00, 0x00, 0x01,
  1, 2, 3, 1,
]);
const STRINGS = ["", "Raspberry Pi", "RP2 Boot", "E0C9125B0D9B"];

const descriptor = (type, ...rest) => [rest.length + 2, type, ...rest];
const bulk = (address) => descriptor(5, address, 2, 64, 0, 0);

/** The configuration, without mass storage as some programs ask for it. */
function makeTree(hasStorage) {
  const interfaces = [];
  if (hasStorage)
    interfaces.push([
      ...descriptor(4, 0, 0, 2, 0x08, 0x06, 0x50, 0), ...bulk(0x81),
      ...bulk(0x02)]);
  interfaces.push([
    ...descriptor(4, interfaces.length, 0, 2, 0xff, 0, 0, 0), ...bulk(0x03),
    ...bulk(0x84)]);
  const body = interfaces.flat();
  return Uint8Array.from([...descriptor(
    2, body.length + 9, 0, interfaces.length, 1, 0, 0x80, 0xfa), ...body]);
}

function stringDescriptor(number) {
  if (number === 0) return Uint8Array.from([4, 3, 9, 4]);
  const text = Buffer.from(STRINGS[number] ?? "", "utf16le");
  return Uint8Array.from([text.length + 2, 3, ...text]);
}

/** One life of the chip there, from reset to reset. */
export class LoaderChip {
  constructor(flash, hasStorage = true) {
    this.flash = flash;
    this.nanos = 0;
    this.restartAt = Infinity;
    this.tree = makeTree(hasStorage);
    this.picoboot = new Picoboot(this, hasStorage);
  }

  isRestarting() {
    return this.restartAt !== Infinity;
  }

  run(nanos) {
    this.nanos += nanos;
    if (this.nanos >= this.restartAt) throw new Restart("REBOOT");
  }

  /** The state that its restart leaves. */
  afterRestart() {
    return { watchdog: 1 };
  }

  moveButton() {}
}

/** The port; control transfers are taken as a whole. */
export class LoaderHost extends Host {
  connect() {
    this.picoboot = this.chip.picoboot;
    this.configuration = 0;
  }

  isAttached() {
    return this.chip.nanos >= ATTACH_NS;
  }

  reset() {
    this.chip.run(20e6);
    this.address = 0;
    this.configuration = 0;
    this.toggles.clear();
  }

  // --- pipes -----------------------------------------------------------------
  /** "in" or "out" of PICOBOOT; null where nobody ever listens. */
  pipe(address) {
    if (!this.isAttached()) throw new BusError("nothing is attached");
    const isThere = address in ENDPOINTS || STORAGE.includes(address);
    if (this.configuration === 0 || !isThere)
      throw new BusError(`endpoint ${address} is not there`);
    return ENDPOINTS[address] ?? null;
  }

  // Mass storage stays silent: the tests have no driver for it.
  move(address, key, action) {
    const way = this.pipe(address);
    if (way === null) return "nak";
    const toggle = this.picoboot.toggle[way];
    const answer = action();
    if (answer === "nak" || answer === "stall") return answer;
    if (toggle !== (this.toggles.get(key) ?? 0))
      throw new BusError(`data toggle, ${way}`);
    this.chip.run(50e3);
    this.flip(key);
    return answer;
  }

  in(endpoint) {
    return this.move(endpoint | IN, `in${endpoint}`,
      () => this.picoboot.in());
  }

  out(endpoint, data) {
    return this.move(endpoint, `out${endpoint}`,
      () => this.picoboot.out(data));
  }

  // --- control transfers -----------------------------------------------------
  request(type, code, value = 0, index = 0, length = 0) {
    const answer = this.answer(type, code, value, index, length);
    if (!answer) throw new Stalled();
    this.chip.run(100e3);
    return answer.subarray(0, length);
  }

  answer(type, code, value, index, length) {
    const recipient = type & 0x1f;
    if (type & 0x60) return this.answerClass(type, code, index, length);
    if (recipient === 0) return this.answerDevice(type, code, value);
    if (this.configuration === 0) return undefined;
    return recipient === 1 ? this.answerInterface(type, code, value, index)
      : this.answerEndpoint(type, code, value, index);
  }

  answerDevice(type, code, value) {
    if (type === 0x80 && code === 6)
      return { 1: DEVICE, 2: this.chip.tree,
        3: stringDescriptor(value & 0xff) }[value >> 8];
    if (type === 0x80 && code === 0) return Uint8Array.from([0, 0]);
    if (type === 0x80 && code === 8)
      return Uint8Array.from([this.configuration]);
    if (type === 0x00 && code === 5) return new Uint8Array(0);
    if (type !== 0x00 || code !== 9 || value > 1) return undefined;
    this.configuration = value;
    this.picoboot.configure();
    return new Uint8Array(0);
  }

  answerInterface(type, code, value, index) {
    if (index >= this.chip.tree[4]) return undefined;
    if (type === 0x81 && code === 0) return Uint8Array.from([0, 0]);
    if (type === 0x81 && code === 10) return Uint8Array.from([0]);
    return type === 0x01 && code === 11 && value === 0
      ? new Uint8Array(0) : undefined;
  }

  answerEndpoint(type, code, value, index) {
    const way = ENDPOINTS[index];
    if (!way || value !== 0) return undefined;
    if (type === 0x82 && code === 0)
      return Uint8Array.from([this.picoboot.halted[way] ? 1 : 0, 0]);
    if (type !== 0x02 || (code !== 1 && code !== 3)) return undefined;
    if (code === 1) this.picoboot.clearHalt(way);
    else this.picoboot.halted[way] = true;
    return new Uint8Array(0);
  }

  // GET_MAX_LUN is asked by every driver of mass storage that binds.
  answerClass(type, code, index, length) {
    const own = this.chip.tree[4] - 1; // PICOBOOT's is the last interface
    if (type === 0xa1 && code === 0xfe && own === 1 && index === 0)
      return Uint8Array.from([0]);
    if (this.configuration === 0 || index !== own) return undefined;
    if (type === 0xc1 && code === REQUEST.STATUS && length === 16)
      return this.picoboot.tellStatus();
    if (type !== 0x41 || code !== REQUEST.RESET) return undefined;
    this.picoboot.reset();
    return new Uint8Array(0);
  }
}
