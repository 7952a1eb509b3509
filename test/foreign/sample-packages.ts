import { isRecordId, type RecordId, sha256Hex, sha512Hex } from '../../src/base/index.ts';
import {
  type AipDescription,
  aipPathOf,
  buildAip,
  type PayloadReference,
  type RecordDescription,
  type RecordFile,
  type SignatureSummary,
  safeFileNames,
} from '../../src/standards/packages/index.ts';

/** A description with the bytes it refers to. */
export interface SamplePackage {
  readonly description: AipDescription;
  readonly contents: readonly Uint8Array[];
}

const archivedAt = new Date('2026-11-24T12:00:00Z');

/** Packages of every kind: one signed PDF, several files with a detached signature, hostile names, a second version. */
export function samplePackages(): SamplePackage[] {
  const first = samplePackage(1, ['Ugovor o delu.pdf'], { title: 'Ugovor o delu', signed: true });
  return [
    first,
    correctedVersion(first),
    samplePackage(2, ['račun.xml', 'račun.xml.p7s', 'prilog.txt'], { title: 'Račun 15/2026', detached: true }),
    samplePackage(3, ['Уговор о закупу пословног простора.pdf', 'Анекс №2.pdf'], { title: 'Уговор о закупу' }),
    samplePackage(4, hostileNames, { title: 'Naslov sa <b>&amp;</b> "navodnicima"\u0001 i \uD800 polovinom znaka' }),
    samplePackage(5, ['bez potvrde.pdf'], { title: 'Bez potvrde', unconfirmed: true }),
  ];
}

const hostileNames = [
  'razmak # i & i \'navodnik\' "dvostruki".pdf',
  '100%.pdf',
  'a%20b.pdf',
  'a+b=c;d,e@f!g$h(1)[2]{3}^`~.pdf',
  '../../etc/passwd',
  'COM1.txt',
  'Ime.pdf',
  'IME.PDF',
  'é.pdf',
  'e\u0301.pdf',
  `${'Ж'.repeat(200)}.pdf`,
  '😀 osmeh.pdf',
  '-rf.txt',
  '.skriveno',
  'kraj. . .',
  '\u202Efdp.exe',
  'kontrolni\u0007znak.pdf',
];

interface Kind {
  readonly title: string;
  readonly signed?: boolean;
  readonly detached?: boolean;
  readonly unconfirmed?: boolean;
}

/** A record with files of made-up content; `number` makes it different from the others. */
export function samplePackage(number: number, originalNames: readonly string[], kind: Kind): SamplePackage {
  const names = safeFileNames(originalNames);
  const contents = originalNames.map((name, index) =>
    new TextEncoder().encode(`${number}.${index} ${name}\n`.repeat(200)),
  );
  const files = names.map((path, index) =>
    sampleFile(path, originalNames[index] ?? '', contents[index] ?? new Uint8Array()),
  );
  const withSignatures = files.map((file, index): RecordFile => {
    if (kind.signed) return { ...file, signatures: [signature] };
    if (kind.detached && index === 1)
      return { ...file, role: 'signature', signs: [names[0] ?? ''], signatures: [signature] };
    return file;
  });
  const record = sampleRecord(number, kind.title, withSignatures);
  const description = sampleDescription(record);
  if (!kind.unconfirmed) return { description, contents };
  const { confirmation: _confirmation, ...unconfirmed } = description;
  return { description: unconfirmed, contents };
}

const signature: SignatureSummary = {
  format: 'PAdES-BASELINE-LTA',
  indication: 'INDETERMINATE',
  subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
  reason: 'No path to a trusted root was found.',
  signedBy: 'Петар Петровић <100>',
  signingCertSha256: sha256Hex('certificate'),
  sigValueSha256: sha256Hex('value'),
  claimedSigningTime: '2026-11-20T08:30:00Z',
  bestSignatureTime: '2026-11-20T08:30:05Z',
};

function sampleFile(path: string, originalName: string, bytes: Uint8Array): RecordFile {
  const pdf = /\.pdf$/i.test(path);
  return {
    path,
    originalName,
    size: bytes.length,
    mimeType: pdf ? 'application/pdf' : 'text/plain',
    ...(pdf ? { format: { name: 'Acrobat PDF/A', version: '2b', puid: 'fmt/477', basis: 'signature' } } : {}),
    sha256: sha256Hex(bytes),
    sha512: sha512Hex(bytes),
    role: 'content',
    signatures: [],
  };
}

