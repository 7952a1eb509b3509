import { createHash } from 'node:crypto';
import { bytesReader, digestOf } from '../../src/base/index.ts';
import {
  type Asn1Element,
  childrenOf,
  decodeWholeAsn1,
  encodeElement,
} from '../../src/standards/formats/asn1/index.ts';
import { octetString, oid, retagged, sequence, setOf, tagged, time } from '../../src/standards/formats/der/index.ts';
import { openPdf, type PdfDocument } from '../../src/standards/formats/pdf/index.ts';
import { signatureTimestamp } from '../../src/standards/seals/cades.ts';
import { type CertificateHolder, sealPades, sealXades, type TimestampSource } from '../../src/standards/seals/index.ts';
import {
  incrementalUpdate,
  nextObjectNumber,
  type UpdatedObject,
} from '../../src/standards/seals/pades/incremental-update.ts';
import { reference, verbatim, writtenDictionary } from '../../src/standards/seals/pades/pdf-writing.ts';
import { dictionaryOf, signatureField } from '../../src/standards/seals/pades/signature-field.ts';
import { digestIdentifier } from '../../src/standards/seals/signature-algorithm.ts';
import {
  attribute,
  baselineAttributes,
  cmsOids,
  contentDigest,
  signedData,
  signerInfo,
} from '../../src/standards/seals/signed-data.ts';
import type { DetachedContent } from '../../src/standards/signatures/index.ts';
import { samplePdf } from './sample-pdf.ts';
import {
  flattened,
  type JwsMaterial,
  jwsParts,
  withArchiveTimestamp,
  withMaterial,
  withSignatureTimestamp,
} from './signed-jws.ts';
import type { ToyPki } from './toy-pki.ts';

export const signedFormats = ['CAdES', 'PAdES', 'XAdES', 'JAdES'] as const;
export type SignedFormat = (typeof signedFormats)[number];
export const signedLevels = ['B', 'T', 'LT', 'LTA'] as const;
export type SignedLevel = (typeof signedLevels)[number];

/** What a signature of a baseline level is made of; each level takes what it needs. */
export interface LevelParts {
  readonly pki: ToyPki;
  readonly signer: CertificateHolder;
  readonly signingTime: Date | 'absent';
  /** CAdES and JAdES alone. */
  readonly contentTimestamp?: TimestampSource;
  readonly signatureTimestamp: TimestampSource;
  readonly material: Required<JwsMaterial>;
  readonly archiveTimestamp: TimestampSource;
  /** The content is another one than was signed. */
  readonly contentChanged?: boolean;
}

/** A signed document, and what has to be handed over with it. */
export interface LevelDocument {
  readonly document: Uint8Array;
  readonly contents: readonly DetachedContent[];
}

const content = Buffer.from('Садржај који се потписује');
const changed = Buffer.from('Садржај који се потписујe'); // its last letter is a Latin one

/** A document signed in a format, at a baseline level. */
export async function signedAtLevel(
  format: SignedFormat,
  level: SignedLevel,
  parts: LevelParts,
): Promise<LevelDocument> {
  switch (format) {
    case 'CAdES':
      return { document: await cades(level, parts), contents: [contentOf(parts)] };
    case 'PAdES':
      return { document: await pades(level, parts), contents: [] };
    case 'XAdES':
      return { document: await xades(level, parts), contents: [{ ...contentOf(parts), name: 'sadrzaj.txt' }] };
    case 'JAdES':
      return { document: await jades(level, parts), contents: [contentOf(parts)] };
  }
}

const contentOf = ({ contentChanged }: LevelParts): DetachedContent => ({
  reader: bytesReader(contentChanged ? changed : content),
});

const has = (level: SignedLevel, wanted: SignedLevel) => signedLevels.indexOf(level) >= signedLevels.indexOf(wanted);
const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest();

const contentTimestampOid = '1.2.840.113549.1.9.16.2.20';

