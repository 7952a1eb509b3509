import { FormatError } from '../../base/index.ts';
import type { Report } from './ocfl-findings.ts';
import type { OcflEntry, OcflReader } from './ocfl-reader.ts';

/** How the declarations of objects and of storage roots differ: the prefix and the codes. */
export interface DeclarationKind {
  readonly prefix: 'ocfl_object_' | 'ocfl_';
  readonly missing: string;
  readonly several: string;
  readonly unknown: string;
  readonly content: string;
}

/** OCFL 1.1 section 3.1. */
export const objectDeclarations: DeclarationKind = {
  prefix: 'ocfl_object_',
  missing: 'E003',
  several: 'E003',
  unknown: 'E006',
  content: 'E007',
};

/** OCFL 1.1 section 4.2. */
export const rootDeclarations: DeclarationKind = {
  prefix: 'ocfl_',
  missing: 'E069',
  several: 'E076',
  unknown: 'E079',
  content: 'E080',
};

/**
 * The version that the NAMASTE declaration among `entries` gives.
 * @returns `1.0`, `1.1`, or undefined when there is no declaration that can be used
 */
export async function declaredVersion(
  entries: readonly OcflEntry[],
  kind: DeclarationKind,
  reader: OcflReader,
  report: Report,
): Promise<string | undefined> {
  const declarations = entries.filter((entry) => entry.kind === 'file' && entry.name.startsWith('0='));
  const [declaration] = declarations;
  if (!declaration) {
    report(kind.missing, '', 'There is no declaration of the OCFL version.');
    return undefined;
  }
  if (declarations.length > 1) report(kind.several, '', 'There are several declarations of the OCFL version.');
  const value = declaration.name.slice(2);
  const version = value.startsWith(kind.prefix) ? value.slice(kind.prefix.length) : '';
  const content = await reader.read(declaration.name, 1024).catch(asEmpty);
  if (new TextDecoder().decode(content) !== `${value}\n`)
    report(kind.content, declaration.name, 'The declaration does not hold its own name and a line feed.');
  if (version === '1.0' || version === '1.1') return version;
  report(kind.unknown, declaration.name, 'The declaration is of no version of OCFL that is known, 1.0 or 1.1.');
  return undefined;
}

/** A file over the limit is as wrong as an empty one. */
function asEmpty(error: unknown): Uint8Array {
  if (error instanceof FormatError) return new Uint8Array();
  throw error;
}
