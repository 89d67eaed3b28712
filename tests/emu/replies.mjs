// SPDX-License-Identifier: MIT
// How long the image takes to answer each request that neither waits for a
// finger nor writes flash, on both transports: with names and keys as long as
// clients send them, and with short names, of which more fit an answer.  Reads
// from flash wait: for what the requests before left out of the cache, or, as
// after each write, for everything.
import crypto from "node:crypto";
import { Card, CcidClient, HidClient, tlv } from "./apdu.mjs";
import { Board, freshFlash } from "./board.mjs";
import { waitForFlash } from "./xip.mjs";

// After a write an answer over HID may come in the third frame, of which the
// packet itself takes 50 us.
const LIMIT_US = 3000;
const HID_AFTER_WRITE_LIMIT_US = 3100;

const ACCOUNTS = 64;
const KINDS = [
  { hash: "SHA1", kind: 0x21, key: Buffer.alloc(40, 0x61) }, // AWS's length
  { hash: "SHA256", kind: 0x22, key: Buffer.alloc(64, 0x62) },
  { hash: "SHA512", kind: 0x23, key: Buffer.alloc(128, 0x63) },
  { hash: "SHA1, short names", kind: 0x21, key: Buffer.alloc(20, 0x65), len: 8 },
];
const STEP = Buffer.from("0000000000000001", "hex");
const USES = 300; // in the log

const nameOf = (i, len = 64) =>
  Buffer.from(`${i} account of sixty-four bytes `.padEnd(64, ".").slice(0, len));

function apdu(ins, parameters, data = Buffer.alloc(0)) {
  const head = Buffer.from([0, ins, parameters >> 8, parameters & 0xff]);
  const len = data.length > 0 ? [data.length] : [];
  return Buffer.concat([head, Buffer.from(len), data]);
}

function extended(ins, parameters, data = Buffer.alloc(0)) {
  const head = Buffer.from([0, ins, parameters >> 8, parameters & 0xff, 0]);
  const len = data.length > 0 ? [0, data.length] : [];
  return Buffer.concat([head, Buffer.from(len), data, Buffer.from([0, 0])]);
}

const select = apdu(0xa4, 0x0400, Buffer.from("a0000005272101", "hex"));
const NEXT = apdu(0xa5, 0);
const challenge = tlv(0x74, STEP);
const since = Buffer.from([0, 0, 0, 0xff]);

// What is measured, and what is sent just before.
const requests = (one) => [
  ["SELECT", select],
  ["INFO", apdu(0xf0, 0)],
  ["LIST", apdu(0xa1, 0)],
  ["LIST, extended", extended(0xa1, 0)],
  ["LIST, the next part", NEXT, apdu(0xa1, 0)],
  ["CALCULATE, again", apdu(0xa2, 1, one), apdu(0xa2, 1, one)],
  ["CALCULATE, again, whole HMAC", apdu(0xa2, 0, one), apdu(0xa2, 1, one)],
  ["CALCULATE ALL, again", apdu(0xa4, 1, challenge), apdu(0xa4, 1, challenge)],
  ["CALCULATE ALL, the next part", NEXT, apdu(0xa4, 1, challenge)],
  ["CALCULATE ALL, extended", extended(0xa4, 1, challenge)],
  ["CALCULATE ALL, whole HMACs", extended(0xa4, 0, challenge)],
  ["ACCOUNTS", apdu(0xf3, 0)],
  ["ACCOUNTS, extended", extended(0xf3, 0)],
  ["USES", apdu(0xf4, 0)],
  ["USES, extended", extended(0xf4, 0)],
  ["USES after some", apdu(0xf4, 0, since)],
  ["IDENTIFY", apdu(0xf6, 0)],
  ["STIR", apdu(0xf8, 0, Buffer.alloc(64, 1))],
  ["an account there is none of", apdu(0x02, 0, tlv(0x71, Buffer.from("x")))],
  ["an unknown command", apdu(0xee, 0)],
];

