// SPDX-License-Identifier: MIT
// The frames of fob-sim's socket, and the world around a board that they tell
// of: time, finger and power (docs/protocol.md, "fob-sim").
import fs from "node:fs";
import net from "node:net";

export class World {
  constructor(liveBoard) {
    this.liveBoard = liveBoard;
    this.board = liveBoard.board;
    this.flash = liveBoard.board.flash;
  }

  B(body) { this.board.press(body[0] !== 0); }

  P(body) { this.liveBoard.power([null, {}, { watchdog: 1 }][body[0]]); }

  X(body) {
    this.flash.cut = {
      at: body.readUInt32BE(), eighths: body[4], scattered: body[5] !== 0,
    };
  }

  R(body) { this.board.randomWorks = body[0] === 0; }

  T(body) {
    const { board, liveBoard } = this;
    const end = board.chip.nanos + Number(body.readBigUInt64BE()) * 1e6;
    while (board.powered && board.chip.nanos < end) liveBoard.turn();
    liveBoard.restartTime();
  }

  S() {}

  state() {
    const { board, flash } = this;
    const body = Buffer.alloc(19);
    const runs = board.powered && board.start !== "loader";
    body.writeUInt8(runs ? 1 : 0, 0);
    body.writeUInt8(board.led ? 1 : 0, 1);
    body.writeUInt8(board.start === "loader" ? 2 : 0, 2);
    body.writeBigUInt64BE(BigInt(Math.floor(board.chip.nanos / 1e6)), 3);
    body.writeUInt32BE(flash.operations, 11);
    body.writeUInt32BE(flash.erases, 15);
    return body;
  }

  /** Whether the frame was one of these; its answer is the state then. */
  act(kind, body) {
    if (!"BPXRTS".includes(kind)) return false;
    this[kind](body);
    return true;
  }
}

/** Listen; `take(client, kind, body)` gets each frame, and each client's
 *  `speaks` the kinds that it has sent.  The set of clients. */
export function serveFrames(path, take, ready = () => {}) {
  const clients = new Set();
  const server = net.createServer((socket) => {
    let bytes = Buffer.alloc(0);
    const client = {
      speaks: new Set(),
      frame(kind, body) {
        const head = Buffer.from([kind.charCodeAt(0), 0, 0]);
        head.writeUInt16BE(body.length, 1);
        socket.write(Buffer.concat([head, body]));
      },
    };
    clients.add(client);
    socket.on("data", (data) => {
      bytes = Buffer.concat([bytes, data]);
      while (bytes.length >= 3 && bytes.length >= 3 + bytes.readUInt16BE(1)) {
        const len = bytes.readUInt16BE(1);
        const kind = String.fromCharCode(bytes[0]);
        client.speaks.add(kind);
        take(client, kind, bytes.subarray(3, 3 + len));
        bytes = bytes.subarray(3 + len);
      }
    });
    const gone = () => clients.delete(client);
    socket.on("close", gone);
    socket.on("error", gone);
  });

  fs.rmSync(path, { force: true });
  process.umask(0o077);
  server.listen(path, ready);
  return clients;
}
