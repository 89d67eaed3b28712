#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// The image on the bus: enumeration, descriptors and standard requests, with
// NAK, STALL and data toggles, token by token.
import assert from "node:assert/strict";
import { Board } from "./board.mjs";
import { BusError, Stalled } from "./host.mjs";
import { CcidClient, HidClient, HID, CCID } from "./apdu.mjs";
import { end, point } from "./tap.mjs";

const board = new Board();
const { device, tree } = board.plugIn();
const { host, chip } = board;
const text = (bytes) => Buffer.from(bytes.subarray(2)).toString("utf16le");
const stalls = (...request) =>
  assert.throws(() => host.request(...request), Stalled);

// Descriptors of the tree, by type.
function parts() {
  const found = [];
  for (let at = 0; at < tree.length; at += tree[at])
    found.push(tree.subarray(at, at + tree[at]));
  return found;
}

point("the device descriptor names the test id and three strings", () => {
  assert.equal(device.length, 18);
  assert.deepEqual([...device.subarray(8, 12)], [0x09, 0x12, 0x01, 0x00]);
  assert.deepEqual([...device.subarray(14)], [1, 2, 3, 1]);
});
point("the configuration is as long as it says, descriptor by descriptor", () => {
  assert.equal(tree.length, tree[2] | (tree[3] << 8));
  assert.deepEqual(parts().map((part) => part[1]),
    [2, 4, 0x21, 5, 5, 4, 0x21, 5, 5]);
});
point("a HID interface of the vendor's page, 64 bytes each way", () => {
  const report = host.request(0x81, 6, 0x2200, 0, 256);
  assert.equal(report.length, parts()[2].at(-2));
  assert.equal(Buffer.from(report).toString("hex"),
    "0600ff0901a1010902150026ff007508954081020903150026ff0075089540" +
    "9102c0");
  assert.deepEqual(host.request(0x81, 6, 0x2100, 0, 9), parts()[2]);
});
point("a CCID interface: T=1, extended APDUs, messages of 531 bytes", () => {
  const view = new DataView(parts()[6].slice().buffer);
  assert.equal(parts()[5][5], 0x0b);
  assert.equal(view.byteLength, 54);
  assert.equal(view.getUint32(6, true), 2);
  assert.equal(view.getUint32(40, true), 0x000400fe);
  assert.equal(view.getUint32(44, true), 531);
});
point("strings: language, maker, product and the flash chip's id", () => {
  assert.deepEqual([...host.descriptor(3, 0, 255)], [4, 3, 9, 4]);
  assert.equal(text(host.descriptor(3, 1, 255)), "fob");
  assert.equal(text(host.descriptor(3, 2, 255)), "fob token");
  assert.equal(text(host.descriptor(3, 3, 255)), "666f62656d750001");
});
point("an answer is cut to what was asked for", () => {
  assert.deepEqual(host.descriptor(2, 0, 9), tree.subarray(0, 9));
  assert.deepEqual(host.descriptor(2, 0, 64), tree.subarray(0, 64));
  assert.equal(host.descriptor(1, 0, 4096).length, 18);
});
point("a host may end the data stage early", () => {
  host.setup(Uint8Array.from([0x80, 6, 0, 2, 0, 0, 118, 0]));
  assert.equal(host.receive(0).length, 64);
  host.send(0, new Uint8Array(0));
  assert.deepEqual(host.descriptor(2, 0, 118), tree);
});
point("requests there are none of are stalled, and the next one is served", () => {
  stalls(0x80, 6, 0x0600, 0, 10); // device qualifier: full speed only
  stalls(0x80, 6, 0x0300 | 9, 0x0409, 255);
  stalls(0x80, 6, 0x0f00, 0, 5);
  stalls(0x80, 6, 0x0201, 0, 9);
  stalls(0x00, 3, 1); // remote wake-up
  stalls(0x00, 9, 2);
  stalls(0xc0, 1, 0, 0, 8); // vendor's
  stalls(0x21, 11, 0); // SET_PROTOCOL
  stalls(0x81, 6, 0x2200, 1, 64); // a report descriptor of CCID
  stalls(0x01, 11, 1); // an alternate setting
  stalls(0xa1, 2, 0, 1, 4); // CCID clock frequencies
  stalls(0xa1, 1, 0x0100, 2, 8); // an interface too many
  stalls(0x82, 0, 0, 0x83, 2); // an endpoint too many
  assert.deepEqual(host.descriptor(1, 0, 18), device);
});
point("data from the host on endpoint 0 is refused", () => {
  stalls(0x21, 9, 0x0200, 0, 64); // SET_REPORT
});
point("status, configuration and interface can be asked for", () => {
  assert.deepEqual([...host.request(0x80, 0, 0, 0, 2)], [0, 0]);
  assert.deepEqual([...host.request(0x81, 0, 0, 1, 2)], [0, 0]);
  assert.deepEqual([...host.request(0x80, 8, 0, 0, 1)], [1]);
  assert.deepEqual([...host.request(0x81, 10, 0, 1, 1)], [0]);
  host.request(0x01, 11, 0, 1);
});
point("HID's idle rate and input report", () => {
  host.request(0x21, 10, 0x0700);
  assert.deepEqual([...host.request(0xa1, 2, 0, 0, 1)], [7]);
  assert.deepEqual(host.request(0xa1, 1, 0x0100, 0, 64), new Uint8Array(64));
});
point("idle pipes NAK", () => {
  assert.equal(host.in(HID), "nak");
  assert.equal(host.in(CCID), "nak");
});
const channels = new Set([0, 0xffffffff]);
/** A new channel, of a number that was not there before. */
function openChannel() {
  const { channel } = new HidClient(board);
  assert.ok(!channels.has(channel), `channel ${channel} again`);
  channels.add(channel);
  return channel;
}
point("the HID pipe answers", openChannel);
point("a lost ACK brings the same packet again", () => {
  const init = Buffer.concat([Buffer.from("ffffffff860008", "hex"),
    Buffer.alloc(57)]);
  host.send(HID, init);
  const lost = () => host.in(HID, true);
  assert.equal(host.insist(lost, 1e9), "lost");
  assert.equal(host.receive(HID)[4], 0x86);
});
point("a halted pipe stalls until cleared, and begins with DATA0 again", () => {
  host.request(0x02, 3, 0, 0x81);
  host.request(0x02, 3, 0, 0x01);
  assert.equal(host.in(HID), "stall");
  assert.equal(host.out(HID, new Uint8Array(64)), "stall");
  assert.deepEqual([...host.request(0x82, 0, 0, 0x81, 2)], [1, 0]);
  host.request(0x02, 1, 0, 0x81);
  host.request(0x02, 1, 0, 0x01);
  host.toggles.set("in1", 0);
  host.toggles.set("out1", 0);
  assert.deepEqual([...host.request(0x82, 0, 0, 0x81, 2)], [0, 0]);
  openChannel();
});
const slotStatus = (sequence) =>
  Uint8Array.from([0x65, 0, 0, 0, 0, 0, sequence, 0, 0, 0]);