async function cades(level: SignedLevel, parts: LevelParts): Promise<Uint8Array> {
  const { signer: holder, signingTime, material } = parts;
  const { signer } = holder;
  const attributes = [
    ...baselineAttributes(cmsOids.data, contentDigest(signer, content), signer),
    ...(signingTime === 'absent' ? [] : [attribute(cmsOids.signingTime, time(signingTime))]),
    ...(parts.contentTimestamp
      ? [attribute(contentTimestampOid, await parts.contentTimestamp(digestOf(content, 'sha256')))]
      : []),
  ];
  const unsigned = has(level, 'T') ? signatureTimestamp(parts.signatureTimestamp) : undefined;
  const info = await signerInfo(signer, attributes, unsigned);
  const certificates = [...signer.chain, ...(has(level, 'LT') ? material.certificates : [])];
  const crls = has(level, 'LT') ? [...material.crls, ...material.ocspResponses.map(otherRevocation)] : [];
  const archived = level === 'LTA' ? await withArchiveV3(info, certificates, crls, parts.archiveTimestamp) : info;
  return signedData({
    contentType: cmsOids.data,
    digestIdentifiers: [digestIdentifier(signer.algorithm.digest)],
    certificates,
    ...(crls.length > 0 ? { crls } : {}),
    signerInfos: [archived],
  });
}

/** OtherRevocationInfoFormat with an OCSP response (RFC 5940). */
const otherRevocation = (response: Uint8Array) => retagged(0xa1, sequence(oid('1.3.6.1.5.5.7.16.2'), response));

/** An archive time-stamp of the third form, with its hash index (EN 319 122-1 5.5). */
async function withArchiveV3(
  info: Uint8Array,
  certificates: readonly Uint8Array[],
  crls: readonly Uint8Array[],
  source: TimestampSource,
): Promise<Uint8Array> {
  const members = childrenOf(decodeWholeAsn1(info));
  const fields = members.filter(({ tagClass, tag }) => !(tagClass === 2 && tag === 1));
  const unsigned = members.filter((member) => !fields.includes(member)).flatMap(childrenOf);
  const hashes = (octets: readonly Uint8Array[]) =>
    sequence(
      ...[...new Map(octets.map((one) => [Buffer.from(one).toString('hex'), one])).values()].map((one) =>
        octetString(sha256(one)),
      ),
    );
  const values = unsigned.flatMap((one) => {
    const [type, set] = childrenOf(one) as [Asn1Element, Asn1Element];
    return childrenOf(set).map((value) => Buffer.concat([type.bytes, value.bytes]));
  });
  const index = sequence(digestIdentifier('sha256'), hashes(certificates), hashes(crls), hashes(values));
  const covered = [oid(cmsOids.data), sha256(content), ...fields.map(({ bytes }) => bytes), index];
  const token = await source(digestOf(Buffer.concat(covered), 'sha256'));
  const archive = attribute('0.4.0.1733.2.4', withUnsignedAttribute(token, attribute('0.4.0.19122.1.5', index)));
  const attributes = setOf([...unsigned.map(({ bytes }) => bytes), archive]);
  return sequence(...fields.map(({ bytes }) => bytes), retagged(0xa1, attributes));
}

/** A time-stamp token with an unsigned attribute more. */
function withUnsignedAttribute(token: Uint8Array, more: Uint8Array): Uint8Array {
  const [type, wrapped] = childrenOf(decodeWholeAsn1(token)) as [Asn1Element, Asn1Element];
  const [signed] = childrenOf(wrapped) as [Asn1Element];
  const members = childrenOf(signed);
  const [signer] = childrenOf(members.at(-1) as Asn1Element) as [Asn1Element];
  const info = encodeElement(0x30, ...childrenOf(signer).map(({ bytes }) => bytes), retagged(0xa1, setOf([more])));
  const rest = members.slice(0, -1).map(({ bytes }) => bytes);
  return sequence(type.bytes, tagged(0, sequence(...rest, setOf([info]))));
}

