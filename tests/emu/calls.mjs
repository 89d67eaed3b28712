// SPDX-License-Identifier: MIT
// The image's functions, by name and called by hand.
import { execFileSync } from "node:child_process";
import { IMAGE } from "./board.mjs";
import { RAM } from "./chip.mjs";

const [STACK, STOP] = [RAM + 0x3e000, RAM + 0x3f000];
export const SCRATCH = RAM + 0x38000; // up to the stack, for arguments

function symbols() {
  const elf = IMAGE.replace(/bin$/, "elf");
  const lines = execFileSync("arm-none-eabi-nm", [elf], { encoding: "utf8" });
  return new Map(lines.trim().split("\n").map((line) => {
    const [address, , name] = line.split(" ");
    return [name, parseInt(address, 16)];
  }));
}

export const addresses = symbols();

/** Call a function of up to four words; the cycles it took, its result in
 *  register 0. */
export function call(chip, name, ...words) {
  const { core } = chip;
  if (!addresses.has(name)) throw new Error(`the image has no ${name}`);
  words.forEach((word, i) => { core.registers[i] = word; });
  core.SP = STACK;
  core.LR = STOP | 1;
  core.PC = addresses.get(name);
  core.waiting = false;
  const before = core.cycles;
  while (core.PC !== STOP) core.executeInstruction();
  return core.cycles - before;
}
