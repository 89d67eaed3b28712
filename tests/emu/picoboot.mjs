// SPDX-License-Identifier: MIT
// PICOBOOT as the RP2040's ROM serves it (data sheet, 2.8.5; where that is
// silent, what the ROM's published source does): packets in, packets out,
// over the flash that the chip's next start will run.
//
// A fault that the ROM finds stalls a pipe and leaves a status to ask for.  A
// Misuse is what it does not find, and no host should do: on silicon it would
// be acknowledged and do nothing, or harm.
import { FLASH_LEN, PAGE, SECTOR } from "./flash.mjs";

export class Misuse extends Error {}

export const STATUS = {
  OK: 0, UNKNOWN_COMMAND: 1, COMMAND_LENGTH: 2, TRANSFER_LENGTH: 3,
  ADDRESS: 4, ALIGNMENT: 5, INTERLEAVED_WRITE: 6, REBOOTING: 7,
};

const MAGIC = 0x431fd10b;
const COMMAND_LEN = 32;
const PACKET = 64;
const FROM_BOARD = 0x80; // in a command's id: its data come from the board
const [FLASH, FLASH_END] = [0x10000000, 0x20000000]; // as far as it looks
const [RAM, RAM_END, ROM_LEN] = [0x20000000, 0x20042000, 0x4000];
const EMPTY = new Uint8Array(0);

// id: length of its arguments, whether data follow, what it does.
const COMMANDS = {
  1: [1, false, "takeOver"],
  2: [12, false, "reboot"],
  3: [8, false, "erase"],
  4: [8, true, "read"],
  5: [8, true, "write"],
  6: [0, false, "exitXip"],
  7: [0, false, "enterXip"],
};

// What the pipes are at.
const [COMMAND, TAKES, GIVES, ACKS, AWAITS_ACK, DEAF] =
  ["command", "takes", "gives", "acks", "awaits ack", "deaf"];

export class Picoboot {
  /** `chip` has flash, nanos and restartAt; `isShared`: mass storage is there
   *  as well and would write to the flash, too. */
  constructor(chip, isShared) {
    this.chip = chip;
    this.isShared = isShared;
    this.isXip = true; // until a host says otherwise, whatever came before
    this.commands = []; // names, for tests
    this.configure();
  }

  /** The device was configured: both pipes are as new. */
  configure() {
    this.toggle = { in: 0, out: 0 };
    this.reset();
  }

  /** INTERFACE_RESET.  Data toggles stay as they are. */
  reset() {
    this.halted = { in: false, out: false };
    this.state = COMMAND;
    this.exclusive = 0;
    this.busyUntil = 0;
    this.token = this.id = this.status = 0;
  }