async function pades(level: SignedLevel, parts: LevelParts): Promise<Uint8Array> {
  const pdf = await samplePdf();
  const { signer, signingTime } = parts;
  const update = await sealPades(bytesReader(pdf), signer.signer, {
    signingTime: signingTime === 'absent' ? parts.pki.at : signingTime,
    ...(has(level, 'T') ? { timestamp: parts.signatureTimestamp } : {}),
  });
  let document: Uint8Array = Buffer.concat([pdf, update]);
  if (has(level, 'LT')) document = await withSecurityStore(document, parts.material);
  if (level === 'LTA') document = await withDocumentTimestamp(document, parts.archiveTimestamp);
  if (parts.contentChanged) {
    const at = Buffer.from(document.buffer, document.byteOffset, document.length).indexOf('%PDF-1.') + 7;
    document[at] = (document[at] ?? 0) ^ 1;
  }
  return document;
}

/** An update with a document security store (ISO 32000-2 12.8.4.3). */
async function withSecurityStore(document: Uint8Array, material: LevelParts['material']): Promise<Uint8Array> {
  const pdf = await openPdf(bytesReader(document));
  let number = nextObjectNumber(pdf);
  const streams: UpdatedObject[] = [];
  const listed = (list: readonly Uint8Array[]) => {
    const references = list.map((der) => {
      const octets = Buffer.from(der).toString('latin1');
      streams.push({ number, generation: 0, text: `<</Length ${octets.length}>>\nstream\n${octets}\nendstream` });
      return `${number++} 0 R`;
    });
    return verbatim(`[${references.join(' ')}]`);
  };
  const entries = new Map([
    ['Certs', listed(material.certificates)],
    ['CRLs', listed(material.crls)],
    ['OCSPs', listed(material.ocspResponses)],
  ]);
  const store = { number, generation: 0, text: writtenDictionary(entries) };
  const { root, catalog } = await catalogOf(pdf);
  const text = writtenDictionary(new Map([...catalog, ['DSS', reference(number)]]));
  const { bytes } = incrementalUpdate(pdf, [...streams, store, { ...root, text }]);
  return Buffer.concat([document, bytes]);
}

async function catalogOf(pdf: PdfDocument) {
  const root = pdf.trailer.get('Root');
  if (root?.kind !== 'reference') throw new Error('no catalog');
  return {
    root: { number: root.number, generation: root.generation },
    catalog: dictionaryOf(await pdf.resolve(root), 'the catalog'),
  };
}

const tokenRoom = 8192;

/** An update with a document time-stamp (EN 319 142-1 5.4.3). */
async function withDocumentTimestamp(document: Uint8Array, source: TimestampSource): Promise<Uint8Array> {
  const pdf = await openPdf(bytesReader(document));
  const signature = nextObjectNumber(pdf);
  const room = `<${'0'.repeat(2 * tokenRoom)}>`;
  const rangeRoom = `[${'0'.repeat(60)}]`;
  const text = `<</Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /ByteRange ${rangeRoom} /Contents ${room}>>`;
  const { bytes } = incrementalUpdate(pdf, [
    { number: signature, generation: 0, text },
    ...(await signatureField(pdf, { signature, field: signature + 1 }, `Zig${signature}`)),
  ]);
  const start = document.length + bytes.indexOf(room);
  const end = start + room.length;
  const whole = Buffer.concat([document, bytes]);
  const range = [0, start, end, whole.length - end].join(' ');
  whole.write(`[${range}]`.padEnd(rangeRoom.length), whole.lastIndexOf(rangeRoom), 'latin1');
  const token = await source(digestOf(Buffer.concat([whole.subarray(0, start), whole.subarray(end)]), 'sha256'));
  whole.write(Buffer.from(token).toString('hex'), start + 1, 'latin1');
  return whole;
}

const xadesNamespace = 'http://uri.etsi.org/01903/v1.3.2#';
const archiveNamespace = 'http://uri.etsi.org/01903/v1.4.1#';
const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64');

