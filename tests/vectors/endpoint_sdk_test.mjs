#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Where fob calls STS and IAM, and what it signs that with, is what the
// endpoint rules of AWS's JavaScript SDK say: every region of every partition,
// regions that are not there yet, and every combination of settings.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { end, note, point } from "../emu/tap.mjs";

const { O, TOP } = process.env;
const modules = `${O}/sdk/node_modules/@aws-sdk`;
const require = createRequire(`${O}/sdk/`);
const resolver = (client) => require(
  `${modules}/${client}/dist-cjs/endpoint/endpointResolver.js`)
  .defaultEndpointResolver;
const rules = { sts: resolver("client-sts"), iam: resolver("client-iam") };
const { partitions } = require(
  `${modules}/util-endpoints/dist-cjs/lib/aws/partitions.json`);

const variants = ["plain", "fips", "dualstack", "both"];
// Of each partition one that it may open yet; the last is of none.
const invented = ["eu-west-9", "nz-north-1", "cn-south-1", "us-gov-north-2",
  "eusc-de-west-2", "us-iso-south-1", "us-isob-south-1", "eu-isoe-east-1",
  "us-isof-west-1", "xx-nowhere-1"];
const known = partitions.flatMap((one) => Object.keys(one.regions));

function theirs({ service, region, variant, kind }) {
  const found = rules[service]({
    Region: region,
    UseFIPS: variant === "fips" || variant === "both",
    UseDualStack: variant === "dualstack" || variant === "both",
    ...(service === "sts" ? { UseGlobalEndpoint: kind === "legacy" } : {}),
  });
  const scheme = found.properties?.authSchemes?.[0];
  // A client of the pseudo region signs for the real one, as botocore does.
  const signed = scheme?.signingRegion ??
    (region === "aws-global" ? "us-east-1" : region);
  return `${found.url.href} ${signed}`;
}

/** The lines that fob's code answers to so many questions. */
function ours(cases) {
  const lines = cases.map((one) =>
    `${one.service} ${one.region} ${one.variant} ${one.kind}\n`);
  const done = spawnSync(`${TOP}/build/asan/tests/unit/aws/endpoint_driver`,
    { input: lines.join(""), encoding: "utf8" });
  return done.stdout.split("\n");
}

function compare(cases) {
  const answers = ours(cases);
  const wrong = cases.flatMap((one, at) => {
    const want = theirs(one);
    return answers[at] === want ? [] :
      [`${Object.values(one).join(" ")}: ${answers[at]}, not ${want}`];
  });
  if (wrong.length || !cases.length) {
    throw new Error(wrong.slice(0, 20).join("\n") || "no cases");
  }
}

function cross(regions, service) {
  const kinds = service === "sts" ? ["regional", "legacy"] : ["regional"];
  return regions.flatMap((region) => variants.flatMap((variant) =>
    kinds.map((kind) => ({ service, region, variant, kind }))));
}

note(`${partitions.length} partitions, ${known.length} regions`);
for (const service of ["sts", "iam"]) {
  for (const { id, regions } of partitions) {
    point(`${service} of ${id}, in all that can be asked for`,
      () => compare(cross(Object.keys(regions), service)));
  }
  point(`${service} of regions that are not there yet`,
    () => compare(cross(invented, service)));
}
point("the partitions are those that AWS has published", () => {
  const names = partitions.map((one) => one.id).sort().join(" ");
  const want = "aws aws-cn aws-eusc aws-iso aws-iso-b aws-iso-e aws-iso-f " +
    "aws-us-gov";
  if (names !== want) {
    throw new Error(names);
  }
});
end();
