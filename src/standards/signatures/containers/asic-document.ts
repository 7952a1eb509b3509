import { type ByteReader, FormatError } from '../../../base/index.ts';
import { readSignedData, type SignedData } from '../../formats/cms/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import { joinMaterial } from '../embedded-material.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import type { Finding } from '../indication.ts';
import type { SignedContent } from '../signed-content.ts';
import type {
  EvidenceRecordFacts,
  ReferenceFact,
  Scope,
  SignatureFacts,
  SignedDocument,
  TimestampFacts,
} from '../signed-document.ts';
import { coveredInCms, idsOfMaterial, idsOfSignatures } from './archive-coverage.ts';
import { type AsicContainer, readAsicContainer, readFile } from './asic-container.ts';
import { readAsicEvidence } from './asic-evidence.ts';
import type { AsicManifest } from './asic-manifest.ts';
import { readXadesFiles, type XadesFile } from './asic-xades.ts';
import { readCmsEvidence } from './cms-evidence.ts';
import { materialOfCms } from './cms-material.ts';
import { readCmsSignature, signatureId } from './cms-signature.ts';
import { readTimestamp, timestampId } from './cms-timestamps.ts';
import { tokenOf } from './token-of.ts';

/** An ASiC container with its CAdES and XAdES signatures and its time-stamps (EN 319 162-1 4.3.3, 4.4). */
export async function readAsicDocument(
  reader: ByteReader,
  others: readonly Certificate[],
  examine?: ExamineEvidenceRecord,
  anchors: readonly Certificate[] = [],
): Promise<SignedDocument> {
  const container = await readAsicContainer(reader);
  if (!container) throw new FormatError('ASiC', 'no signature in META-INF');
  const xades = await readXadesFiles(container, [...others, ...anchors], examine);
  const files = await readSignatureFiles(container);
  const tokens = await readTokens(container);
  const material = joinMaterial([
    ...[...files, ...tokens].map(({ signedData }) => materialOfCms(signedData)),
    ...xades.map((file) => file.material),
  ]);
  const candidates = [...readCertificates(material.certificates), ...others];
  const signatures: SignatureFacts[] = xades.flatMap((file) => file.signatures);
  for (const file of files) signatures.push(...(await readSignatures(container, file, candidates)));
  const timestamps: TimestampFacts[] = [];
  for (const token of tokens) {
    const facts = await readContainerTimestamp(container, token, files, tokens, candidates);
    if (facts) timestamps.push(facts);
  }
  const records = await readAsicEvidence(examine, container, (path) => idsIn(path, xades, files, tokens), candidates);
  return {
    container: container.kind,
    signatures: signatures.map((signature) => withTimestamps(signature, timestamps)),
    evidenceRecords: [
      ...records,
      ...xades.flatMap((file) => file.evidenceRecords),
      ...(await evidenceInSignatures(container, files, candidates, examine)),
    ],
    timestamps: timestamps.filter(({ covers }) => !signatures.some(({ id }) => covers.has(id))),
    material,
  };
}

/** The evidence records among the attributes of CAdES signatures. */
async function evidenceInSignatures(
  container: AsicContainer,
  files: readonly SignatureFile[],
  candidates: readonly Certificate[],
  examine: ExamineEvidenceRecord | undefined,
): Promise<EvidenceRecordFacts[]> {
  const found: EvidenceRecordFacts[] = [];
  for (const { path, signedData } of files) {
    const contentOfSigner = async () => contentOf(container, manifestOf(container, path));
    found.push(...(await readCmsEvidence(examine, { signedData, contentOf: contentOfSigner, candidates })));
  }
  return found;
}

/** What is in a file of the container: signatures, time-stamps, material. */
function idsIn(
  path: string,
  xades: readonly XadesFile[],
  files: readonly SignatureFile[],
  tokens: readonly TokenFile[],
): string[] {
  const inXades = xades
    .filter((file) => file.path === path)
    .flatMap(({ signatures, material }) => [...idsOfSignatures(signatures), ...idsOfMaterial(material)]);
  return [...inXades, ...idsInCms(new Set([path]), files, tokens)];
}

interface SignatureFile {
  readonly path: string;
  readonly signedData: SignedData;
}

async function readSignatureFiles(container: AsicContainer): Promise<SignatureFile[]> {
  const files: SignatureFile[] = [];
  for (const path of container.cadesSignatures) {
    const bytes = await readFile(container, path);
    if (bytes) files.push({ path, signedData: readSignedData(bytes) });
  }
  return files;
}

interface TokenFile extends SignatureFile {
  readonly bytes: Uint8Array;
}