function sampleRecord(number: number, title: string, files: readonly RecordFile[]): RecordDescription {
  return {
    id: recordId(`urn:uuid:0192f0c0-0000-7000-8000-${String(number).padStart(12, '0')}`),
    version: 1,
    number: `2026-${number}`,
    title,
    language: 'sr-Latn',
    institution: { id: 'default', name: 'Opština Primer & sinovi' },
    profile: { id: 'general', version: '1' },
    intake: { number: `P-2026-${number}`, time: new Date('2026-11-24T11:59:58Z') },
    receivedAt: new Date('2026-11-24T11:59:58Z'),
    archivedAt,
    packagedAt: archivedAt,
    metadata: { brojPredmeta: '404-1/2026', datumNastanka: '2026-11-20', izvorniOblik: 'elektronski' },
    descriptive: [{ element: 'creator', value: 'Петар Петровић', language: 'sr-Cyrl' }],
    files,
    software: { name: 'Trajno', version: '0.1.0' },
  };
}

function recordId(text: string): RecordId {
  if (!isRecordId(text)) throw new Error(`${text} is no record id`);
  return text;
}

/** Agents, events, a report and a confirmation around a record, as ingest makes them. */
export function sampleDescription(record: RecordDescription): AipDescription {
  const happened = (id: string, type: string, detail: string, outcome: string, objectIds?: readonly string[]) => ({
    ...{ id, type, detail, outcome, dateTime: record.packagedAt, agentIds: ['trajno'] },
    ...(objectIds ? { objectIds } : {}),
  });
  const everyFile = record.files.map(aipPathOf);
  return {
    record,
    agents: [
      { id: 'trajno', name: record.software.name, type: 'software', version: record.software.version },
      { id: 'default', name: record.institution.name, type: 'organization' },
    ],
    events: [
      happened('e1', 'ingestion start', 'upload received and staged', 'success'),
      happened('e2', 'message digest calculation', 'SHA-256 and SHA-512 in one pass', 'success', everyFile),
      happened('e3', 'format identification', 'from content', 'success', everyFile),
      happened('e4', 'digital signature validation', 'EN 319 102-1, basic policy', 'INDETERMINATE', everyFile),
      happened('e5', 'digital signature generation', 'confirmation of the sealed metadata with a TEST seal', 'success'),
      happened('e6', 'information package creation', 'E-ARK AIP 2.2.0', 'success'),
    ],
    validationReports: [
      {
        name: 'validation-report.json',
        createdAt: record.archivedAt,
        content: new TextEncoder().encode('{"signatures":[]}\n'),
      },
    ],
    confirmation: { createdAt: record.packagedAt, content: new TextEncoder().encode('CMS') },
    representationInformation: [
      {
        name: 'E-ARK and PREMIS schemas',
        objectId: 'urn:trajno:representation-information:e-ark-2.2.0',
        sha512: sha512Hex('schemas'),
      },
    ],
  };
}

/** Version 2 of a package after its metadata were corrected: the old metadata stay in the state. */
export function correctedVersion({ description, contents }: SamplePackage): SamplePackage {
  const packagedAt = new Date('2027-01-15T09:00:00Z');
  const old = new Map(buildAip(description).map((file) => [file.path, file]));
  const kept: Uint8Array[] = [];
  const keep = (path: string): PayloadReference => {
    const file = old.get(path);
    if (!file || !('content' in file)) throw new Error(`no ${path}`);
    kept.push(file.content);
    return { size: file.content.length, sha512: sha512Hex(file.content) };
  };
  const corrected = sampleDescription({
    ...description.record,
    version: 2,
    packagedAt,
    title: `${description.record.title} (ispravljeno)`,
    correction: { reason: 'pogrešan naslov', by: 'default' },
  });
  const superseded = {
    version: 1,
    packagedAt: description.record.packagedAt,
    dublinCore: keep('metadata/descriptive/dc.xml'),
    record: keep('metadata/other/record.json'),
    confirmation: keep('metadata/other/record.json.p7s'),
  };
  const change = {
    ...{ id: 'e7', type: 'metadata modification', detail: 'pogrešan naslov', outcome: 'success' },
    ...{ dateTime: packagedAt, agentIds: ['default'] },
  };
  return {
    description: { ...corrected, events: [...description.events, change], superseded: [superseded] },
    contents: [...contents, ...kept],
  };
}
