// SPDX-License-Identifier: MIT
// The board from outside: power, finger, a host's port, and what survives.
import fs from "node:fs";
import path from "node:path";
import { Chip, Loader, Restart } from "./chip.mjs";
import { Flash, FLASH_LEN, PowerCut } from "./flash.mjs";
import { Host } from "./host.mjs";
import { LoaderChip, LoaderHost } from "./loader.mjs";

export const IMAGE = process.env.FOB_IMAGE ??
  path.join(process.env.O ?? "build", "firmware/fob-rp2040.bin");
export const STORE = FLASH_LEN - 32 * 4096;

/** A flash with the image just built, and nothing in its store. */
export function freshFlash(image = fs.readFileSync(IMAGE)) {
  const flash = new Flash();
  flash.bytes.set(image);
  return flash;
}

/** The key under which all is sealed, from its record while it is plain. */
export function masterKey(flash) {
  const [UNIT, TYPE, HEAD, ID] = [32, 0x4b, 13, 8];
  for (let at = STORE; at < flash.length; at += UNIT)
    if (flash[at] === TYPE)
      return Buffer.from(flash.slice(at + HEAD + ID, at + HEAD + ID + 32));
  throw new Error("there is no key record");
}

export class Board {
  constructor(flash = freshFlash(), world = {}) {
    Object.assign(this, world);
    this.flash = flash;
    this.button = false;
    this.bootsel = false;
    this.led = false;
    this.start = "running";
    this.randomWorks = true;
    this.randomState = 0x2545f491;
    this.powerOn();
  }

  // --- the world around the chip ---------------------------------------------
  isButtonDown() {
    return this.button;
  }

  isBootselDown() {
    return this.bootsel;
  }

  onLed(on) {
    this.led = on;
  }

  // xorshift32: runs repeat.
  randomBit() {
    if (!this.randomWorks) return 1;
    this.randomState ^= this.randomState << 13;
    this.randomState ^= this.randomState >>> 17;
    this.randomState ^= this.randomState << 5;
    return this.randomState & 1;
  }

  // --- power -------------------------------------------------------------------
  powerOn(reset = {}, start = "running") {
    this.powered = true;
    try {
      this.start = start;
      this.chip = new Chip(this.flash, this, reset);
      this.host = new Host(this.chip);
    } catch (end) {
      if (!(end instanceof Loader)) throw end;
      this.enterLoader(end);
    }
  }

  enterLoader({ hasStorage }) {
    this.start = "loader";
    this.led = false;
    this.chip = new LoaderChip(this.flash, hasStorage);
    this.host = new LoaderHost(this.chip);
  }

  powerOff() {
    this.powered = false;
    this.led = false;
  }

  /** As the watchdog or the RUN pin would. */
  restart(reset = this.chip.afterRestart()) {
    this.powerOn(reset, "reboot");
  }

  /** Do something with the chip; what ends its life is followed up. */
  live(action) {
    try {
      return action();
    } catch (end) {
      if (end instanceof Restart) this.restart();
      else if (end instanceof Loader) this.enterLoader(end);
      else this.powerOff();
      if (end instanceof PowerCut || end instanceof Loader ||
          end instanceof Restart) return undefined;
      throw end;
    }
  }

  press(down) {
    this.button = down;
    this.chip.moveButton();
  }

  plugIn() {
    const end = this.chip.nanos + 3e9;
    while (!this.host.isAttached() && this.chip.nanos < end)
      this.chip.run(1e6);
    return this.host.enumerate();
  }
}
