// SPDX-License-Identifier: MIT
// TAP for tests in JavaScript: point() each promise, then end().
let points = 0;
let failed = 0;

/** One point: `promise` runs and does not throw. */
export function point(what, promise) {
  points++;
  try {
    promise();
    console.log(`ok ${points} - ${what}`);
  } catch (fault) {
    failed++;
    console.log(`not ok ${points} - ${what}`);
    console.log(String(fault.stack ?? fault).replace(/^/gm, "# "));
  }
}

export function note(text) {
  console.log(`# ${text}`);
}

export function end() {
  console.log(`1..${points}`);
  process.exitCode = failed || !points ? 1 : 0;
}
