// SPDX-License-Identifier: MIT
// The block RESETS (2.14), which the emulator has without effect: one on the USB
// controller.
const RESET = 0x00;
const USBCTRL = 1 << 24;

export function watchReset(resets, phy) {
  const write = resets.writeUint32.bind(resets);
  resets.writeUint32 = (offset, value) => {
    if (offset === RESET && value & USBCTRL) phy.resetController();
    return write(offset, value);
  };
}
