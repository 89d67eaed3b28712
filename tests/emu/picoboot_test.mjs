#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// That the model of the boot loader is as strict as the ROM, and stricter
// where that is lenient.
import assert from "node:assert/strict";
import { Flash, SECTOR } from "./flash.mjs";
import { BusError, Stalled } from "./host.mjs";
import { blank, Client, command, ENTER_XIP, ERASE, EXCLUSIVE, EXIT_XIP, FLASH,
  IN, OUT, plugged, PLAIN_START, READ, REBOOT, words, WRITE }
  from "./picoboot_client.mjs";
import { Misuse, STATUS } from "./picoboot.mjs";
import { end, point } from "./tap.mjs";

const misuses = (action, what) => assert.throws(action,
  (fault) => fault instanceof Misuse && what.test(fault.message));

// --- what the ROM refuses ----------------------------------------------------
const { client } = blank();
for (const [what, status, ...bad] of [
  ["an unknown command", STATUS.UNKNOWN_COMMAND, 10, Buffer.alloc(0), 0],
  ["arguments of another length", STATUS.COMMAND_LENGTH, EXIT_XIP,
    Buffer.alloc(1), 0],
  ["a transfer where none may be", STATUS.TRANSFER_LENGTH, ERASE,
    words(FLASH, SECTOR), 1],
  ["a transfer of another length", STATUS.TRANSFER_LENGTH, READ,
    words(FLASH, 256), 255]])
  point(`${what} stalls both pipes until a reset`, () =>
    client.stalls(status, [OUT, 0x80 | IN], () => {
      client.begin(...bad);
      client.host.receive(IN);
    }));
for (const [what, status, at] of [
  ["outside flash", STATUS.ADDRESS, 0x40000000],
  ["within a page", STATUS.ALIGNMENT, FLASH + 4]]) {
  point(`READ from an address ${what} stalls IN`, () =>
    client.stalls(status, [0x80 | IN], () => client.read(at, 256)));
  point(`WRITE to an address ${what} stalls OUT`, () =>
    client.stalls(status, [OUT], () => client.write(at, Buffer.alloc(512))));
}
point("a wrong magic or length stalls, and leaves the status of before", () => {
  for (const bad of [command(EXIT_XIP, Buffer.alloc(0), 0, { magic: 1 }),
    Buffer.alloc(31), Buffer.alloc(0)])
    client.stalls(STATUS.OK, [OUT, 0x80 | IN], () => {
      client.host.send(OUT, bad);
      client.host.receive(IN);
    });
});
point("CLEAR_FEATURE alone ends the stalls, too, and begins with DATA0", () => {
  const { toggles } = client.host;
  if (toggles.get("out3") === 1) client.run(EXIT_XIP);
  if (toggles.get("in4") === 0) client.read(FLASH, 64);
  assert.throws(() => {
    client.begin(10);
    client.host.receive(IN);
  }, Stalled);
  for (const [endpoint, key] of [[OUT, "out3"], [0x80 | IN, "in4"]]) {
    assert.equal(toggles.get(key), 1);
    client.host.request(0x02, 1, 0, endpoint);
    toggles.set(key, 0);
  }
  client.read(FLASH, 256);
});
point("no command is taken before the last is acknowledged", () => {
  client.begin(EXIT_XIP);
  assert.equal(client.host.out(OUT, command(EXIT_XIP, Buffer.alloc(0), 0)),
    "nak");
  client.host.receive(IN);
  client.begin(READ, words(FLASH, 64), 64);
  client.host.receive(IN);
  assert.equal(client.host.in(IN), "nak");
  client.host.send(OUT, new Uint8Array(0));
});
point("an erase takes its time: NAK until it is done", () => {
  client.ready();
  client.begin(ERASE, words(FLASH, SECTOR));
  assert.equal(client.host.in(IN), "nak");
  client.host.chip.run(50e6);
  assert.equal(client.host.in(IN).length, 0);
});
point("a reset ends exclusive access and what was half done", () => {
  client.begin(WRITE, words(FLASH, 512), 512);
  client.host.send(OUT, Buffer.alloc(64, 0xff));
  client.reset();
  assert.equal(client.host.chip.picoboot.exclusive, 0);
  client.read(FLASH, 256);
});
point("requests of others stall", () => {
  for (const request of [[0xc1, 0x42, 0, 1, 8], [0x41, 0x40, 0, 1],
    [0xc1, 0x42, 0, 0, 16], [0x80, 6, 0x0600, 0, 10], [0x00, 9, 2],
    [0x02, 1, 0, 0x85], [0x81, 10, 0, 2, 1]])
    assert.throws(() => client.host.request(...request), Stalled);
});
point("after REBOOT nothing is done any more", () => {
  const { client: other } = blank();
  other.run(REBOOT, words(...PLAIN_START, 500));
  assert.throws(() => other.read(FLASH, 256), Stalled);
  assert.equal(other.status(), STATUS.REBOOTING);
});

// --- what it does not, and a host must not do --------------------------------
point("flash in XIP mode is not for commands", () => {
  for (const act of ["erase", "read"]) {
    const other = new Client(plugged(new Flash()));
    other.run(EXCLUSIVE, Buffer.from([1]));
    misuses(() => other[act](FLASH, SECTOR), /XIP/);
  }
  const { client: back } = blank();
  back.run(ENTER_XIP);
  misuses(() => back.write(FLASH, Buffer.alloc(256)), /XIP/);
});
point("mass storage must be kept away first", () => {
  const other = new Client(plugged(new Flash()));
  other.run(EXIT_XIP);
  misuses(() => other.erase(FLASH, SECTOR), /exclusive/);
});
point("a page is written once after an erase, and whole", () => {
  const { client: other } = blank();
  other.write(FLASH, Buffer.alloc(256, 0x7f));
  misuses(() => other.write(FLASH, Buffer.alloc(256, 0x7f)), /erased/);
  const { client: another } = blank();
  misuses(() => another.write(FLASH, Buffer.alloc(100)), /part of a page/);
});
for (const [what, at, len] of [
  ["no whole sector", FLASH + 256, SECTOR], ["half a sector", FLASH, 2048],
  ["no flash", 0x20000000, SECTOR], ["beyond the chip", FLASH + 0x200000,
    SECTOR]])
  point(`an erase of ${what} would be acknowledged, and is none`, () => {
    const { client: other } = blank();
    misuses(() => other.erase(at, len), /ERASE|beyond/);
  });
point("a data packet is full, but for the last", () => {
  const { client: other } = blank();
  other.begin(WRITE, words(FLASH, 256), 256);
  misuses(() => other.host.send(OUT, Buffer.alloc(63)), /cut short/);
});
point("a packet with the wrong toggle would be seen", () => {
  const { client: other } = blank();
  other.host.toggles.set("out3", 1);
  assert.throws(() => other.run(EXIT_XIP), BusError);
});
point("a pipe of mass storage is there and silent, another is not", () => {
  const { client: other } = blank();
  assert.equal(other.host.in(1), "nak");
  assert.equal(other.host.out(2, Buffer.alloc(31)), "nak");
  assert.throws(() => other.host.in(2), BusError);
  assert.throws(() => other.host.out(1, Buffer.alloc(1)), BusError);
});
end();