  /** GET_COMMAND_STATUS. */
  tellStatus() {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, this.token, true);
    view.setUint32(4, this.status, true);
    view.setUint8(8, this.id);
    view.setUint8(9, this.isBusy() || [TAKES, GIVES].includes(this.state));
    return bytes;
  }

  /** CLEAR_FEATURE(ENDPOINT_HALT), also of a pipe that is not halted: what
   *  was under way there is dropped. */
  clearHalt(way) {
    const own = way === "out" ? [TAKES, AWAITS_ACK, DEAF] : [GIVES, ACKS];
    this.halted[way] = false;
    this.toggle[way] = 0;
    if (own.includes(this.state)) this.state = way === "out" ? COMMAND : DEAF;
  }

  // --- pipes -----------------------------------------------------------------
  isBusy() {
    return this.chip.nanos < this.busyUntil;
  }

  /** "nak", "stall" or "ack". */
  out(packet) {
    if (this.halted.out) return "stall";
    const takes = { [COMMAND]: "takeCommand", [TAKES]: "takeData",
      [AWAITS_ACK]: "takeAck" }[this.state];
    if (!takes || this.isBusy()) return "nak";
    this.toggle.out ^= 1;
    this[takes](packet);
    return "ack";
  }

  /** "nak", "stall" or the packet's bytes. */
  in() {
    if (this.isBusy()) return "nak";
    if (this.state === GIVES) this.fillPage();
    if (this.halted.in) return "stall";
    if (this.isBusy() || ![GIVES, ACKS].includes(this.state)) return "nak";
    this.toggle.in ^= 1;
    return this.state === ACKS ? this.giveAck() : this.giveData();
  }

  // Pipes that a fault halts have nothing more under way.
  halt(status, ...ways) {
    this.status = status;
    for (const way of ways) this.halted[way] = true;
    this.state = DEAF;
  }

  giveAck() {
    this.state = COMMAND;
    return EMPTY;
  }

  takeAck(packet) {
    if (packet.length > 0) throw new Misuse("an acknowledgement with data");
    this.state = COMMAND;
  }

  // --- commands --------------------------------------------------------------
  takeCommand(packet) {
    const view = new DataView(Uint8Array.from(packet).buffer);
    if (packet.length !== COMMAND_LEN || view.getUint32(0, true) !== MAGIC)
      return this.halt(this.status, "in", "out"); // as it was before
    this.token = view.getUint32(4, true);
    this.id = view.getUint8(8);
    this.address = view.getUint32(16, true);
    this.size = view.getUint32(20, true);
    this.view = view;
    const fault = this.findFault(view);
    if (fault !== STATUS.OK) return this.halt(fault, "in", "out");
    this.status = STATUS.OK;
    return this.begin(COMMANDS[this.id & ~FROM_BOARD]);
  }

  findFault(view) {
    const command = COMMANDS[this.id & ~FROM_BOARD];
    if (!command) return STATUS.UNKNOWN_COMMAND;
    const [argumentsLen, hasData, name] = command;
    if (view.getUint8(9) !== argumentsLen) return STATUS.COMMAND_LENGTH;
    if (view.getUint32(12, true) === (hasData ? this.size : 0))
      return STATUS.OK;
    if (name === "reboot") throw new Misuse("REBOOT with a transfer length");
    return STATUS.TRANSFER_LENGTH;
  }

  begin([, hasData, name]) {
    const isFromBoard = (this.id & FROM_BOARD) !== 0;
    if (isFromBoard !== (name === "read"))
      throw new Misuse(`${name} with the data's way wrong in its id`);
    this.commands.push(name);
    if (hasData && this.size === 0) throw new Misuse(`${name} of nothing`);
    this.moved = 0;
    this.page = null;
    if (hasData) this.state = name === "read" ? GIVES : TAKES;
    else {
      this.state = ACKS;
      this[name]();
    }
  }

  // An ordinary start, as a watchdog's reset would make one.
  reboot() {
    if (this.address !== 0)
      throw new Misuse("a start in RAM is not modelled");
    const delayMs = this.view.getUint32(24, true);
    this.chip.restartAt = this.chip.nanos + delayMs * 1e6;
  }

  takeOver() {
    this.exclusive = this.view.getUint8(16);
    if (this.exclusive > 2) throw new Misuse("EXCLUSIVE_ACCESS of no kind");
  }

  exitXip() {
    this.isXip = false;
  }

  enterXip() {
    this.isXip = true;
  }

  // --- flash -----------------------------------------------------------------
  spend(nanos) {
    this.busyUntil = this.chip.nanos + nanos;
  }

  mustReachFlash(changes, at, len) {
    if (this.isXip) throw new Misuse("flash that is still in XIP mode");
    if (changes && this.isShared && this.exclusive === 0)
      throw new Misuse("flash is changed without exclusive access");
    if (at + len > FLASH_LEN)
      throw new Misuse("beyond the chip, where flash begins anew");
  }

  // Faults of an erase are acknowledged all the same.
  erase() {
    const at = this.address - FLASH;
    if (at < 0 || at % SECTOR || this.size % SECTOR || this.size === 0)
      throw new Misuse("ERASE of no sectors");
    if (this.chip.isRestarting()) throw new Misuse("ERASE while it restarts");
    this.mustReachFlash(true, at, this.size);
    let nanos = 0;
    for (let done = 0; done < this.size; done += SECTOR)
      nanos += this.chip.flash.erase(at + done);
    this.spend(nanos);
  }

  /** A fault of the page at `address`, or OK. */
  pageFault(address, len, isWrite) {
    const isWithin = (from, to) => address >= from && address + len <= to;
    if (this.chip.isRestarting()) return STATUS.REBOOTING;
    if (isWithin(RAM, RAM_END) || (!isWrite && isWithin(0, ROM_LEN)))
      throw new Misuse("of memory, only flash is modelled");
    if (!isWithin(FLASH, FLASH_END)) return STATUS.ADDRESS;
    return address % PAGE ? STATUS.ALIGNMENT : STATUS.OK;
  }

  // Pages are written when they are full; only the pipe of the data halts.
  takeData(packet) {
    const wanted = Math.min(PACKET, this.size - this.moved);
    if (packet.length !== wanted) throw new Misuse("a packet cut short");
    this.page ??= [];
    this.page.push(...packet);
    this.moved += packet.length;
    if (this.page.length < PAGE && this.moved < this.size) return;
    this.writePage(this.address + this.moved - this.page.length);
    this.page = null;
    if (this.state === TAKES && this.moved === this.size) this.state = ACKS;
  }

  writePage(address) {
    const fault = this.pageFault(address, this.page.length, true);
    if (fault !== STATUS.OK) return this.halt(fault, "out");
    const at = address - FLASH;
    if (this.page.length < PAGE)
      throw new Misuse("WRITE of a part of a page: its rest becomes 0");
    this.mustReachFlash(true, at, PAGE);
    if (this.chip.flash.bytes.subarray(at, at + PAGE).some((byte) =>
      byte !== 0xff)) throw new Misuse("WRITE to a page that is not erased");
    return this.spend(
      this.chip.flash.program(at, Uint8Array.from(this.page)));
  }

  fillPage() {
    if (this.page) return;
    const address = this.address + this.moved;
    const len = Math.min(PAGE, this.size - this.moved);
    const fault = this.pageFault(address, len, false);
    if (fault !== STATUS.OK) {
      this.halt(fault, "in");
      return;
    }
    const at = address - FLASH;
    this.mustReachFlash(false, at, len);
    this.page = this.chip.flash.bytes.slice(at, at + len);
  }

  giveData() {
    const packet = this.page.slice(0, PACKET);
    this.page = this.page.length > PACKET ? this.page.slice(PACKET) : null;
    this.moved += packet.length;
    if (this.moved === this.size) this.state = AWAITS_ACK;
    return packet;
  }
}