/** Each property declares its own namespace, so that its text is its exclusive canonical form wherever it stands. */
async function xades(level: SignedLevel, parts: LevelParts): Promise<Uint8Array> {
  const { signingTime, material } = parts;
  const signed = await sealXades(
    { packaging: 'detached', files: [{ uri: 'sadrzaj.txt', bytes: content, mediaType: 'text/plain' }] },
    parts.signer.signer,
    { signingTime: signingTime === 'absent' ? parts.pki.at : signingTime },
  );
  const text = Buffer.from(signed).toString('utf8');
  const element = (name: string) => new RegExp(`<${name}[ >].*?</${name}>`, 's').exec(text)?.[0] ?? '';
  const properties: string[] = [];
  if (has(level, 'T')) {
    const token = await parts.signatureTimestamp(digestOf(Buffer.from(element('ds:SignatureValue')), 'sha256'));
    properties.push(xmlTimestamp('xades:SignatureTimeStamp', `xmlns:xades="${xadesNamespace}"`, token));
  }
  if (has(level, 'LT')) {
    const values = (name: string, list: readonly Uint8Array[]) =>
      list.map((der) => `<xades:${name}>${base64(der)}</xades:${name}>`).join('');
    const wrapped = (name: string, inside: string) => (inside ? `<xades:${name}>${inside}</xades:${name}>` : '');
    const certificates = values('EncapsulatedX509Certificate', material.certificates);
    properties.push(
      `<xades:CertificateValues xmlns:xades="${xadesNamespace}">${certificates}</xades:CertificateValues>`,
    );
    const lists =
      wrapped('CRLValues', values('EncapsulatedCRLValue', material.crls)) +
      wrapped('OCSPValues', values('EncapsulatedOCSPValue', material.ocspResponses));
    properties.push(`<xades:RevocationValues xmlns:xades="${xadesNamespace}">${lists}</xades:RevocationValues>`);
  }
  if (level === 'LTA') {
    const covered = ['xades:SignedProperties', 'ds:SignedInfo', 'ds:SignatureValue', 'ds:KeyInfo'].map(element);
    const octets = Buffer.concat([content, Buffer.from([...covered, ...properties].join(''))]);
    const token = await parts.archiveTimestamp(digestOf(octets, 'sha256'));
    const declared = `xmlns:a="${archiveNamespace}" xmlns:xades="${xadesNamespace}"`;
    properties.push(xmlTimestamp('a:ArchiveTimeStamp', declared, token));
  }
  if (properties.length === 0) return signed;
  const unsigned = `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${properties.join('')}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`;
  return Buffer.from(text.replace('</xades:QualifyingProperties>', `${unsigned}$&`));
}

const xmlTimestamp = (name: string, declared: string, token: Uint8Array) =>
  `<${name} ${declared}><ds:CanonicalizationMethod xmlns:ds="${signatureNamespace}" Algorithm="${exclusive}"></ds:CanonicalizationMethod>` +
  `<xades:EncapsulatedTimeStamp>${base64(token)}</xades:EncapsulatedTimeStamp></${name}>`;

async function jades(level: SignedLevel, parts: LevelParts): Promise<Uint8Array> {
  const { pki, signer, signingTime, contentTimestamp } = parts;
  const written = content.toString('base64url');
  const token = contentTimestamp && (await contentTimestamp(digestOf(Buffer.from(written), 'sha256')));
  let jws = await jwsParts({
    pki,
    signer,
    payload: content,
    header: ({ iat: _, ...header }) => ({
      ...header,
      ...(signingTime === 'absent' ? {} : { iat: Math.floor(signingTime.getTime() / 1000) }),
      ...(token ? { adoTst: { tstTokens: [{ val: base64(token) }] } } : {}),
    }),
  });
  if (has(level, 'T')) jws = await withSignatureTimestamp(jws, parts.signatureTimestamp);
  if (has(level, 'LT')) jws = withMaterial(jws, parts.material);
  if (level === 'LTA') jws = await withArchiveTimestamp(jws, parts.archiveTimestamp);
  return flattened(jws, ({ payload: _, ...members }) => members);
}
