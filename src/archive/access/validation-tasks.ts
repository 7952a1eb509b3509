/** What the threads of `validations.ts` do; takes and gives what can be copied between threads. */
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import type { EarkValidation } from '../../standards/packages/index.ts';
import {
  type ValidationReport,
  type ValidationRequest,
  validateAndAsk,
  validateDocument,
} from '../../standards/signatures/index.ts';
import { fileReader } from '../packaging/index.ts';
import {
  completeMaterial,
  onlineMaterial,
  readAnchors,
  type TrustedListsInUse,
  trustedListsInUse,
  type ValidationMaterial,
} from '../trust-services/index.ts';
import { validatePackage } from './validate-package.ts';
import type { DocumentValidation, TrustSettings } from './validations.ts';

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
  readonly trust: TrustSettings;
  readonly at: Date;
}): Promise<DocumentValidation[]> {
  const anchors = await anchorsIn(task.trust.trustFolder);
  const trustedLists = await listsOf(task.trust)?.current();
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
    found.push({ file: one.name, ...(await validated(request, task.trust.online)) });
  }
  return found;
}

const source = onlineMaterial(() => new Date());

async function validated(request: ValidationRequest, online: boolean): Promise<ValidationReport> {
  if (!online) return validateDocument(request);
  const validate = (material: ValidationMaterial) => validateAndAsk({ ...request, material });
  return (await completeMaterial(validate, source)).validation.report;
}

const known = new Map<string, Promise<Uint8Array[]>>();

/** Read once in a thread's life: the same array again is what makes ten thousand anchors cheap. */
function anchorsIn(folder: string): Promise<Uint8Array[]> {
  const before = known.get(folder);
  if (before) return before;
  const anchors = readAnchors(folder);
  known.set(folder, anchors);
  return anchors;
}

let lists: TrustedListsInUse | undefined;

/** As the service fetched them last: a thread that judges a stranger's file fetches none itself. */
function listsOf({ trustedLists }: TrustSettings): TrustedListsInUse | undefined {
  lists ??= trustedListsInUse(trustedLists && { ...trustedLists, online: false }, () => new Date());
  return lists;
}
