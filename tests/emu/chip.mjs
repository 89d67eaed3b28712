// SPDX-License-Identifier: MIT
// One life of the chip, from reset to reset: the emulator's RP2040 with the
// blocks it lacks, a boot ROM of our own, and an error on whatever real
// silicon would answer with a fault or with nonsense.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { B2, ChipReset, HAD_POR, IoQspi, Rosc, Ssi, Sysinfo, Xosc }
  from "./blocks.mjs";
import { FLASH_LEN, PAGE, SECTOR } from "./flash.mjs";
import { watchLed } from "./led.mjs";
import { watchReset } from "./resets.mjs";
import { Phy } from "./phy.mjs";

const home = path.join(process.env.O ?? "build", "emu/node_modules/rp2040js");
const { RP2040 } = await import(
  pathToFileURL(path.resolve(home, "dist/esm/index.js")));

const PICO_BUTTON = 15;
export const CYCLE_NS = 8; // 125 MHz
export const RAM = 0x20000000;
export const PAINT = 0xa5; // what RAM holds before anything was written
const FLASH = 0x10000000;
const BOOT2_LEN = 256;
const BOOT2_AT = 0x20041f00;
const CODE_BIT = 1;

/** An access to where nothing is, or not aligned: silicon would fault. */
export class BusFault extends Error {}

/** Why the chip stopped. */
export class Restart extends Error {}

/** It goes on in its ROM's USB boot loader; bit 0 of `disabled` leaves out
 *  mass storage there (2.8.3.1). */
export class Loader extends Error {
  constructor(why, disabled = 0) {
    super(why);
    this.hasStorage = (disabled & 1) === 0;
  }
}

// --- the ROM (2.8) ---------------------------------------------------------
const ROM_FUNCTIONS = ["??", "IF", "EX", "FC", "CX", "RE", "RP", "UB"];
const ROM_CODE_AT = 0x100;

function writeRom(words) {
  const halves = new Uint16Array(words.buffer);
  halves[0x14 / 2] = 0x80; // function table; nobody reads it but the look-up
  halves[0x18 / 2] = ROM_CODE_AT | CODE_BIT;
  ROM_FUNCTIONS.forEach((_, number) => {
    halves[ROM_CODE_AT / 2 + 2 * number] = 0xbe00 | number; // bkpt #number
    halves[ROM_CODE_AT / 2 + 2 * number + 1] = 0x4770; // bx lr
  });
}

