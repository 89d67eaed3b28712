// SPDX-License-Identifier: MIT
// zxing-wasm for tests/gallery: the paths of pictures on stdin, for each a
// line with the texts of its QR codes.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const home = `${process.argv[2]}/zxing-wasm/dist`;
const { prepareZXingModule, readBarcodes } =
    await import(pathToFileURL(`${home}/es/reader/index.js`));
prepareZXingModule({
    overrides: { wasmBinary: readFileSync(`${home}/reader/zxing_reader.wasm`) },
});
for await (const path of createInterface({ input: process.stdin })) {
    let texts = [];
    try {
        const found = await readBarcodes(readFileSync(path), {
            formats: ['QRCode'], tryHarder: true, tryRotate: true,
            tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 10,
        });
        texts = found.filter((one) => one.isValid).map((one) => one.text);
    } catch (error) {
        console.error(`${path}: ${error}`);
    }
    console.log(JSON.stringify(texts));
}
