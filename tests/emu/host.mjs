// SPDX-License-Identifier: MIT
// A USB host at the level of tokens: it sends SETUP, OUT and IN to the
// controller's buffers as the bus would, gets ACK, NAK, STALL or nothing, and
// keeps its own data toggles.  It stands in for what the emulator's device
// mode does, which is not paced by a host.
//
// A transaction takes its time, in which the firmware runs: the controller
// goes by what the buffer control said at the token, and overwrites it at the
// end (4.1.2.6).  A SETUP clears EP_STALL_ARM and touches no buffer: what is
// armed on endpoint 0 goes out after it all the same.
import { B0_B1 } from "./blocks.mjs";

const BUFFER_CONTROL = 0x80;
const ENDPOINT_CONTROL = 0x08;
const EP0_BUFFER = 0x100;
const [FULL, LAST, DATA1, STALL, AVAILABLE] =
  [15, 14, 13, 11, 10].map((n) => 1 << n);
const LEN = 0x3ff;
const SETTLE_CYCLES = Math.ceil(3 * 125 / 48);
const ENABLE = 1 << 31;
const TELL_EACH = 1 << 29;
const PULL_UP = 1 << 16;
const [SIE_RESET, SIE_SETUP] = [1 << 19, 1 << 17];
const [ABORT, ABORT_DONE] = [0x60, 0x64];
const TURNAROUND_NS = 3e3; // between two transactions

// 12 Mbit/s: about 13 bytes of token, handshake and gaps a transaction.
const packetNs = (len) => (13 + len) * 8 * 1000 / 12;

export class Stalled extends Error {}
export class Timeout extends Error {}
export class BusError extends Error {}

export class Host {
  constructor(chip) {
    this.chip = chip;
    this.address = 0;
    this.naks = 0;
    this.dropped = 0; // packets with another data toggle than the next one's
    this.toggles = new Map();
    this.connect();
  }

  connect() {
    this.usb = this.chip.mcu.usbCtrl;
    this.dpram = this.chip.mcu.usbDPRAMView;
    this.written = new Map();
    this.usb.DPRAMUpdated = (offset, value) => this.watch(offset, value);
    this.moving = 0; // bit of the buffer that is on the wire
    const write = this.usb.writeUint32.bind(this.usb);
    this.usb.writeUint32 = (offset, value) =>
      offset === ABORT ? this.abort(value) : write(offset, value);
  }

  // EP_ABORT: NAK from now on, and done once nothing is on the wire.
  abort(value) {
    if (value !== 0 && this.chip.phy.stepping === B0_B1)
      throw new Error("EP_ABORT, which erratum RP2040-E2 never ends");
    this.usb.epAbort = value;
    this.usb.epAbortDone |= value & ~this.moving;
  }

  // The controller runs on another clock: whatever a buffer control says has
  // to be there for three of its cycles before AVAILABLE is (4.1.2.5.1).
  watch(offset, value) {
    if (offset < BUFFER_CONTROL || offset >= EP0_BUFFER) return;
    const { value: before, cycles } = this.written.get(offset) ?? {};
    const now = this.chip.core.cycles;
    if (value & AVAILABLE && (before !== (value & ~AVAILABLE) >>> 0 ||
        now - cycles < SETTLE_CYCLES))
      throw new Error("a buffer is handed over too early");
    this.written.set(offset, { value: value >>> 0, cycles: now });
  }

  isAttached() {
    return (this.usb.mainCtrl & 1) !== 0 && (this.usb.sieCtrl & PULL_UP) !== 0;
  }

  /** Reset the bus for 10 ms, with the 10 ms of recovery after it, or less
   *  (USB 2.0, 7.1.7.5). */
  reset(recoveryNs = 10e6) {
    this.chip.phy.startReset();
    this.usb.sieStatus |= SIE_RESET;
    this.usb.sieStatusUpdated();
    this.chip.run(10e6);
    this.chip.phy.endReset();
    this.address = 0;
    this.toggles.clear();
    this.chip.run(recoveryNs);
  }

