// SPDX-License-Identifier: MIT
// The token's log in the flash, as docs/protocol.md has it: a ring of sectors.
import { STORE } from "./board.mjs";
import { SECTOR } from "./flash.mjs";

const SECTORS = 32;
const MARK = Buffer.from("fob\x01", "latin1");
const HEAD_LEN = 12;
const SEQUENCE_MAX = 1 << 24;

/** ISO 3309's. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++)
      crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function headOf(sequence) {
  const head = Buffer.concat([MARK, Buffer.alloc(HEAD_LEN - MARK.length)]);
  head.writeUInt32BE(sequence, 4);
  head.writeUInt32BE(crc32(head.subarray(4, 8)), 8);
  return head;
}

function sequenceOf(flash, sector) {
  const at = STORE + sector * SECTOR;
  const head = Buffer.from(flash.bytes.slice(at, at + HEAD_LEN));
  const sequence = head.readUInt32BE(4);
  const isOpen = sequence <= SEQUENCE_MAX && head.equals(headOf(sequence));
  return isOpen ? sequence : 0;
}

/** Make a board without power that was used for long: behind its log sectors
 *  full of records that count no more, until so many are blank. */
export function age(flash, blank) {
  const sequences = Array.from({ length: SECTORS },
    (_, i) => sequenceOf(flash, i));
  const newest = Math.max(...sequences);
  const used = sequences.filter((sequence) => sequence > 0).length;
  let sector = sequences.indexOf(newest);
  for (let i = 1; i <= SECTORS - used - blank; i++) {
    sector = (sector + 1) % SECTORS;
    const at = STORE + sector * SECTOR;
    flash.bytes.fill(0, at, at + SECTOR);
    flash.bytes.set(headOf(newest + i), at);
  }
}