function fill(card, { kind, key, len }) {
  for (let i = 0; i < ACCOUNTS; i++)
    card.put(nameOf(i, len).toString(), key, kind, 6);
  for (let i = 0; i < USES; i++)
    card.code(nameOf(i % ACCOUNTS, len).toString(), 1000 + i);
}

// --- one answer --------------------------------------------------------------

/** From the first packet of the request to the last of the answer. */
function overCcid(client, request) {
  const start = client.board.chip.nanos;
  const answer = client.transmit(request);
  return { us: client.board.chip.nanos - start, answer };
}

/** From the last report of the request to the first one of the answer: each
 *  further report takes a frame of the bus, which nobody can help. */
function overHid(client, request) {
  const answer = client.transmit(request);
  return { us: client.answeredAt - client.askedAt, answer };
}

const TRANSPORTS = [
  { transport: "CCID", Client: CcidClient, ask: overCcid },
  { transport: "HID", Client: HidClient, ask: overHid },
];

function measureOn(client, ask, place) {
  return ([what, request, before]) => {
    if (before) client.transmit(before);
    if (place.afterWrite) client.board.cache.flush();
    const { us, answer } = ask(client, request);
    return { what, ...place, us: Math.round(us / 1e3), len: answer.length };
  };
}

// --- the access key ----------------------------------------------------------
const CODE = Buffer.alloc(64, 0x64);
const mac = (data) => crypto.createHmac("sha512", CODE).update(data).digest();

function setCode(board) {
  const data = Buffer.concat([
    tlv(0x73, Buffer.concat([Buffer.from([0x23]), CODE])),
    tlv(0x74, STEP), tlv(0x75, mac(STEP))]);
  new Card(new HidClient(board)).ask(0x03, 0, 0, data);
}

/** SELECT then draws a challenge, and VALIDATE makes two HMACs. */
function measureAccess({ transport, Client, ask }, board, place) {
  const client = new Client(board);
  const measure = measureOn(client, ask, { transport, ...place });
  const answer = client.transmit(select);
  const at = answer.indexOf(Buffer.from([0x74, 8])) + 2;
  const validate = apdu(0xa3, 0, Buffer.concat(
    [tlv(0x75, mac(answer.subarray(at, at + 8))), tlv(0x74, STEP)]));
  return [
    measure(["VALIDATE", validate]),
    measure(["SELECT with an access key", select]),
  ];
}

function measureKind(kind, afterWrite) {
  const place = { accounts: kind.hash, afterWrite };
  const board = new Board(freshFlash());
  board.plugIn();
  fill(new Card(new CcidClient(board)), kind);
  board.cache = waitForFlash(board.chip);
  const one = Buffer.concat([tlv(0x71, nameOf(7, kind.len)), challenge]);
  const found = TRANSPORTS.flatMap(({ transport, Client, ask }) =>
    requests(one).map(
      measureOn(new Client(board), ask, { transport, ...place })));
  board.powerOn();
  board.plugIn();
  setCode(board);
  board.cache = waitForFlash(board.chip);
  return [...found,
    ...TRANSPORTS.flatMap(
      (transport) => measureAccess(transport, board, place))];
}

export function limitOf({ transport, afterWrite }) {
  return transport === "HID" && afterWrite ? HID_AFTER_WRITE_LIMIT_US : LIMIT_US;
}

/** A list of { what, transport, accounts, afterWrite, us, len }. */
export function measureReplies(afterWrite) {
  return KINDS.flatMap((kind) => measureKind(kind, afterWrite));
}

/** The slowest of each kind of request on each transport. */
export function slowest(replies) {
  const found = new Map();
  for (const reply of replies) {
    const key = `${reply.transport} ${reply.what}`;
    if (!(found.get(key)?.us >= reply.us)) found.set(key, reply);
  }
  return [...found.values()];
}
