/**
 * Compiles signature files of DROID into `signatures.json`, the form that the product ships and keeps:
 * `npx tsx representation-information/pronom/compile.ts DROID_SignatureFile.xml container-signature.xml`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { combineSignatureFiles, signatureDataText } from '../../src/standards/pronom/index.ts';

const files = process.argv.slice(2);
if (files.length !== 2) throw new Error('Name a signature file of formats and one of containers.');
const data = combineSignatureFiles(files.map((file) => readFileSync(file)));
writeFileSync(join(import.meta.dirname, 'signatures.json'), signatureDataText(data));
