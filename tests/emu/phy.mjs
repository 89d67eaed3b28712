// SPDX-License-Identifier: MIT
// What stands between the RP2040's USB controller and the wire: which pins the
// controller is connected to, its pull-up, the state of the lines, frames, and
// the errata RP2040-E5 and RP2040-E15.
import { B0_B1 } from "./blocks.mjs";

const MUXING = 0x74;
const DIRECT = 0x7c;
const OVERRIDE = 0x80;
const SIE_STATUS = 0x50;
const SOF_RD = 0x48;
const FRAME_NS = 1e6;
const SOF_NS = 3e3; // for which a start of frame is on the lines
const BITS_NS = 166; // two bits
const [TO_PHY, TO_PADS, SOFTCON] = [1 << 0, 1 << 2, 1 << 3];
const DP_PULL_UP = 1 << 1;
const DP_PULL_UP_OVERRIDE = 1 << 2;
const LINES = 3 << 2;
const [SE0, J] = [0, 1 << 2];
const CONNECTED = 1 << 16;
const SIE_PULL_UP = 1 << 16;
const [PIN_DP, PIN_DM] = [15, 16];
const FUNCTION_USB = 8;
const DISABLED = 2;
const IDLE_NS = 800e3; // that B0 and B1 wait for

export class Phy {
  /** The chip's world may have isBusBusy: traffic for others, so that the bus
   *  is never idle for long. */
  constructor(chip, stepping) {
    this.chip = chip;
    this.usb = chip.mcu.usbCtrl;
    this.stepping = stepping;
    this.muxing = 0;
    this.moves = 0; // from pins to pins
    this.direct = 0;
    this.override = 0;
    this.inReset = false;
    this.isConnected = true;
    this.wasOffWire = false;
    this.hasFrames = false; // the host sends them
    this.isResuming = false; // or K, to end a suspension
    this.isDeaf = false; // E15, until the controller is reset
    this.frame = 0; // that it heard last
    this.wireRegisters();
  }

  wireRegisters() {
    const { usb } = this;
    const read = usb.readUint32.bind(usb);
    const write = usb.writeUint32.bind(usb);
    const own = { [MUXING]: "muxing", [DIRECT]: "direct", [OVERRIDE]: "override" };
    usb.readUint32 = (offset) => {
      if (own[offset]) return this[own[offset]];
      if (offset === SOF_RD) return this.countFrames();
      return offset === SIE_STATUS ? this.status(read(offset)) : read(offset);
    };
    usb.writeUint32 = (offset, value) => {
      if (!own[offset]) return write(offset, value);
      this[own[offset]] = value >>> 0;
      if (offset === MUXING) this.moves++;
      return this.look();
    };
  }

  status(rest) {
    this.look();
    return ((rest & ~(LINES | CONNECTED)) | this.sees() |
      (this.isConnected ? CONNECTED : 0)) >>> 0;
  }

  countFrames() {
    if (this.hasFrames && !this.inReset && this.hears())
      this.frame = Math.floor(this.chip.nanos / FRAME_NS) & 0x7ff;
    return this.frame;
  }

  /** The block RESETS holds the controller. */
  resetController() {
    const { usb } = this;
    usb.mainCtrl = usb.sieCtrl = usb.addrEndp = usb.intEnable = 0;
    this.isDeaf = false;
    this.look();
  }

  /** The lines as the controller sees them; K, of all traffic, as no J. */
  sees() {
    if (this.muxing & TO_PADS) return this.padsAre();
    if (this.inReset) return SE0;
    if (this.isResuming) return J << 1;
    const { nanos } = this.chip;
    if (this.hasFrames && nanos % FRAME_NS < SOF_NS)
      return nanos % BITS_NS < BITS_NS / 2 ? J << 1 : J;
    return this.isBusy() && this.chip.nanos % 2e3 < 1e3 ? J << 1 : J;
  }

  padsAre() {
    const { gpio } = this.chip.mcu;
    if (gpio[PIN_DM].functionSelect === FUNCTION_USB)
      throw new Error("GPIO 16 is made D-");
    const isHigh = gpio[PIN_DP].functionSelect === FUNCTION_USB &&
      gpio[PIN_DP].inputValue;
    if (isHigh && gpio[PIN_DP].outputEnableOverride !== DISABLED)
      throw new Error("the USB controller may drive GPIO 15");
    return isHigh ? J : SE0;
  }

  isBusy() {
    return this.chip.world.isBusBusy === true;
  }

  isIdleInSight() {
    return this.muxing & TO_PADS ? this.padsAre() === J
      : !this.inReset && !this.isBusy();
  }

  // Called whenever something may have changed, or is looked at.
  look() {
    if (!this.isPulledUp()) this.wasOffWire = true;
    if (!this.isIdleInSight()) this.idleSince = undefined;
    else this.idleSince ??= this.chip.nanos;
    const idle = this.idleSince !== undefined &&
      this.chip.nanos - this.idleSince >= IDLE_NS;
    if (idle) this.isConnected = true;
  }

  isPulledUp() {
    const bySie = (this.usb.sieCtrl & SIE_PULL_UP) !== 0 &&
      (this.muxing & (TO_PHY | SOFTCON)) === (TO_PHY | SOFTCON);
    const byHand = (this.direct & DP_PULL_UP) !== 0 &&
      (this.override & DP_PULL_UP_OVERRIDE) !== 0;
    return bySie || byHand;
  }

  /** Whether the controller hears what the host says. */
  hears() {
    this.look();
    return this.isConnected && !this.isDeaf && (this.muxing & TO_PHY) !== 0;
  }

  startReset() {
    this.inReset = true;
    if (this.stepping === B0_B1) this.isConnected = false;
    this.wasOffWire = false;
    this.look();
  }

  endReset() {
    this.inReset = false;
    this.hasFrames = true;
    this.look();
  }
}
