// SPDX-License-Identifier: MIT
// RFC 6238, appendix B: seeds by hash, and codes of 8 digits.
const seed = (len) => Buffer.from("1234567890".repeat(7).slice(0, len));

export const SEEDS = [
  { hash: "SHA1", kind: 0x21, key: seed(20) },
  { hash: "SHA256", kind: 0x22, key: seed(32) },
  { hash: "SHA512", kind: 0x23, key: seed(64) },
];

export const CODES = [
  [59, "94287082", "46119246", "90693936"],
  [1111111109, "07081804", "68084774", "25091201"],
  [1111111111, "14050471", "67062674", "99943326"],
  [1234567890, "89005924", "91819424", "93441116"],
  [2000000000, "69279037", "90698825", "38618901"],
  [20000000000, "65353130", "77737706", "47863826"],
];
