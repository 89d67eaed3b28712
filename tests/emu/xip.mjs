// SPDX-License-Identifier: MIT
// The cache between the processor and the flash (RP2040 data sheet, 2.6.3), for
// a chip that is told to wait for the flash; left alone, a chip reads it as
// fast as RAM.
import { CYCLE_NS } from "./chip.mjs";

const FLASH = 0x10; // the first byte of its addresses
const SETS = 1024; // of two lines of 8 bytes, whose words are fetched singly
const NOTHING = -1;

// Command, address and data, one bit wide, at boot2's divider; and the way
// through the bus, the cache and the SSI.
const MISS_CYCLES = (8 + 24 + 32) * 4 + 10;

class Cache {
  constructor() {
    this.lines = new Int32Array(2 * SETS);
    this.words = new Uint8Array(2 * SETS);
    this.older = new Uint8Array(SETS);
    this.flush();
  }

  flush() {
    this.lines.fill(NOTHING);
  }

  wayOf(set, line) {
    if (this.lines[2 * set] === line) return 0;
    if (this.lines[2 * set + 1] === line) return 1;
    const way = this.older[set];
    this.lines[2 * set + way] = line;
    this.words[2 * set + way] = 0;
    return way;
  }

  /** The cycles that this read takes more than one that hits. */
  read(address) {
    const line = (address & 0xffffff) >>> 3;
    const set = line % SETS;
    const way = this.wayOf(set, line);
    const word = 1 << (address >>> 2 & 1);
    const hits = (this.words[2 * set + way] & word) !== 0;
    this.older[set] = 1 - way;
    this.words[2 * set + way] |= word;
    return hits ? 0 : MISS_CYCLES;
  }
}

/** From now on reads wait; returns the cache. */
export function waitForFlash(chip) {
  const { mcu } = chip;
  const cache = new Cache();
  let waited = 0;
  for (const name of ["readUint8", "readUint16", "readUint32"]) {
    const read = mcu[name].bind(mcu);
    mcu[name] = (address) => {
      if (address >>> 24 === FLASH) waited += cache.read(address);
      return read(address);
    };
  }
  const step = chip.step.bind(chip);
  chip.step = () => {
    waited = 0;
    step();
    chip.clock.tick(waited * CYCLE_NS);
  };
  const runRom = chip.runRom.bind(chip);
  chip.runRom = (name) => {
    if (name === "FC") cache.flush();
    return runRom(name);
  };
  return cache;
}