/** CRC32 as the ROM reckons it: nothing reflected, no final xor. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let i = 0; i < 8; i++)
      crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

// --- the chip --------------------------------------------------------------
export class Chip {
  /** `world` has randomBit(), isButtonDown(), isBootselDown(), onLed(on), and
   *  may have the chip's revision, another one that the chip tells, and where
   *  the LED and the button are. */
  constructor(flash, world, reset = {}) {
    this.flash = flash;
    this.world = world;
    this.mcu = new RP2040();
    this.core = this.mcu.core;
    this.clock = this.mcu.clock;
    this.flashView = new DataView(flash.bytes.buffer);
    this.noFlash = new Uint8Array(0);
    this.plugBlocks(reset);
    this.mendSleep();
    this.mcu.sram.fill(PAINT);
    if (reset.memory) this.fillMemory(reset.memory);
    const complain = (block, text) => {
      throw new (block === "RP2040" ? BusFault : Error)(`${block}: ${text}`);
    };
    this.mcu.logger = {
      debug() {}, info() {}, warn: complain, error: complain,
    };
    this.mcu.onBreak = (number) => this.runRom(ROM_FUNCTIONS[number]);
    writeRom(this.mcu.bootrom);
    this.setXip(true);
    this.connectPins();
    this.boot();
  }

  plugBlocks({ reason = HAD_POR, watchdog = 0, scratch = [] }) {
    const { peripherals } = this.mcu;
    const { revision = B2, tells = revision } = this.world;
    peripherals[0x40000] = new Sysinfo(tells);
    this.phy = new Phy(this, revision);
    this.ssi = new Ssi(this);
    peripherals[0x18000] = this.ssi;
    peripherals[0x40018] = new IoQspi(this);
    peripherals[0x40024] = new Xosc(this);
    watchReset(peripherals[0x4000c], this.phy);
    peripherals[0x40060] = new Rosc(this.world);
    peripherals[0x40064] = new ChipReset(reason);
    this.watchdog = peripherals[0x40058];
    this.watchdog.reason = watchdog;
    this.watchdog.scratchData.set(scratch);
    this.watchdog.onWatchdogTrigger = () => { throw new Restart("watchdog"); };
  }

  // The emulator enters handlers of masked interrupts, and sleeps through one
  // that was pending already; silicon does neither.
  mendSleep() {
    const { core } = this;
    const stock = core.checkForInterrupts.bind(core);
    core.checkForInterrupts = () => {
      if (!core.PM) return stock();
      core.interruptsUpdated = false;
      return this.isWoken();
    };
  }

  isWoken() {
    return (this.core.pendingInterrupts & this.core.enabledInterrupts) !== 0;
  }

  connectPins() {
    for (const pin of this.mcu.gpio) pin.padValue = 0x56;
    for (const pin of this.mcu.qspi) pin.padValue = 0x56;
    this.mcu.qspi[1].setInputValue(true);
    watchLed(this);
    this.moveButton();
  }

  moveButton() {
    const { buttonAt = PICO_BUTTON } = this.world;
    if (buttonAt !== "none")
      this.mcu.gpio[buttonAt].setInputValue(!this.world.isButtonDown());
  }

  // --- flash -----------------------------------------------------------------
  // With the window shut there is no flash behind it, so that any access ends
  // as one to an unmapped address.
  setXip(on) {
    this.xip = on;
    this.mcu.flash = on ? this.flash.bytes : this.noFlash;
    this.mcu.flashView = this.flashView;
  }

  setSelectLine(output, enable) {
    const LOW = 2;
    const OFF = 2;
    this.ssi.select(output === LOW);
    if (enable === OFF) this.window = this.xip;
    if (enable === OFF) this.setXip(false);
    else if (this.window) this.setXip(true);
    if (enable !== OFF) this.window = false;
    this.mcu.qspi[1].setInputValue(
      enable === OFF ? !this.world.isBootselDown() : output !== LOW);
  }

  // --- ROM -------------------------------------------------------------------
  runRom(name) {
    const [a, b, c, d] = this.core.registers;
    switch (name) {
      case "??": return this.lookUp(b);
      case "IF": return this.ssi.select(false);
      case "EX": return this.setXip(false);
      case "FC": return undefined;
      case "CX": return this.setXip(true);
      case "RE": return this.eraseByRom(a, b, c, d);
      case "RP": return this.programByRom(a, b, c);
      case "UB": throw new Loader("the image asks for it", b);
      default: throw new Error(`the image ran into a breakpoint at ${
        this.core.PC.toString(16)}`);
    }
  }

  lookUp(code) {
    const name = String.fromCharCode(code & 0xff, code >>> 8);
    const number = ROM_FUNCTIONS.indexOf(name);
    if (number < 0) throw new Error(`ROM: no function ${name}`);
    this.core.registers[0] = (ROM_CODE_AT + 4 * number) | CODE_BIT;
  }

  mustBeInCommandMode() {
    if (this.xip) throw new Error("ROM: flash is in XIP mode");
    if (!this.core.PM) throw new Error("interrupts are on in a flash operation");
  }

  eraseByRom(at, len, block, command) {
    this.mustBeInCommandMode();
    if (at % SECTOR || len % SECTOR || at + len > FLASH_LEN ||
        block !== 65536 || command !== 0xd8)
      throw new Error("ROM: erase of no sectors");
    for (let done = 0; done < len; done += SECTOR)
      this.clock.tick(this.flash.erase(at + done));
  }

  programByRom(at, data, len) {
    this.mustBeInCommandMode();
    if (at % PAGE || len % PAGE || at + len > FLASH_LEN)
      throw new Error("ROM: programming of no pages");
    const from = data - RAM;
    if (from < 0 || from + len > this.mcu.sram.length)
      throw new Error("ROM: programming from outside RAM");
    for (let done = 0; done < len; done += PAGE)
      this.clock.tick(this.flash.program(
        at + done, this.mcu.sram.slice(from + done, from + done + PAGE)));
  }

  // --- running ---------------------------------------------------------------
  boot() {
    if (this.world.isBootselDown()) throw new Loader("BOOTSEL is held");
    const boot2 = this.flash.bytes.slice(0, BOOT2_LEN);
    const sum = new DataView(boot2.buffer).getUint32(BOOT2_LEN - 4, true);
    if (crc32(boot2.subarray(0, BOOT2_LEN - 4)) !== sum)
      throw new Loader("boot2 has a wrong checksum");
    this.mcu.sram.set(boot2, BOOT2_AT - RAM);
    this.core.SP = BOOT2_AT;
    this.core.LR = 0;
    this.core.PC = BOOT2_AT;
    this.ssi.registers = {};
  }

  get nanos() {
    return this.clock.nanos;
  }

  /** One instruction of a processor that does not sleep. */
  step() {
    this.clock.tick(this.core.executeInstruction() * CYCLE_NS);
  }

  /** Run until this much virtual time is over. */
  runUntil(nanos) {
    const { core, clock } = this;
    while (clock.nanos < nanos) {
      if (core.waiting && this.isWoken()) core.waiting = false;
      if (core.waiting || this.isLockedUp) this.rest(nanos - clock.nanos);
      else this.step();
    }
  }

  rest(nanos) {
    this.clock.tick(Math.min(this.clock.nanosToNextAlarm || nanos, nanos));
  }

  run(nanos) {
    this.runUntil(this.clock.nanos + nanos);
  }

  /** What RAM and the USB controller's memory hold. */
  memory() {
    return { sram: this.mcu.sram.slice(), dpram: this.mcu.usbDPRAM.slice() };
  }

  fillMemory({ sram, dpram }) {
    this.mcu.sram.set(sram);
    this.mcu.usbDPRAM.set(dpram);
  }

  /** The state that a watchdog's reset leaves. */
  afterRestart() {
    return {
      watchdog: 1, scratch: this.watchdog.scratchData, memory: this.memory(),
    };
  }
}
