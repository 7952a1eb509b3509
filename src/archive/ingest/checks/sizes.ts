import { ArchiveError } from '../../../base/index.ts';
import type { Profile } from '../../profiles/index.ts';

/** @throws ArchiveError FILE_TOO_LARGE */
export function checkSize(name: string, size: number, profile: Pick<Profile, 'maxFileSize' | 'id'>): void {
  if (size > profile.maxFileSize)
    throw new ArchiveError(
      'FILE_TOO_LARGE',
      `“${name}” is larger than the ${profile.maxFileSize} bytes that profile “${profile.id}” allows. Send a smaller file or choose another profile.`,
    );
}

/** @throws ArchiveError EMPTY_FILE */
export function checkNotEmpty(name: string, size: number): void {
  if (size === 0) throw new ArchiveError('EMPTY_FILE', `“${name}” has no content. Check the file and send it again.`);
}
