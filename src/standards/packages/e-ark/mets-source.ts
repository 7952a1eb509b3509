import type { XmlNode } from '../../formats/xml/index.ts';
import type { EarkFinding, EarkRules, SpecificationTable } from './rule-tables.ts';

/** A METS document of the package under judgement. */
export interface MetsSource {
  readonly root: XmlNode;
  /** Its path from the package's root folder. */
  readonly path: string;
  /** The folder it lies in with a slash at the end; '' for the package's own. */
  readonly folder: string;
  readonly isPackage: boolean;
}

/** What lies in the package: files with sizes, folders, and both by their names in lower case. */
export interface PackageFiles {
  readonly sizes: ReadonlyMap<string, number>;
  readonly folders: ReadonlySet<string>;
  /** The file at `path`; failing that, the one whose name differs in case only. */
  find(path: string): string | undefined;
  hasFolder(path: string): boolean;
}

/** All that a check is given: the rules of the version in force and a way to report. */
export interface Judgement {
  readonly rules: EarkRules;
  readonly specification: SpecificationTable;
  readonly files: PackageFiles;
  /** The moment the package is judged at: what lies after it is in the future. */
  readonly validationTime: Date;
  /** Reports a requirement as not met; nothing happens when the version does not have it. */
  report(id: string, place: string, message: string): void;
}

const mostFindings = 10_000;

/** Collects findings, each once; after ten thousand only the first of an id is taken. */
export function findingsOf(specification: SpecificationTable, applies: (id: string) => boolean) {
  const findings: EarkFinding[] = [];
  const known = new Set<string>();
  const ids = new Set<string>();
  const report = (id: string, place: string, message: string) => {
    const requirement = specification.requirements[id];
    const key = `${id} ${place} ${message}`;
    if (!requirement || !applies(id) || known.has(key) || (known.size >= mostFindings && ids.has(id))) return;
    known.add(key);
    ids.add(id);
    const { level, name } = requirement;
    findings.push({ id, level, requirement: name, message: shortened(message), place: shortened(place) });
  };
  return { findings, report };
}

function shortened(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

/** Placeholders that keep a folder alive in version control are no content. */
export function isPlaceholder(path: string, size: number | undefined): boolean {
  return size === 0 && path.slice(path.lastIndexOf('/') + 1).startsWith('.');
}

/** Tells whether there is a file in a folder, however deep, that is more than a placeholder. */
export function holdsContent({ sizes }: PackageFiles, folder: string): boolean {
  return [...sizes].some(([path, size]) => path.startsWith(`${folder}/`) && !isPlaceholder(path, size));
}
