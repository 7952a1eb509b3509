import type { ReportBagFault } from './bag-findings.ts';
import { bagPath } from './bag-manifest.ts';
import { linesOf } from './tag-text.ts';

export const fetchName = 'fetch.txt';

/**
 * Reads `fetch.txt` (RFC 8493 2.2.3): `URL LENGTH PATH` a line. Nothing is ever fetched (5.2): a file that is named here
 * must lie in the bag all the same.
 * @returns the paths that it names
 */
export function readFetchFile(text: string, exists: (path: string) => boolean, report: ReportBagFault): Set<string> {
  const paths = new Set<string>();
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    const match = /^(\S{1,10000})[ \t]{1,100}(\d{1,19}|-)[ \t]{1,100}(\S.*)$/.exec(line);
    const path = match?.[3] && bagPath(match[3], exists, fetchName, report);
    if (!match) report('BAGIT-2.2.3', 'MUST', fetchName, `The line “${line}” is not “URL LENGTH PATH”.`);
    else if (path && !path.startsWith('data/'))
      report('BAGIT-2.2.3', 'MUST', fetchName, `“${path}” is not a payload file.`);
    else if (path) paths.add(path);
  }
  return paths;
}
