// SPDX-License-Identifier: MIT
// The LED of a board: one that is lit by a level, or a WS2812, which is told its
// colour in pulses and finds fault with their lengths.
const PICO_LED = { pin: 25, kind: "high" };
const BITS = 24;
const [ZERO_NS, ONE_NS, SLACK_NS] = [400, 800, 150]; // WS2812B data sheet
const BIT_NS = 1250;
const BIT_SLACK_NS = 600;
const LATCH_NS = 280e3;

function bitOf(highNs) {
  if (Math.abs(highNs - ZERO_NS) <= SLACK_NS) return 0;
  if (Math.abs(highNs - ONE_NS) <= SLACK_NS) return 1;
  throw new Error(`WS2812: high for ${highNs} ns`);
}

function watchPulses(chip, gpio) {
  const { world } = chip;
  let bits = [];
  let rose;
  let wasHigh = false;
  gpio.addListener(() => {
    const isHigh = gpio.outputValue;
    if (isHigh === wasHigh) return;
    wasHigh = isHigh;
    if (!isHigh) {
      bits.push(bitOf(chip.nanos - rose));
      if (bits.length === BITS) world.onLed(bits.includes(1));
      return;
    }
    const gapNs = rose === undefined ? Infinity : chip.nanos - rose;
    rose = chip.nanos;
    if (bits.length === BITS && gapNs >= LATCH_NS) bits = [];
    else if (bits.length > 0 && Math.abs(gapNs - BIT_NS) > BIT_SLACK_NS)
      throw new Error(`WS2812: bits ${gapNs} ns apart`);
  });
}

export function watchLed(chip) {
  const { pin, kind } = chip.world.ledAt ?? PICO_LED;
  const gpio = chip.mcu.gpio[pin];
  if (kind === "none") return;
  if (kind === "ws2812") watchPulses(chip, gpio);
  else gpio.addListener(
    () => chip.world.onLed(gpio.outputValue === (kind === "high")));
}