async function readTokens(container: AsicContainer): Promise<TokenFile[]> {
  const files: TokenFile[] = [];
  for (const path of container.timestamps) {
    const bytes = await readFile(container, path);
    const token = bytes && tokenOf(bytes);
    if (bytes && token) files.push({ path, bytes, signedData: token.signedData });
  }
  return files;
}

async function readSignatures(
  container: AsicContainer,
  { path, signedData }: SignatureFile,
  candidates: readonly Certificate[],
): Promise<SignatureFacts[]> {
  const manifest = manifestOf(container, path);
  const content = await contentOf(container, manifest);
  const entries = manifest ? await checkEntries(container, manifest) : [];
  const scopes: Scope[] = (manifest ? manifest.entries.map((entry) => entry.path) : container.objects).map((name) => ({
    scope: 'FULL',
    name,
  }));
  const found: SignatureFacts[] = [];
  for (const signer of signedData.signers) {
    const [signature, ...counter] = await readCmsSignature({ signedData, signer, content, candidates, scopes });
    if (!signature) continue;
    const formatFindings = [...withoutManifest(container, manifest), ...signature.formatFindings];
    found.push({ ...signature, formatFindings, references: [...signature.references, ...entries] }, ...counter);
  }
  return found;
}

/** A CAdES signature in ASiC-E is over a manifest (EN 319 162-1 4.4.4.2). */
function withoutManifest({ kind }: AsicContainer, manifest: AsicManifest | undefined): Finding[] {
  if (kind === 'ASiC-S' || manifest) return [];
  return [{ code: 'FORMAT_BROKEN', detail: 'no manifest names the signature' }];
}

function manifestOf({ manifests }: AsicContainer, path: string): AsicManifest | undefined {
  return manifests.find(({ signedBy }) => signedBy === path);
}

/** ASiC-E signs the manifest that names the signature; ASiC-S signs the one object. */
async function contentOf(
  container: AsicContainer,
  manifest: AsicManifest | undefined,
): Promise<SignedContent | undefined> {
  const [only, another] = container.objects;
  const path = manifest?.path ?? (container.kind === 'ASiC-S' && another === undefined ? only : undefined);
  return path === undefined ? undefined : container.content(path);
}

/** Whether each object that a manifest names is there and unchanged. */
async function checkEntries(container: AsicContainer, { entries }: AsicManifest): Promise<ReferenceFact[]> {
  const facts: ReferenceFact[] = [];
  for (const { path, digestAlgorithm, digest } of entries) {
    const computed = digestAlgorithm && (await container.content(path)?.digest(digestAlgorithm));
    facts.push({
      kind: 'MANIFEST_ENTRY',
      ...(digestAlgorithm ? { digestAlgorithm } : {}),
      found: computed !== undefined,
      intact: computed !== undefined && Buffer.compare(computed, digest) === 0,
    });
  }
  return facts;
}

async function readContainerTimestamp(
  container: AsicContainer,
  { path, bytes }: TokenFile,
  files: readonly SignatureFile[],
  tokens: readonly TokenFile[],
  candidates: readonly Certificate[],
): Promise<TimestampFacts | undefined> {
  const manifest = manifestOf(container, path);
  const content = await contentOf(container, manifest);
  const facts = await readTimestamp(bytes, {
    type: 'CONTAINER_TIMESTAMP',
    imprintOf: async (algorithm) => content?.digest(algorithm),
    covers: () => coveredByManifest(manifest, files, tokens),
    candidates,
  });
  const entries = manifest ? await checkEntries(container, manifest) : [];
  return facts && { ...facts, references: [...facts.references, ...entries] };
}

/** Through a manifest a time-stamp covers signatures and earlier time-stamps, and the material inside them. */
function coveredByManifest(
  manifest: AsicManifest | undefined,
  files: readonly SignatureFile[],
  tokens: readonly TokenFile[],
): string[] {
  return idsInCms(new Set(manifest?.entries.map(({ path }) => path)), files, tokens);
}

function idsInCms(paths: ReadonlySet<string>, files: readonly SignatureFile[], tokens: readonly TokenFile[]): string[] {
  const ids: string[] = [];
  for (const { path, signedData } of files)
    if (paths.has(path)) ids.push(...signedData.signers.map(signatureId), ...coveredInCms(signedData));
  for (const { path, bytes, signedData } of tokens)
    if (paths.has(path)) ids.push(timestampId(bytes), ...coveredInCms(signedData));
  return ids;
}

function withTimestamps(signature: SignatureFacts, timestamps: readonly TimestampFacts[]): SignatureFacts {
  const covering = timestamps.filter(({ covers }) => covers.has(signature.id));
  return { ...signature, timestamps: [...signature.timestamps, ...covering] };
}
