import { folderName, sha512Hex, utcSeconds } from '../../base/index.ts';
import { type Inventory, nextVersion } from '../../standards/ocfl/index.ts';
import { type AipDescription, type AipFile, buildAip } from '../../standards/packages/index.ts';
import type { VersionFile, VersionToWrite } from '../archival-storage/index.ts';

/** A file of the submission as it lies in staging. */
export interface StagedPayload {
  readonly staged: string;
  readonly sha512: string;
}

/**
 * The next version of a record's object, ready to be stored: the unpacked AIP as the object's logical state.
 * Files that an earlier version holds are referred to, so a corrected field costs its metadata and never the payload.
 * @param payload the submission's files; those of earlier versions need not be named
 * @throws Error when the description names payload that neither staging nor an earlier version has
 */
export function writePackage(
  description: AipDescription,
  payload: readonly StagedPayload[],
  previous?: Inventory,
): VersionToWrite {
  const { record } = description;
  const files = buildAip(description);
  const state = files.map((file) => ({ path: file.path, sha512: digestOf(file) }));
  const version = nextVersion(
    record.id,
    state,
    {
      created: utcSeconds(record.packagedAt),
      message: previous ? 'correction' : 'ingest',
      user: {
        name: record.institution.name,
        address: `urn:trajno:institution:${encodeURIComponent(record.institution.id)}`,
      },
    },
    previous,
  );
  const stagedByDigest = new Map(payload.map(({ sha512, staged }) => [sha512, staged]));
  return {
    objectId: record.id,
    stagingId: record.id,
    head: version.inventory.head,
    inventoryBytes: version.inventoryBytes,
    inventorySha512: version.inventorySha512,
    files: files.flatMap((file): VersionFile[] => {
      const contentPath = version.contentPaths.get(file.path);
      if (contentPath === undefined) return [];
      const sha512 = digestOf(file);
      if ('content' in file) return [{ contentPath, sha512, bytes: file.content }];
      const staged = stagedByDigest.get(sha512);
      if (staged === undefined)
        throw new Error(`the bytes of ${file.path} are neither in staging nor in an earlier version`);
      return [{ contentPath, sha512, staged }];
    }),
  };
}

/**
 * A version of an object of the store that is no record: its content and a `type.json` that says what it is.
 * @param previous the inventory of the version before; files that it holds are not written again
 */
export function writeStoreObject(
  id: string,
  type: string,
  files: readonly StoreObjectFile[],
  created: string,
  institution: { id: string; name: string },
  previous?: Inventory,
): VersionToWrite {
  const typeFile = {
    path: 'type.json',
    content: Buffer.from(`${JSON.stringify({ type, institution: institution.id })}\n`),
  };
  const all = [typeFile, ...files].map((file) =>
    'content' in file ? { ...file, sha512: sha512Hex(file.content) } : { ...file, content: undefined },
  );
  const user = { name: institution.name, address: `urn:trajno:institution:${encodeURIComponent(institution.id)}` };
  const version = nextVersion(id, all, { created, message: type, user }, previous);
  return {
    objectId: id,
    stagingId: folderName(id),
    head: version.inventory.head,
    inventoryBytes: version.inventoryBytes,
    inventorySha512: version.inventorySha512,
    files: all.flatMap(({ path, sha512, content }) => {
      const contentPath = version.contentPaths.get(path);
      if (contentPath === undefined) return [];
      if (!content) throw new Error(`the bytes of ${path} are not in an earlier version`);
      return [{ contentPath, sha512, bytes: content }];
    }),
  };
}

/** A file of such an object: its bytes, or the digest of one that the version before holds. */
export type StoreObjectFile =
  | { readonly path: string; readonly content: Uint8Array }
  | { readonly path: string; readonly sha512: string };

function digestOf(file: AipFile): string {
  return 'content' in file ? sha512Hex(file.content) : file.payload.sha512;
}
