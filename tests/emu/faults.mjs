// SPDX-License-Identifier: MIT
// What the processor does about a fault of the bus, for a chip that is told to
// take it; left alone, a chip takes any for an error of the test.
import { BusFault, CYCLE_NS } from "./chip.mjs";

const NMI = 2;
const HARD_FAULT = 3;
const ENTRY_CYCLES = 15;
const HANDLER_MODE = 1;
const EXC_RETURN_THREAD = 0xfffffff9;

/** Faults become HardFaults (ARMv6-M manual, B1.5.6): a frame of eight words
 *  with the address of the instruction, then vector 3.  One in that handler
 *  locks the processor up (B1.5.15).  When there is no stack for a frame it
 *  does too, or it goes on without one if `frameless`. */
export function takeFaults(chip, frameless = false) {
  const { core } = chip;
  const plain = chip.step.bind(chip);
  chip.step = () => {
    const at = core.PC;
    try {
      plain();
    } catch (fault) {
      if (!(fault instanceof BusFault)) throw fault;
      core.PC = at;
      enter(chip, frameless);
    }
  };
}

function enter(chip, frameless) {
  const { core } = chip;
  const isHandling = core.IPSR === NMI || core.IPSR === HARD_FAULT;
  if (isHandling || !(pushFrame(core) || frameless)) {
    chip.isLockedUp = true;
    return;
  }
  core.currentMode = HANDLER_MODE;
  core.IPSR = HARD_FAULT;
  core.LR = EXC_RETURN_THREAD;
  core.PC = chip.mcu.readUint32(core.VTOR + 4 * HARD_FAULT) & ~1;
  chip.clock.tick(ENTRY_CYCLES * CYCLE_NS);
}

function pushFrame(core) {
  const [r0, r1, r2, r3] = core.registers;
  const isOdd = (core.SP & 4) !== 0;
  const words = [r0, r1, r2, r3, core.registers[12], core.LR, core.PC,
    core.xPSR | (isOdd ? 1 << 9 : 0)];
  core.SP = (core.SP - 4 * words.length) & ~7;
  try {
    words.forEach((word, i) => core.writeUint32(core.SP + 4 * i, word));
  } catch (fault) {
    if (!(fault instanceof BusFault)) throw fault;
    return false;
  }
  return true;
}
