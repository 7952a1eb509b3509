import { ArchiveError } from '../../base/index.ts';

/** The sections of `docs/problems.md`, one for each code. */
export interface ProblemTexts {
  /** @throws ArchiveError ADDRESS_UNKNOWN for a code that has none */
  find(code: string): string;
}

/** @param document the text of `docs/problems.md` */
export function problemTexts(document: string): ProblemTexts {
  const sections = new Map(
    document
      .split(/^(?=## )/m)
      .filter((section) => section.startsWith('## '))
      .map((section) => [section.slice(3, section.indexOf('\n')).trim(), section]),
  );
  return {
    find: (code) => {
      const section = sections.get(code);
      if (section === undefined) throw new ArchiveError('ADDRESS_UNKNOWN', 'There is no problem of this name.');
      return section;
    },
  };
}
