import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readShippedSignatures } from '../../src/shipped-signatures.ts';
import { combineSignatureFiles, type FormatSignatures, prepareSignatures } from '../../src/standards/pronom/index.ts';

/** Signature files of DROID that are newer than what is shipped. */
export const newerSignatureFiles = ['DROID_SignatureFile_V118.xml', 'container-signature-20240501.xml'].map((name) =>
  join(import.meta.dirname, '../../../shared/corpus/pronom', name),
);

let shipped: Promise<FormatSignatures> | undefined;
let newer: FormatSignatures | undefined;

/** The signatures of the release, prepared once for all tests. */
export function shippedFormatSignatures(): Promise<FormatSignatures> {
  shipped ??= readShippedSignatures().then(prepareSignatures);
  return shipped;
}

/** Those of the newer files; `undefined` where the corpus is absent. */
export function newerFormatSignatures(): FormatSignatures | undefined {
  if (!newerSignatureFiles.every((file) => existsSync(file))) return undefined;
  newer ??= prepareSignatures(combineSignatureFiles(newerSignatureFiles.map((file) => readFileSync(file))));
  return newer;
}
