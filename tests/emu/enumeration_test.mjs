#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Erratum RP2040-E5: chips of the steppings B0 and B1 want 800 us of an idle
// bus after a reset, and behind a hub with busy neighbours there is none.
import assert from "node:assert/strict";
import { B0_B1, B2 } from "./blocks.mjs";
import { Board, freshFlash } from "./board.mjs";
import { Card, CcidClient, HidClient } from "./apdu.mjs";
import { BusError } from "./host.mjs";
import { SEEDS } from "./vectors.mjs";
import { end, point } from "./tap.mjs";

const TOUCH = 2;
const PIN = 15;
const FUNCTION_SIO = 5;
const flash = freshFlash();
new Board(flash).plugIn(); // its store is cleared now

const plug = (world) => {
  const board = new Board(flash, world);
  board.plugIn();
  return board;
};
const old = { revision: B0_B1, isBusBusy: true };

function works(board) {
  new Card(new HidClient(board));
  new Card(new CcidClient(board));
  const pin = board.chip.mcu.gpio[PIN];
  assert.equal(pin.ctrl, FUNCTION_SIO, "the button's pin is the button's");
  assert.equal(board.chip.phy.wasOffWire, false, "it never looked pulled out");
}

point("an old chip that does nothing about it is not there", () => {
  assert.throws(() => plug({ ...old, tells: B2 }),
    (fault) => fault instanceof BusError && /hears/.test(fault.message));
});
point("an old chip appears behind a busy hub", () => works(plug(old)));
point("and on an idle bus", () => works(plug({ revision: B0_B1 })));
point("and after resets as many as a host makes", () => {
  const board = plug(old);
  for (let i = 0; i < 5; i++) {
    board.host.enumerate(3 + i);
    works(board);
  }
});
point("also one that follows at once, or in the middle", () => {
  const board = plug(old);
  for (const pause of [0, 0.5e6, 0.9e6, 3e6]) {
    board.host.reset(pause);
    board.host.enumerate(9);
    works(board);
  }
});
point("it hears its host within 2 ms, of the 10 it has", () => {
  const board = plug(old);
  board.host.reset(2e6);
  assert.equal(board.host.descriptor(1, 0, 18).length, 18);
});
point("a newer chip leaves its bus and the pin alone", () => {
  const board = plug({ revision: B2, isBusBusy: true });
  works(board);
  assert.equal(board.chip.phy.moves, 1);
});
point("the button on that pin works as before", () => {
  const board = plug(old);
  const card = new Card(new HidClient(board));
  card.put("touch", SEEDS[0].key, 0x21, 8, TOUCH);
  let waits = 0;
  const code = card.code("touch", 1, () => {
    if (++waits === 3) board.press(true);
  });
  board.press(false);
  assert.equal(code, "94287082");
});
point("a button held down through a reset is no touch", () => {
  const board = plug(old);
  board.press(true);
  board.chip.run(100e6);
  board.host.enumerate(4);
  works(board);
  const card = new Card(new HidClient(board));
  assert.throws(() => card.code("touch", 2), /6982/);
});
end();
