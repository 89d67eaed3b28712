// SPDX-License-Identifier: MIT
// Who the default credential chain of the JavaScript SDK makes us, or with a
// profile's name who that is.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, profile] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { GetCallerIdentityCommand, STSClient } =
    require("@aws-sdk/client-sts");
const { defaultProvider } = require("@aws-sdk/credential-provider-node");

const sts = new STSClient({
    region: "eu-central-1",
    endpoint: process.env.AWS_ENDPOINT_URL,
    credentials: defaultProvider(profile ? { profile } : {}),
});
console.log((await sts.send(new GetCallerIdentityCommand({}))).Arn);
