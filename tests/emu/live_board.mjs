// SPDX-License-Identifier: MIT
// A board in real time: its own time follows the clock on the wall or falls
// behind, but never runs ahead, and somebody's frame() plays the host.
export const FRAME_NS = 1e6;
const BEHIND_NS = 100e6; // what a slow emulator need not make up

export class LiveBoard {
  /** `host` has plugged(), frame() and unplugged(). */
  constructor(board, host) {
    this.board = board;
    this.host = host;
    this.isPlugged = false;
    this.restartTime();
  }

  restartTime() {
    this.zero = process.hrtime.bigint() -
      BigInt(Math.round(this.board.chip.nanos));
  }

  unplug() {
    if (this.isPlugged) this.host.unplugged();
    this.isPlugged = false;
    this.restartTime();
  }

  power(reset) {
    this.unplug();
    this.board.powerOff();
    if (reset) this.board.powerOn(reset);
    this.restartTime();
  }

  /** One frame of the bus; whatever ends the chip's life is followed up. */
  turn() {
    const { chip } = this.board;
    this.board.live(() => {
      if (!this.isPlugged) this.host.plugged(this.board.plugIn());
      this.isPlugged = true;
      this.host.frame();
    });
    if (chip !== this.board.chip || !this.board.powered) this.unplug();
  }

  live(each = () => {}) {
    const now = Number(process.hrtime.bigint() - this.zero);
    const ahead = this.board.chip.nanos - now;
    const runs = this.board.powered && ahead < 0;
    if (ahead < -BEHIND_NS) this.restartTime();
    if (runs) this.turn();
    each();
    const again = () => this.live(each);
    if (runs) setImmediate(again);
    else setTimeout(again, 1);
  }
}
