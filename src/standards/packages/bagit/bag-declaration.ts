import type { ReportBagFault } from './bag-findings.ts';
import { linesOf, tagText } from './tag-text.ts';

/** What `bagit.txt` says. */
export interface BagDeclaration {
  /** E.g. `1.0`; as it is written. */
  readonly version: string;
  /** 1.0 or later: what earlier versions let pass is an error then. */
  readonly isStrict: boolean;
  /** Up to 0.95 the metadata lie in `package-info.txt`. */
  readonly metadataName: 'bag-info.txt' | 'package-info.txt';
  readonly encoding: string;
}

export const declarationName = 'bagit.txt';

const knownVersions = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'];

/**
 * Reads the bag declaration (RFC 8493 2.1.1): two lines and nothing else, in UTF-8 whatever the other tag files are in.
 * What is wrong is reported; what could not be read is taken to be as in version 1.0.
 */
export function readDeclaration(bytes: Uint8Array, report: ReportBagFault): BagDeclaration {
  const fault = (message: string) => report('BAGIT-2.1.1', 'MUST', declarationName, message);
  const lines = linesOf(tagText(bytes, 'UTF-8', declarationName, report));
  const [first = '', second = ''] = lines;
  const version = /^BagIt-Version[ \t]*:[ \t]*(\d{1,4}\.\d{1,4})[ \t]*$/.exec(first)?.[1];
  const encoding = /^Tag-File-Character-Encoding[ \t]*:[ \t]*([!-~]{1,100})[ \t]*$/.exec(second)?.[1];
  const isStrict = version === undefined || Number(version) >= 1;
  if (version === undefined) fault('The first line is not “BagIt-Version: M.N”.');
  else if (!knownVersions.includes(version)) fault(`Version ${version} is none of ${knownVersions.join(', ')}.`);
  if (encoding === undefined) fault('The second line is not “Tag-File-Character-Encoding: ENCODING”.');
  if (lines.length > 2) fault('There are more than two lines.');
  const exact = `BagIt-Version: ${version}\nTag-File-Character-Encoding: ${encoding}`;
  if (version !== undefined && encoding !== undefined && `${first}\n${second}` !== exact)
    report('BAGIT-2.1.1', isStrict ? 'MUST' : 'SHOULD', declarationName, 'There is more white space than one space.');
  return {
    version: version ?? '1.0',
    isStrict,
    metadataName: !isStrict && Number(version) < 0.96 ? 'package-info.txt' : 'bag-info.txt',
    encoding: encoding ?? 'UTF-8',
  };
}
