import { type FormatShare, formatShares } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

/** A format in the holdings, and why it may not be readable for ever. */
export interface WatchedFormat extends FormatShare {
  readonly risk?: string;
}

/** Formats that are at risk, by PRONOM id: an operator's own list outranks this one. */
const knownRisks: Readonly<Record<string, string>> = {
  'fmt/39': 'Word 6.0/95: no current program writes it, and few read it',
  'fmt/40': 'Word 97-2003: binary, superseded by OOXML and ODF',
  'fmt/59': 'Excel 5.0/95: no current program writes it, and few read it',
  'fmt/61': 'Excel 97-2003: binary, superseded by OOXML and ODF',
  'fmt/126': 'PowerPoint 97-2003: binary, superseded by OOXML and ODF',
  'x-fmt/44': 'WordPerfect 6 and later: few programs read it',
  'x-fmt/394': 'WordPerfect 5.1: few programs read it',
  'x-fmt/115': 'Lotus 1-2-3: no current program reads it',
  'x-fmt/238': 'Access 97: read by no current release',
  'fmt/507': 'a secured PDF: printing and copying may be forbidden, and conversion with them',
};

/**
 * The share of each format in the holdings, with what is at risk. What no signature knows is at risk, too.
 * @param risks the operator's list: reasons by PRONOM id; an empty reason takes one off the built-in list
 */
export async function watchFormats(
  { catalog, institution }: Holdings,
  risks: Readonly<Record<string, string>> = {},
): Promise<WatchedFormat[]> {
  const listed: Readonly<Record<string, string>> = { ...knownRisks, ...risks };
  return (await formatShares(catalog, institution.id)).map((share) => {
    const risk = share.puid === undefined ? 'not identified: nobody knows what can open it' : listed[share.puid];
    return { ...share, ...(risk ? { risk } : {}) };
  });
}
