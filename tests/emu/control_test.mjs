#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Hosts that give up in the middle of a control transfer, as some do whenever a
// program closes its device, and halts while packets are on the wire: at every
// moment that there is, and the token goes on.  What the controller sends all
// the same is its own doing (host.mjs); only that nothing of it stays is the
// firmware's.
import assert from "node:assert/strict";
import { B0_B1, B2 } from "./blocks.mjs";
import { Board, freshFlash } from "./board.mjs";
import { CCID, CcidClient, HidClient } from "./apdu.mjs";
import { end, point } from "./tap.mjs";

const STEP_NS = 3e3;
const UNTIL_NS = 240e3; // the firmware has taken up any SETUP by then
const HALT = 3;
const CLEAR = 1;
const CCID_IN = 0x82;

const flash = freshFlash();
new Board(flash).plugIn(); // its store is cleared now
const boards = [B2, B0_B1].map((revision) => {
  const board = new Board(flash, { revision });
  return { board, tree: board.plugIn().tree, name: revision === B2 ? "B2" : "B1" };
});

const setup = (host, ...bytes) => host.setup(Uint8Array.from(bytes));
const askForTree = (host) => setup(host, 0x80, 6, 0, 2, 0, 0, 118, 0);

function everyMoment(action) {
  for (let at = 0; at < UNTIL_NS; at += STEP_NS) action(at);
}

/** The token answers, and nothing is left over. */
function goesOn({ board, tree }) {
  const { host } = board;
  assert.deepEqual(host.descriptor(2, 0, 118), tree);
  assert.deepEqual([...host.request(0x80, 8, 0, 0, 1)], [1]);
  assert.equal(host.in(0), "nak");
}

for (const place of boards) {
  const { board, name } = place;
  const { host, chip } = board;
  const isDevice = () => assert.equal(host.descriptor(1, 0, 18)[0], 18);

  point(`${name}: a transfer that ends after its first packet`, () =>
    everyMoment((at) => {
      askForTree(host);
      assert.equal(host.receive(0).length, 64);
      chip.run(at);
      isDevice();
      goesOn(place);
    }));
  point(`${name}: one that ends while its second packet is on the wire`, () =>
    everyMoment((at) => {
      askForTree(host);
      assert.equal(host.receive(0).length, 64);
      chip.run(at);
      host.in(0, true);
      isDevice();
      goesOn(place);
    }));
  point(`${name}: one that ends before any packet was asked for`, () =>
    everyMoment((at) => {
      askForTree(host);
      chip.run(at);
      setup(host, 0x80, 6, 0, 1, 0, 0, 18, 0);
      chip.run(UNTIL_NS);
      assert.equal(host.receive(0).length, 18);
      host.send(0, new Uint8Array(0));
      goesOn(place);
    }));
  point(`${name}: one that is stalled, when the next SETUP has come`, () =>
    everyMoment((at) => {
      setup(host, 0x80, 6, 0, 6, 0, 0, 10, 0);
      chip.run(at);
      isDevice();
      goesOn(place);
    }));
  point(`${name}: SETUP after SETUP after SETUP`, () =>
    everyMoment((at) => {
      askForTree(host);
      chip.run(at / 3);
      setup(host, 0x21, 10, 0, 7, 0, 0, 0, 0);
      chip.run(at / 3);
      setup(host, 0x80, 6, 9, 9, 9, 9, 9, 0);
      chip.run(at / 3);
      setup(host, 0x80, 8, 0, 0, 0, 0, 1, 0);
      chip.run(UNTIL_NS);
      assert.deepEqual([...host.receive(0)], [1]);
      host.send(0, new Uint8Array(0));
      goesOn(place);
    }));

  // --- halts -----------------------------------------------------------------
  const status = (sequence) =>
    Uint8Array.from([0x65, 0, 0, 0, 0, 0, sequence, 0, 0, 0]);
  const isStatus = (bytes, sequence) => assert.deepEqual(
    [...bytes].slice(0, 7), [0x81, 0, 0, 0, 0, 0, sequence]);
  // A pipe may be shut for a moment: that is no answer on the bus.
  const isThere = (attempt) => {
    try {
      attempt();
    } catch (fault) {
      if (!/is not there/.test(fault.message)) throw fault;
    }
  };
  const clear = () => {
    host.request(0x02, CLEAR, 0, CCID_IN);
    host.toggles.set("in2", 0);
  };

  for (const [what, feature] of [["halted", HALT], ["cleared", CLEAR]])
    point(`${name}: a pipe that is ${what} while it sends loses nothing`, () => {
      new CcidClient(board);
      everyMoment((at) => {
        const sequence = (at / STEP_NS) & 0xff;
        clear();
        host.sendAll(CCID, status(sequence));
        chip.run(1e6);
        setup(host, 0x02, feature, 0, 0, CCID_IN, 0, 0, 0);
        chip.run(at);
        const answer = host.in(CCID);
        host.receive(0);
        if (feature === HALT) assert.equal(host.in(CCID), "stall");
        clear();
        isStatus(typeof answer === "string" ? host.receiveAll(CCID) : answer,
          sequence);
        assert.equal(host.in(CCID), "nak");
      });
      new CcidClient(board);
    });
  point(`${name}: a configuration that is chosen while a pipe is in use`, () =>
    everyMoment((at) => {
      new CcidClient(board);
      host.sendAll(CCID, status(9));
      chip.run(1e6);
      setup(host, 0x00, 9, 1, 0, 0, 0, 0, 0);
      chip.run(at);
      isThere(() => host.in(CCID));
      host.receive(0);
      host.toggles.set("in2", 0);
      host.toggles.set("out2", 0);
      host.toggles.set("in1", 0);
      host.toggles.set("out1", 0);
      assert.equal(host.in(CCID), "nak");
      new CcidClient(board);
      new HidClient(board);
      goesOn(place);
    }));
}
end();
