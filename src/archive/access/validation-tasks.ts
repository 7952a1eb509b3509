/** What the threads of `validations.ts` do; takes and gives what can be copied between threads. */
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import type { EarkValidation } from '../../standards/packages/index.ts';
import type { TrustedList } from '../../standards/trusted-lists/index.ts';
import { fileReader } from '../archival-storage/index.ts';
import { onlineMaterial, readAnchors, readVerifiedLists, validateWithMaterial } from '../trust-services/index.ts';
import { validatePackage } from './validate-package.ts';
import type { DocumentValidation, ThreadTrust } from './validations.ts';

export function judgePackage(task: {
  readonly path: string;
  readonly at: Date;
  readonly specification: string | undefined;
}): Promise<EarkValidation> {
  return validatePackage(task.path, task.at, task.specification);
}

/** A file that was sent, by its own name. */
interface NamedFile {
  readonly name: string;
  readonly file: string;
  readonly isDocument: boolean;
}

export async function judgeDocuments(task: {
  readonly files: readonly NamedFile[];
  readonly trust: ThreadTrust;
  readonly at: Date;
}): Promise<DocumentValidation[]> {
  const anchors = await anchorsIn(task.trust.trustFolder);
  const trustedLists = await listsOf(task.trust);
  const all = await Promise.all(
    task.files.map(async ({ name, file, isDocument }) => ({ name, isDocument, reader: await fileReader(file) })),
  );
  const found: DocumentValidation[] = [];
  for (const one of all.filter(({ isDocument }) => isDocument)) {
    const contents = all.filter((other) => other !== one).map(({ name, reader }) => ({ name, reader }));
    const request = {
      document: one.reader,
      name: one.name,
      contents,
      anchors,
      ...(trustedLists ? { trustedLists } : {}),
      validationTime: task.at,
      examineEvidenceRecord,
    };
    const { report } = await validateWithMaterial(request, task.trust.online ? source : undefined);
    found.push({ file: one.name, ...report });
  }
  return found;
}

const source = onlineMaterial(() => new Date());

const known = new Map<string, Promise<Uint8Array[]>>();

/** Read once in a thread's life: the same array again is what makes ten thousand anchors cheap. */
function anchorsIn(folder: string): Promise<Uint8Array[]> {
  const before = known.get(folder);
  if (before) return before;
  const anchors = readAnchors(folder);
  known.set(folder, anchors);
  return anchors;
}

let knownLists: { readonly key: string; readonly lists: Promise<readonly TrustedList[]> } | undefined;

/** Read once until the service has others in use; it verified them, and a thread only looks that they are the same. */
function listsOf({ listFiles }: ThreadTrust): Promise<readonly TrustedList[]> | undefined {
  if (!listFiles) return undefined;
  const key = listFiles.map(({ sha256 }) => sha256).join();
  if (knownLists?.key !== key) {
    const lists = readVerifiedLists(listFiles);
    lists.catch(() => {
      knownLists = undefined; // the next task tries again
    });
    knownLists = { key, lists };
  }
  return knownLists.lists;
}
