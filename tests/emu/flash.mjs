// SPDX-License-Identifier: MIT
// A 2 MiB NOR flash as data sheets describe it, on the RP2040's serial
// interface: programming clears bits, erasing sets a sector's, and a cut of
// the power leaves an operation done in part.
export const FLASH_LEN = 2 * 1024 * 1024;
export const SECTOR = 4096;
export const PAGE = 256;

const PROGRAM_NS = 400e3;
const ERASE_NS = 45e6;
const READ_UNIQUE_ID = 0x4b;
const DUMMY_BYTES = 4;

export class PowerCut extends Error {}

/** What survives without power. */
export class Flash {
  constructor(bytes = new Uint8Array(FLASH_LEN).fill(0xff)) {
    this.bytes = bytes;
    this.uniqueId = Uint8Array.from([0x66, 0x6f, 0x62, 0x65, 0x6d, 0x75, 0, 1]);
    this.operations = 0;
    this.erases = 0;
    this.cut = { at: 0, eighths: 0, scattered: false };
    this.state = 1;
  }

  // Cuts must fall alike in every run.
  random() {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state >>> 24;
  }

  isCut() {
    this.operations++;
    return this.cut.at > 0 && --this.cut.at === 0;
  }

  // The bits of byte `i` of `len` that an interrupted operation has reached.
  reached(i, len) {
    if (!this.cut.scattered) return i * 8 < len * this.cut.eighths ? 0xff : 0;
    let bits = 0;
    for (let bit = 1; bit < 0x100; bit <<= 1)
      if (this.random() * 8 < 0x100 * this.cut.eighths) bits |= bit;
    return bits;
  }

  program(at, data) {
    const cut = this.isCut();
    data.forEach((byte, i) => {
      const bits = cut ? this.reached(i, data.length) : 0xff;
      this.bytes[at + i] &= byte | (~bits & 0xff);
    });
    if (cut) throw new PowerCut("while programming");
    return PROGRAM_NS;
  }

  erase(at) {
    const cut = this.isCut();
    this.erases++;
    for (let i = 0; i < SECTOR; i++)
      this.bytes[at + i] |= cut ? this.reached(i, SECTOR) : 0xff;
    if (cut) throw new PowerCut("while erasing");
    return ERASE_NS;
  }

  /** Byte number `place` of the answer to a command. */
  answer(command, place) {
    if (command !== READ_UNIQUE_ID)
      throw new Error(`flash command ${command.toString(16)} is not modelled`);
    return place > DUMMY_BYTES ? this.uniqueId[place - DUMMY_BYTES - 1] : 0xff;
  }
}
