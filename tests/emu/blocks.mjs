// SPDX-License-Identifier: MIT
// Blocks of the RP2040 that the emulator lacks, as far as the token's image
// touches them; any other register is an error.  Sections are the data
// sheet's.
const hex = (number) => (number >>> 0).toString(16);

class Block {
  constructor(name) {
    this.name = name;
  }

  readUint32(offset) {
    throw new Error(`${this.name}: read of register ${hex(offset)}`);
  }

  writeUint32(offset, value) {
    throw new Error(`${this.name}: ${hex(value)} to register ${hex(offset)}`);
  }

  writeUint32Atomic(offset, value, alias) {
    if (alias === 0) return this.writeUint32(offset, value);
    const old = this.readUint32(offset);
    const changed = [value, old ^ value, old | value, old & ~value][alias];
    return this.writeUint32(offset, changed >>> 0);
  }
}

// 4.10.13
const SSI = {
  CTRLR0: 0x00, CTRLR1: 0x04, ENABLE: 0x08, BAUDR: 0x14, SR: 0x28, DR0: 0x60,
  SPI_CTRLR0: 0xf4,
};
const DATA_BITS_32 = 31 << 16;
const READ_AFTER_WRITE = 3 << 8;
const INSTRUCTION_8_ADDRESS_24 = (2 << 8) | (6 << 2);
const SR_READY = 0x06;
const SR_RECEIVED = 0x08;

/** The interface to the flash: memory-mapped, or byte by byte. */
export class Ssi extends Block {
  constructor(chip) {
    super("SSI");
    this.chip = chip;
    this.registers = {};
    this.received = [];
    this.sent = [];
  }

  readUint32(offset) {
    if (offset === SSI.SR)
      return SR_READY | (this.received.length > 0 ? SR_RECEIVED : 0);
    if (offset === SSI.DR0) return this.received.shift();
    return super.readUint32(offset);
  }

  writeUint32(offset, value) {
    if (offset === SSI.DR0) return this.transfer(value & 0xff);
    if (!Object.values(SSI).includes(offset) || offset === SSI.SR)
      return super.writeUint32(offset, value);
    this.registers[offset] = value;
    if (offset === SSI.ENABLE)
      this.chip.setXip(value === 1 && this.readsMemory());
  }

  // Set up so that a read of the window becomes command 03h and an address.
  readsMemory() {
    const set = this.registers;
    return set[SSI.CTRLR0] === (DATA_BITS_32 | READ_AFTER_WRITE) &&
      set[SSI.CTRLR1] === 0 && set[SSI.BAUDR] >= 4 && set[SSI.BAUDR] % 2 === 0 &&
      set[SSI.SPI_CTRLR0] >>> 24 === 0x03 &&
      (set[SSI.SPI_CTRLR0] & 0xffffff) === INSTRUCTION_8_ADDRESS_24;
  }

  select(selected) {
    if (!selected) this.sent = [];
    this.selected = selected;
  }

  transfer(byte) {
    if (this.chip.xip || !this.selected)
      throw new Error("SSI: a byte for a flash that does not listen");
    this.sent.push(byte);
    this.received.push(
      this.sent.length === 1
        ? 0xff : this.chip.flash.answer(this.sent[0], this.sent.length - 1));
  }
}

// 2.19.6.2: only the select line is touched.
const SS_CTRL = 0x0c;

export class IoQspi extends Block {
  constructor(chip) {
    super("IO_QSPI");
    this.chip = chip;
    this.control = 0;
  }

  readUint32(offset) {
    return offset === SS_CTRL ? this.control : super.readUint32(offset);
  }

  writeUint32(offset, value) {
    if (offset !== SS_CTRL) return super.writeUint32(offset, value);
    this.control = value;
    this.chip.setSelectLine((value >>> 8) & 3, (value >>> 12) & 3);
  }
}

// 2.16.7
const XOSC = { CTRL: 0x00, STATUS: 0x04, STARTUP: 0x0c };
const XOSC_ON = 0xfabaa0; // enabled, 1 to 15 MHz
const XOSC_STABLE = 0x80000000;
const XOSC_STARTUP_MAX = 0x3fff;
const [XOSC_DIVIDER, XOSC_HZ] = [256, 12e6];
const CRYSTAL_NS = 6e6; // to full swing, of the one on a Pico

/** The crystal: it counts as stable when its start-up delay is over, whether it
 *  is or not.  The wait for that passes at once. */
export class Xosc extends Block {
  constructor(chip) {
    super("XOSC");
    this.chip = chip;
    this.needsNs = chip.world.crystalNs ?? CRYSTAL_NS;
  }

  readUint32(offset) {
    if (offset !== XOSC.STATUS || this.startedAt === undefined)
      return super.readUint32(offset);
    const { chip } = this;
    const delayNs = this.delay * XOSC_DIVIDER * 1e9 / XOSC_HZ;
    chip.clock.tick(Math.max(0, this.startedAt + delayNs - chip.nanos));
    if (chip.nanos - this.startedAt < this.needsNs)
      throw new Error("XOSC: the crystal is used before it swings");
    return XOSC_STABLE;
  }

  writeUint32(offset, value) {
    if (offset === XOSC.STARTUP && value <= XOSC_STARTUP_MAX)
      this.delay = value;
    else if (offset === XOSC.CTRL && value === XOSC_ON)
      this.startedAt = this.chip.nanos;
    else
      super.writeUint32(offset, value);
  }
}

// 2.17.8
const ROSC_STATUS = 0x18;
const ROSC_RANDOMBIT = 0x1c;

export class Rosc extends Block {
  constructor(world) {
    super("ROSC");
    this.world = world;
  }

  readUint32(offset) {
    if (offset === ROSC_STATUS) return 0x80000000;
    if (offset === ROSC_RANDOMBIT) return this.world.randomBit();
    return super.readUint32(offset);
  }
}

// 2.20
const CHIP_ID = 0x00;
const PART = 0x0002927;
const REVISION_AT = 28;
export const B0_B1 = 1;
export const B2 = 2;

export class Sysinfo extends Block {
  constructor(revision) {
    super("SYSINFO");
    this.revision = revision;
  }

  readUint32(offset) {
    if (offset !== CHIP_ID) return super.readUint32(offset);
    return (this.revision << REVISION_AT) | PART;
  }
}

// 2.10.7
const CHIP_RESET = 0x08;
export const HAD_POR = 1 << 8;
export const HAD_RUN = 1 << 16;

export class ChipReset extends Block {
  constructor(reason) {
    super("VREG_AND_CHIP_RESET");
    this.reason = reason;
  }

  readUint32(offset) {
    return offset === CHIP_RESET ? this.reason : super.readUint32(offset);
  }
}