  // --- single transactions ---------------------------------------------------
  mustAnswer() {
    if (!this.isAttached()) throw new BusError("nothing is attached");
    if (!this.chip.phy.hears()) throw new BusError("nobody hears");
    if ((this.usb.addrEndp & 0x7f) !== this.address)
      throw new BusError(`nobody has address ${this.address}`);
  }

  control(endpoint, out) {
    return BUFFER_CONTROL + 8 * endpoint + (out ? 4 : 0);
  }

  // Endpoint 0 stalls only with EP_STALL_ARM as well.
  stalls(endpoint, out, value) {
    return (value & STALL) !== 0 &&
      (endpoint !== 0 || (this.usb.epStallArm & (out ? 2 : 1)) !== 0);
  }

  bit(endpoint, out) {
    return 1 << (2 * endpoint + (out ? 1 : 0));
  }

  isAborted(endpoint, out) {
    return (this.usb.epAbort & this.bit(endpoint, out)) !== 0;
  }

  /** The device has not taken the SETUP up yet. */
  isSettingUp() {
    return (this.usb.sieStatus & SIE_SETUP) !== 0;
  }

  buffer(endpoint, out) {
    if (endpoint === 0) return EP0_BUFFER;
    const at = ENDPOINT_CONTROL + 8 * (endpoint - 1) + (out ? 4 : 0);
    const value = this.dpram.getUint32(at, true);
    if (!(value & ENABLE))
      throw new BusError(`endpoint ${endpoint} is not there`);
    if (!(value & TELL_EACH)) throw new BusError("no event for the buffer");
    return value & 0xffc0;
  }

  isExpected(key, value) {
    const expected = this.toggles.get(key) ?? 0;
    return ((value & DATA1) !== 0) === (expected === 1);
  }

  flip(key) {
    this.toggles.set(key, 1 - (this.toggles.get(key) ?? 0));
  }

  // The status phase: length, PID and LAST of what was latched at the token.
  finish(endpoint, out, value) {
    this.dpram.setUint32(this.control(endpoint, out), value, true);
    this.usb.indicateBufferReady(endpoint, out);
  }

  // A packet is on the wire, and the firmware runs.
  move(endpoint, out, len) {
    this.moving = this.bit(endpoint, out);
    this.chip.run(packetNs(len));
    this.usb.epAbortDone |= this.usb.epAbort & this.moving;
    this.moving = 0;
  }

  /** "nak", "stall", or the bytes; `lost`: the host's ACK does not arrive. */
  in(endpoint, lost = false) {
    this.mustAnswer();
    const value = this.dpram.getUint32(this.control(endpoint, false), true);
    const at = this.buffer(endpoint, false);
    if (this.stalls(endpoint, false, value)) return "stall";
    if (!(value & AVAILABLE) || !(value & FULL) ||
        this.isAborted(endpoint, false)) {
      this.naks++;
      return "nak";
    }
    const data = this.chip.mcu.usbDPRAM.slice(at, at + (value & LEN));
    this.move(endpoint, false, data.length);
    if (Buffer.compare(data, this.chip.mcu.usbDPRAM.slice(at, at + data.length)))
      throw new Error("a packet changed on the wire");
    if (lost) return "lost";
    return this.depart(endpoint, value) ? data : "nak";
  }

  /** The end of an IN that the endpoint was armed for; whether the host takes
   *  it: one with the data toggle of the last is acknowledged and dropped
   *  (USB 2.0, 8.6.4), which only an end of endpoint 0's can excuse. */
  depart(endpoint, value =
    this.dpram.getUint32(this.control(endpoint, false), true)) {
    const isNext = this.isExpected(`in${endpoint}`, value);
    if (!isNext && endpoint !== 0) throw new BusError("data toggle, in");
    this.finish(endpoint, false, value & (LEN | DATA1 | LAST));
    if (isNext) this.flip(`in${endpoint}`);
    else this.dropped++;
    return isNext;
  }

