#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The images of the boards, and of boards that only LED= and BUTTON= describe:
// each starts, its LED shows a wait for the button, and its button ends that.
// BOARDS=all has all of them, else it is another one each day.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Board, freshFlash } from "./board.mjs";
import { Card, HidClient } from "./apdu.mjs";
import { SEEDS } from "./vectors.mjs";
import { end, note, point } from "./tap.mjs";

const TOUCH = 2;
const DAY_MS = 86400e3;
const FOLDER = "firmware/port/rp2040/boards";
const top = process.env.TOP ?? ".";

function readBoard(name) {
  const text = fs.readFileSync(path.join(top, FOLDER, `${name}.mk`), "utf8");
  const value = (variable) =>
    text.match(new RegExp(`^${variable} := (.*)$`, "m"))[1];
  return {
    name, image: value("BOARD_IMAGE"), led: value("BOARD_LED"),
    button: value("BOARD_BUTTON"), settings: [`BOARD=${name}`],
  };
}

const boards = [
  ...fs.readdirSync(path.join(top, FOLDER)).map((file) =>
    readBoard(path.basename(file, ".mk"))),
  { name: "pico with LED=2,low BUTTON=none", image: "fob-rp2040", led: "2,low",
    button: "none", settings: ["LED=2,low", "BUTTON=none"] },
].filter(({ name }) => name !== "pico");

function sample() {
  const day = Math.floor(Date.now() / DAY_MS) % boards.length;
  note(`BOARDS=all for the others`);
  return [boards[day]];
}

function build({ name, image, settings }) {
  const out = path.resolve(process.env.O ?? "build", "boards",
    name.replace(/\W+/g, "-"));
  const env = { ...process.env };
  for (const inherited of ["O", "MAKEFLAGS", "MAKELEVEL"]) delete env[inherited];
  execFileSync("make", ["-s", "-j2", `O=${out}`, ...settings, "firmware"],
    { cwd: top, env, stdio: ["ignore", "ignore", "inherit"] });
  return fs.readFileSync(path.join(out, "firmware", `${image}.bin`));
}

function plugIn(place) {
  const [pin, kind = "high"] = place.led === "none" ? [0, "none"]
    : place.led.split(",");
  const board = new Board(freshFlash(build(place)), {
    ledAt: { pin: Number(pin), kind }, buttonAt: place.button,
  });
  board.plugIn();
  return board;
}

/** A code with a touch: whether the LED blinked, and was dark then. */
function touch(board, press) {
  const card = new Card(new HidClient(board));
  const seen = new Set();
  let waits = 0;
  card.put("touch", SEEDS[0].key, 0x21, 8, TOUCH);
  const code = card.code("touch", 1, () => {
    seen.add(board.led);
    if (++waits === 8) press(true);
  });
  press(false);
  board.chip.run(300e6);
  assert.equal(code, "94287082");
  assert.equal(board.led, false);
  return seen.has(true) && seen.has(false);
}

for (const place of process.env.BOARDS === "all" ? boards : sample()) {
  let board;
  point(`${place.name} starts`, () => { board = plugIn(place); });
  point(`${place.name}: its LED blinks and BOOTSEL is a button`, () =>
    assert.equal(touch(board, (down) => { board.bootsel = down; }),
      place.led !== "none"));
  if (place.button !== "none")
    point(`${place.name}: so is GPIO ${place.button}`, () =>
      touch(board, (down) => board.press(down)));
}
end();
