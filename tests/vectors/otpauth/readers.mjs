#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// What npm's otpauth and @otplib/uri make of URIs: a JSON array of them on
// stdin, and on stdout one of pairs, null for what a reader refuses.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.O}/readers/`);
const otpauth = require("otpauth");
const otplib = require("@otplib/uri");

function readOtpauth(uri) {
  const read = otpauth.URI.parse(uri);
  const isTotp = read instanceof otpauth.TOTP;
  return {
    type: isTotp ? "totp" : "hotp",
    hash: read.algorithm,
    digits: read.digits,
    moving: isTotp ? read.period : read.counter,
    secret: Buffer.from(read.secret.bytes).toString("hex"),
    issuer: read.issuer,
    label: read.label,
  };
}

// It leaves the secret and the label as they are.
function readOtplib(uri) {
  const { type, label, params } = otplib.parse(uri);
  const colon = label.indexOf(":");
  return {
    type,
    hash: (params.algorithm ?? "sha1").toUpperCase().replace("-", ""),
    digits: params.digits ?? 6,
    moving: type === "totp" ? params.period ?? 30 : params.counter ?? 0,
    base32: params.secret,
    issuer: params.issuer ?? label.slice(0, Math.max(colon, 0)),
    label: label.slice(colon + 1),
  };
}

function attempt(read, uri) {
  try {
    return read(uri);
  } catch {
    return null;
  }
}

const uris = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(uris.map((uri) =>
  [attempt(readOtpauth, uri), attempt(readOtplib, uri)])));