  /** "nak", "stall" or "ack". */
  out(endpoint, data) {
    this.mustAnswer();
    const value = this.dpram.getUint32(this.control(endpoint, true), true);
    this.buffer(endpoint, true);
    if (this.stalls(endpoint, true, value)) return "stall";
    if (!(value & AVAILABLE) || value & FULL || this.isAborted(endpoint, true)) {
      this.naks++;
      return "nak";
    }
    if (data.length > (value & LEN)) throw new BusError("babble");
    if (!this.isExpected(`out${endpoint}`, value))
      throw new BusError("data toggle, out");
    this.move(endpoint, true, data.length);
    this.arrive(endpoint, data, value);
    return "ack";
  }

  /** The end of an OUT that the endpoint was armed for. */
  arrive(endpoint, data, value =
    this.dpram.getUint32(this.control(endpoint, true), true)) {
    this.chip.mcu.usbDPRAM.set(data, this.buffer(endpoint, true));
    this.flip(`out${endpoint}`);
    this.finish(endpoint, true, (value & (DATA1 | LAST)) | FULL | data.length);
  }

  /** SETUP is never refused. */
  setup(bytes) {
    this.mustAnswer();
    this.chip.run(packetNs(8));
    this.chip.mcu.usbDPRAM.set(bytes, 0);
    this.usb.epStallArm = 0;
    this.usb.sieStatus |= SIE_SETUP;
    this.usb.sieStatusUpdated();
    this.toggles.set("in0", 1);
    this.toggles.set("out0", 1);
    this.chip.run(TURNAROUND_NS);
  }

  // --- transfers -------------------------------------------------------------
  // Try until it is not NAK; a host gives up at some time.
  insist(attempt, timeoutNs, gapNs = 20e3) {
    const end = this.chip.nanos + timeoutNs;
    for (;;) {
      const answer = attempt();
      if (answer === "stall") throw new Stalled();
      if (answer !== "nak") return answer;
      if (this.chip.nanos > end) throw new Timeout();
      this.chip.run(gapNs);
    }
  }

  send(endpoint, data, timeoutNs = 1e9) {
    return this.insist(() => this.out(endpoint, data), timeoutNs);
  }

  receive(endpoint, timeoutNs = 1e9) {
    return this.insist(() => this.in(endpoint), timeoutNs);
  }

  /** A control transfer: the data of IN requests, with their status stage. */
  request(type, code, value = 0, index = 0, length = 0, timeoutNs = 1e9) {
    this.setup(Uint8Array.from(
      [type, code, value, value >> 8, index, index >> 8, length, length >> 8]));
    if (!(type & 0x80) || length === 0) {
      const status = this.receive(0, timeoutNs);
      if (status.length !== 0) throw new BusError("a status stage with data");
      return status;
    }
    const data = [];
    for (let packet; data.length < length && packet?.length !== 0;) {
      packet = this.receive(0, timeoutNs);
      data.push(...packet);
      if (packet.length < 64) break;
    }
    if (data.length > length) throw new BusError("more than was asked for");
    this.send(0, new Uint8Array(0), timeoutNs);
    return Uint8Array.from(data);
  }

  descriptor(type, index, length) {
    return this.request(0x80, 6, (type << 8) | index, 0, length);
  }

  /** Bulk IN until a short packet. */
  receiveAll(endpoint, timeoutNs = 1e9) {
    const data = [];
    for (;;) {
      const packet = this.receive(endpoint, timeoutNs);
      data.push(...packet);
      if (packet.length < 64) return Uint8Array.from(data);
    }
  }

  sendAll(endpoint, data, timeoutNs = 1e9) {
    for (let at = 0; at < data.length; at += 64)
      this.send(endpoint, data.subarray(at, at + 64), timeoutNs);
    if (data.length % 64 === 0) this.send(endpoint, new Uint8Array(0));
  }

  /** As far as an operating system goes by itself. */
  enumerate(address = 5) {
    this.reset();
    this.descriptor(1, 0, 64);
    this.request(0x00, 5, address);
    this.chip.run(2e6);
    this.address = address;
    const device = this.descriptor(1, 0, 18);
    const head = this.descriptor(2, 0, 9);
    const tree = this.descriptor(2, 0, head[2] | (head[3] << 8));
    this.request(0x00, 9, tree[5]);
    this.toggles.clear();
    return { device, tree };
  }
}
