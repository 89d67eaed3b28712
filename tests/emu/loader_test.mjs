#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The board's way into its boot loader and back to an image, whatever led
// there.
import assert from "node:assert/strict";
import fs from "node:fs";
import { Card, HidClient } from "./apdu.mjs";
import { Board, IMAGE, STORE } from "./board.mjs";
import { Restart } from "./chip.mjs";
import { Flash, PowerCut, PAGE, SECTOR } from "./flash.mjs";
import { LoaderChip, LoaderHost } from "./loader.mjs";
import { blank, Client, FLASH, PLAIN_START, REBOOT, words }
  from "./picoboot_client.mjs";
import { SEEDS } from "./vectors.mjs";
import { end, point } from "./tap.mjs";

const image = fs.readFileSync(IMAGE);
const padded = Buffer.concat(
  [image, Buffer.alloc(PAGE - image.length % PAGE, 0xff)]);
const board = new Board();
point("a touched RESTART leads the image into the boot loader", () => {
  board.plugIn();
  const card = new Card(new HidClient(board));
  card.put("kept", SEEDS[0].key);
  card.ask(0xf7, 0, 1);
  board.live(() => board.chip.run(1e9));
  assert.equal(board.start, "loader");
  const { device, tree } = board.plugIn();
  assert.deepEqual([...device.subarray(8, 12)], [0x8a, 0x2e, 0x03, 0x00]);
  assert.equal(tree.length, tree[2] | (tree[3] << 8));
});
point("mass storage and PICOBOOT with its two pipes are there", () => {
  const { tree } = board.host.enumerate();
  assert.equal(Buffer.from(tree).toString("hex"),
    "090237000201" + "0080fa" +
    "090400000208065000" + "07058102400000" + "07050202400000" +
    "0904010002ff000000" + "07050302400000" + "07058402400000");
});
point("without mass storage PICOBOOT is the first interface", () => {
  const chip = new LoaderChip(new Flash(), false);
  chip.run(20e6);
  const host = new LoaderHost(chip);
  const { tree } = host.enumerate();
  assert.deepEqual([tree[4], tree[11], tree[14]], [1, 0, 0xff]);
  assert.equal(host.request(0xc1, 0x42, 0, 0, 16).length, 16);
});
point("its strings", () => {
  const text = (number) => Buffer.from(
    board.host.descriptor(3, number, 255).subarray(2)).toString("utf16le");
  assert.equal(text(1), "Raspberry Pi");
  assert.equal(text(2), "RP2 Boot");
  assert.match(text(3), /^[0-9A-F]{12}$/);
});
point("the image can be read there, and the store behind it", () => {
  const client = new Client(board);
  client.ready();
  assert.deepEqual(client.read(FLASH, image.length), image);
  assert.deepEqual(client.read(FLASH + STORE, SECTOR),
    Buffer.from(board.flash.bytes.subarray(STORE, STORE + SECTOR)));
});
point("REBOOT runs the image, 100 ms later, and its accounts are there", () => {
  const client = new Client(board);
  client.run(REBOOT, words(...PLAIN_START, 100));
  board.chip.run(90e6);
  assert.throws(() => board.chip.run(20e6), Restart);
  board.restart();
  board.plugIn();
  assert.equal(board.start, "reboot");
  new Card(new HidClient(board)).code("kept", 1);
});
point("blank flash leads there by itself, and what is written runs", () => {
  const { board: other, client } = blank();
  const sectors = Math.ceil(image.length / SECTOR) * SECTOR;
  client.erase(FLASH, sectors);
  client.write(FLASH, padded);
  client.run(REBOOT, words(...PLAIN_START, 100));
  other.live(() => other.chip.run(100e6));
  other.plugIn();
  assert.equal(other.start, "reboot");
  new Card(new HidClient(other)).put("new", SEEDS[0].key);
});
point("so does BOOTSEL, held while power comes or in a restart", () => {
  const other = new Board();
  other.bootsel = true;
  other.powerOn();
  assert.equal(other.start, "loader");
  other.bootsel = false;
  other.powerOn();
  assert.equal(other.start, "running");
});
point("the power may go in the middle of a page, and it is there again", () => {
  const { board: other, client } = blank();
  other.flash.cut = { at: 3, eighths: 4, scattered: true };
  assert.throws(() => client.write(FLASH + PAGE, padded.subarray(PAGE)),
    PowerCut);
  other.powerOn();
  assert.equal(other.start, "loader");
  other.plugIn();
  const again = new Client(other);
  again.ready();
  again.erase(FLASH, Math.ceil(image.length / SECTOR) * SECTOR);
  again.write(FLASH, padded);
  assert.deepEqual(again.read(FLASH, image.length), image);
});

end();
