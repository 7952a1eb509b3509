import { ArchiveError } from '../../../base/index.ts';
import type { SubmissionLimits } from './limits.ts';

/** Control characters, and those that hide or turn text (as in `invoice‮fdp.exe`). */
const hidden = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/u;

/**
 * Checks the names of one submission's files as they come; each name may be a relative path with `/`.
 * @returns a function that takes the next name
 * @throws ArchiveError NAME_UNSAFE | NAME_CLASH | TOO_MANY_FILES
 */
export function nameChecker(limits: Pick<SubmissionLimits, 'maxFiles' | 'maxNameBytes'>): (name: string) => void {
  const seen = new Map<string, string>();
  return (name) => {
    if (seen.size >= limits.maxFiles)
      throw new ArchiveError(
        'TOO_MANY_FILES',
        `A record may have at most ${limits.maxFiles} files. Send them as several records.`,
      );
    const fault = nameFault(name, limits.maxNameBytes);
    if (fault) throw new ArchiveError('NAME_UNSAFE', `A file's name ${fault}. Rename the file and send it again.`);
    const key = clashKey(name);
    const earlier = seen.get(key);
    if (earlier !== undefined)
      throw new ArchiveError(
        'NAME_CLASH',
        earlier === name
          ? `Two files are named “${name}”. Rename one of them.`
          : `“${earlier}” and “${name}” are one name on some systems. Rename one of them.`,
        { places: [{ pointer: name, detail: `is also there as ${earlier}` }] },
      );
    seen.set(key, name);
  };
}

/** The same for a producer's package, which may have more files than there may be loose ones. */
export function packageNameChecker(limits: Pick<SubmissionLimits, 'maxPackageFiles' | 'maxNameBytes'>) {
  return nameChecker({ maxFiles: limits.maxPackageFiles, maxNameBytes: limits.maxNameBytes });
}

/** What is wrong with a name, as the end of a sentence that starts with "its name". */
function nameFault(name: string, maxBytes = 1024): string | undefined {
  if (name.trim() === '') return 'is empty';
  if (Buffer.byteLength(name) > maxBytes) return `is longer than ${maxBytes} bytes`;
  if (hidden.test(name)) return 'has control characters or characters that hide its true form';
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(name)) return 'is an absolute path';
  const parts = name.split(/[/\\]/);
  if (parts.includes('..')) return 'leads out of its folder (“..”)';
  if (parts.some((part) => part === '' || part === '.')) return 'has an empty part';
  return undefined;
}

/** Names with one key are one file on a system that ignores case or composes letters. */
function clashKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
