import type { BagDeclaration } from './bag-declaration.ts';
import type { ReportBagFault } from './bag-findings.ts';
import { linesOf } from './tag-text.ts';

/** A line of `bag-info.txt`, unfolded. Labels may be repeated, and their order means something. */
export interface BagTag {
  readonly label: string;
  readonly value: string;
}

const mostTags = 10_000;

/** Reads `bag-info.txt` (RFC 8493 2.2.2): `Label: value` a line, continued by lines that begin with white space. */
export function readBagTags(
  text: string,
  { isStrict, metadataName }: Pick<BagDeclaration, 'isStrict' | 'metadataName'>,
  report: ReportBagFault,
): BagTag[] {
  const tags: { label: string; value: string }[] = [];
  const fault = (level: 'MUST' | 'SHOULD', message: string) => report('BAGIT-2.2.2', level, metadataName, message);
  for (const line of linesOf(text)) {
    const last = tags.at(-1);
    if (line.trim() === '') continue;
    if (/^[ \t]/.test(line) && last) {
      last.value = `${last.value} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1) {
      fault('MUST', `The line “${line}” is not “Label: value”.`);
      continue;
    }
    if (tags.length === mostTags) {
      fault('MUST', `There are more than ${mostTags} labels.`);
      break;
    }
    const label = line.slice(0, colon).trim();
    if (isStrict && (label !== line.slice(0, colon) || !/^:[ \t]/.test(line.slice(colon))))
      fault('SHOULD', `Between “${label}” and its value stands something else than “: ”.`);
    tags.push({ label, value: line.slice(colon + 1).trim() });
  }
  return tags;
}

/** The values of a label, whatever its letters' case. */
export function tagValues(tags: readonly BagTag[], label: string): string[] {
  return tags.filter((tag) => tag.label.toLowerCase() === label.toLowerCase()).map(({ value }) => value);
}

/** `Payload-Oxum: OCTETS.FILES`, once, and as it is. */
export function checkOxum(
  tags: readonly BagTag[],
  payload: { readonly bytes: number; readonly files: number },
  metadataName: string,
  report: ReportBagFault,
): void {
  const stated = tagValues(tags, 'Payload-Oxum');
  const fault = (message: string) => report('BAGIT-2.2.2', 'MUST', metadataName, message);
  if (stated.length > 1) fault('“Payload-Oxum” stands more than once.');
  for (const value of stated) {
    if (!/^\d{1,18}\.\d{1,18}$/.test(value)) fault(`“Payload-Oxum: ${value}” is not OCTETS.FILES.`);
    else if (value !== `${payload.bytes}.${payload.files}`)
      fault(`“Payload-Oxum” is ${value}, but the payload has ${payload.bytes} bytes in ${payload.files} files.`);
  }
}
