import type { Certificate } from '../../formats/x509/index.ts';
import { readTree } from '../../formats/xmldsig/index.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import type { Finding } from '../indication.ts';
import type { SignedDocument } from '../signed-document.ts';
import { type AsicContainer, readFile } from './asic-container.ts';
import { type ContentFinder, readXmlSignatures } from './xml-document.ts';

/** What the XAdES signature files of a container hold. */
export type XadesFile = Pick<SignedDocument, 'signatures' | 'evidenceRecords' | 'material'> & { readonly path: string };

/** The XAdES signatures of an ASiC container, file by file (EN 319 162-1 4.3.3.3, 4.4.3). */
export async function readXadesFiles(
  container: AsicContainer,
  others: readonly Certificate[],
  examine?: ExamineEvidenceRecord,
): Promise<XadesFile[]> {
  const find = containerFinder(container);
  const found: XadesFile[] = [];
  let position = 0;
  for (const path of container.xadesSignatures) {
    const bytes = await readFile(container, path);
    if (!bytes) continue;
    const surroundings = { find, others, firstPosition: position, ...(examine ? { examine } : {}) };
    const file = await readXmlSignatures(readTree(bytes), surroundings);
    position += file.signatures.length;
    const findings = await layoutFindings(container);
    const signatures = file.signatures.map((signature) => ({
      ...signature,
      formatFindings: [...findings, ...signature.formatFindings],
    }));
    found.push({ ...file, path, signatures });
  }
  return found;
}

/**
 * References name files by percent-encoded paths from the container's root. In ASiC-S the one object is what is signed,
 * whatever it is called.
 */
function containerFinder({ content, objects, kind }: AsicContainer): ContentFinder {
  const [only, another] = objects;
  const theOne = kind === 'ASiC-S' && only && !another ? [only] : [];
  return async (uri) => {
    for (const path of [...(uri === undefined ? [] : pathsOf(uri)), ...theOne]) {
      const found = content(path);
      if (found) return found;
    }
    return undefined;
  };
}

function pathsOf(uri: string): string[] {
  const rooted = uri.replace(/^(\.?\/)+/, '');
  try {
    return [decodeURIComponent(rooted), rooted];
  } catch {
    return [rooted];
  }
}

/** EN 319 162-1 4.3.3.1: one object in the root of ASiC-S; 4.4.3.2: objects, and a manifest, in ASiC-E. */
async function layoutFindings({ kind, objects, manifests, open }: AsicContainer): Promise<Finding[]> {
  const inRoot = objects.filter((path) => !path.includes('/'));
  if (kind === 'ASiC-S')
    return inRoot.length === 1 && objects.length === 1
      ? []
      : [{ code: 'FORMAT_BROKEN', detail: 'not exactly one object in the root of an ASiC-S container' }];
  if (objects.length === 0) return [{ code: 'FORMAT_BROKEN', detail: 'no object in the container' }];
  if (manifests.length > 0 || (await open('META-INF/manifest.xml'))) return [];
  return [{ code: 'FORMAT_BROKEN', detail: 'no manifest in META-INF' }];
}
