import { isSystemFile, safeFileNames, safeFilePaths } from '../../../standards/packages/index.ts';
import type { SubmittedFile } from '../submission.ts';
import type { PackagePart, SubmissionPart } from './received-package.ts';

/** The files of a package by what becomes of them. */
export interface SortedParts {
  readonly originals: readonly SubmittedFile[];
  readonly submission: readonly SubmissionPart[];
}

/** Whether a file of the package is no part of it at all, and is not even staged. */
export function isIgnored(path: string, kind: 'bag' | 'SIP'): boolean {
  return isSystemFile(path) && !(kind === 'bag' && path.startsWith('data/')); // a bag's payload is complete, or it is no bag
}

/**
 * Sorts a bag: what lies in `data/` are documents, in the folders in which they lay; the tag files are the producer's
 * metadata.
 */
export function sortBag(parts: readonly PackagePart[]): SortedParts {
  const payload = parts.flatMap((part) => {
    const name = /^data\/(.*)$/s.exec(part.originalName)?.[1];
    return name === undefined ? [] : [{ ...part, originalName: name }];
  });
  const paths = safeFilePaths(payload.map(({ originalName }) => originalName));
  return {
    originals: payload.map((part, index) => ({ ...part, path: paths[index] ?? part.staged })),
    submission: submissionOf(parts.filter(({ originalName }) => !originalName.startsWith('data/'))),
  };
}

/**
 * Sorts a SIP: the data of each representation are a representation of the record; documentation, of the package or of
 * one of them, is one more; METS, metadata and schemas are the producer's metadata.
 */
export function sortSip(parts: readonly PackagePart[]): SortedParts {
  const documents = parts.flatMap((part) => {
    const place = placeInRecord(part.originalName);
    return place ? [{ part, ...place }] : [];
  });
  const kept = new Set(documents.map(({ part }) => part));
  const given = [...new Set(documents.flatMap(({ representation }) => representation ?? []))];
  const names = safeFileNames([...given, documentationName]);
  const originals = [...given, undefined].flatMap((representation, number) => {
    const own = documents.filter((document) => document.representation === representation);
    const paths = safeFilePaths(own.map(({ name }) => name));
    return own.map(
      ({ part, name }, index): SubmittedFile => ({
        ...part,
        originalName: name,
        path: paths[index] ?? part.staged,
        representation: names[number] ?? documentationName,
        ...(representation === undefined ? { role: 'attachment' as const } : {}),
      }),
    );
  });
  return { originals, submission: submissionOf(parts.filter((part) => !kept.has(part))) };
}

const documentationName = 'documentation';

/** Where a document of a SIP belongs; undefined for what is no document. Documentation has no representation of its own. */
function placeInRecord(path: string): { readonly representation?: string; readonly name: string } | undefined {
  const [first, representation = '', third, ...below] = path.split('/');
  if (first === documentationName) return { name: path.slice(documentationName.length + 1) };
  if (first !== 'representations' || third === undefined) return undefined;
  if (third === documentationName && below.length > 0) return { name: [representation, ...below].join('/') };
  if (below.length === 0) return third === 'METS.xml' ? undefined : { representation, name: third };
  if (third === 'metadata' || third === 'schemas') return undefined;
  return { representation, name: third === 'data' ? below.join('/') : [third, ...below].join('/') };
}

function submissionOf(parts: readonly PackagePart[]): SubmissionPart[] {
  const paths = safeFilePaths(parts.map(({ originalName }) => originalName));
  return parts.map((part, index) => ({ ...part, path: paths[index] ?? part.staged }));
}