const isStatusOf = (sequence) => assert.deepEqual(
  [...host.receiveAll(CCID)].slice(0, 7), [0x81, 0, 0, 0, 0, 0, sequence]);

point("halting one direction stalls that one alone", () => {
  host.request(0x02, 3, 0, 0x82);
  assert.equal(host.in(CCID), "stall");
  assert.equal(host.out(CCID, slotStatus(3)), "ack");
  host.request(0x02, 1, 0, 0x82);
  host.toggles.set("in2", 0);
  isStatusOf(3);
});
point("a halted pipe stays so, whatever the token has to say", () => {
  const client = new HidClient(board);
  host.request(0x02, 3, 0, 0x81);
  client.put(0x81, Buffer.from("said"));
  chip.run(20e6);
  assert.equal(host.in(HID), "stall");
  host.request(0x02, 1, 0, 0x81);
  host.toggles.set("in1", 0);
  assert.equal(client.get().data.toString(), "said");
});
point("choosing an interface's setting begins its pipe with DATA0 again", () => {
  const client = new HidClient(board);
  assert.equal(client.exchange(0x81, Buffer.from("odd")).toString(), "odd");
  assert.deepEqual([host.toggles.get("in1"), host.toggles.get("out1")], [1, 1]);
  host.request(0x02, 3, 0, 0x01);
  host.request(0x01, 11, 0, 0);
  host.toggles.set("in1", 0);
  host.toggles.set("out1", 0);
  assert.equal(client.exchange(0x81, Buffer.from("even")).toString(), "even");
});
point("a packet that comes while a halt is cleared that was none is kept", () => {
  host.setup(Uint8Array.from([0x02, 1, 0, 0, 0x02, 0, 0, 0]));
  while (host.isSettingUp(0)) chip.step();
  host.arrive(CCID, slotStatus(9));
  host.receive(0);
  isStatusOf(9);
});
point("one that goes meanwhile goes once", () => {
  host.sendAll(CCID, slotStatus(10));
  chip.run(1e6);
  host.setup(Uint8Array.from([0x02, 1, 0, 0, 0x82, 0, 0, 0]));
  while (host.isSettingUp(0)) chip.step();
  host.depart(CCID);
  host.receive(0);
  host.toggles.set("in2", 0);
  chip.run(1e6);
  assert.equal(host.in(CCID), "nak");
});
point("a packet that comes while a configuration is chosen is void", () => {
  host.setup(Uint8Array.from([0x00, 9, 1, 0, 0, 0, 0, 0]));
  while (host.isSettingUp(0)) chip.step();
  host.arrive(CCID, new Uint8Array(64).fill(0x65));
  host.receive(0);
  chip.run(1e6);
  host.toggles.clear();
  new CcidClient(board);
});
point("before a configuration there are no pipes and no interfaces", () => {
  host.request(0x00, 9, 0);
  assert.deepEqual([...host.request(0x80, 8, 0, 0, 1)], [0]);
  assert.deepEqual([...host.request(0x82, 0, 0, 0x80, 2)], [0, 0]);
  assert.throws(() => host.in(HID), BusError);
  stalls(0x81, 10, 0, 0, 1);
});
point("a bus reset brings address 0 back, and enumeration works again", () => {
  host.reset();
  assert.equal(chip.mcu.usbCtrl.addrEndp, 0);
  assert.deepEqual(host.enumerate(9).tree, tree);
  openChannel();
});
point("address 0 leads back to where it began", () => {
  host.request(0x00, 5, 0);
  chip.run(2e6);
  assert.equal(chip.mcu.usbCtrl.addrEndp & 0x7f, 0);
  assert.deepEqual(host.enumerate(9).tree, tree);
});
point("a reset in the middle of a transfer leaves nothing behind", () => {
  const client = new HidClient(board);
  const start = Buffer.from("000000008300ff", "hex");
  start.writeUInt32BE(client.channel);
  client.report(start);
  host.enumerate(3);
  openChannel();
});
end();
