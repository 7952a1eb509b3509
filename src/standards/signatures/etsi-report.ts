import { element, textElement, writeXml, type XmlElement } from '../formats/xml/index.ts';
import type {
  BlockReport,
  EvidenceRecordReport,
  SignatureReport,
  TimestampReport,
  ValidationReport,
} from './report.ts';
import type { TimestampType } from './signed-document.ts';

const namespaces = {
  xmlns: 'http://uri.etsi.org/19102/v1.4.1#',
  'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#',
  'xmlns:XAdES': 'http://uri.etsi.org/01903/v1.3.2#',
};

/**
 * The validation report of ETSI TS 119 102-2 (its schema for version 1.4.1), made of the same report that people and
 * programs read: one verdict, told in several forms. Certificates and time-stamps stand in it by their digests and times.
 * @param name the document's name
 * @returns undefined for a document without signatures: the schema has no report of nothing
 */
export function etsiReport(report: ValidationReport, name: string): Uint8Array | undefined {
  if (report.signatures.length === 0) return undefined;
  return writeXml(
    element(
      'ValidationReport',
      namespaces,
      ...report.signatures.map((signature, index) => signatureReport(report, signature, index)),
      element('SignatureValidationObjects', {}, ...validationObjects(report, name)),
    ),
  );
}

function signatureReport(report: ValidationReport, signature: SignatureReport, index: number): XmlElement {
  return element(
    'SignatureValidationReport',
    {},
    element(
      'SignatureIdentifier',
      { id: `S${index + 1}` },
      textElement('HashOnly', 'false'),
      textElement('DocHashOnly', 'false'),
      textElement('DAIdentifier', signature.id),
    ),
    constraints(signature.blocks, report.policy),
    element(
      'ValidationTimeInfo',
      {},
      textElement('ValidationTime', report.validationTime),
      bestSignatureTime(report, signature),
    ),
    attributes(signature),
    signerInformation(signature.signingCertSha256, signature.signedBy),
    quality(signature),
    element('SignatureValidationProcess', {}, textElement('SignatureValidationProcessID', processOf(signature))),
    status('SignatureValidationStatus', signature, chainData(signature)),
  );
}

function signerInformation(sha256: string | undefined, signedBy: string | undefined): XmlElement | undefined {
  if (!sha256) return undefined;
  return element(
    'SignerInformation',
    {},
    certificateReference('SignerCertificate', sha256),
    textElement('Signer', signedBy ?? ''),
  );
}

/** TS 119 102-2 4.3.9: what the signature is by the law, in the URIs of DSS; nothing where no trusted list told. */
function quality({ qualification }: SignatureReport): XmlElement | undefined {
  if (qualification === undefined) return undefined;
  return element('SignatureQuality', {}, textElement('SignatureQualityInformation', qualityUri(qualification)));
}

/** `Indeterminate AdESig-QC` as `…:indeterminateAdESigQC`, `Not AdES but QC with QSCD` as `…:notAdESbutQCwithQSCD`. */
function qualityUri(qualification: string): string {
  const name = qualification === 'N/A' ? 'notApplicable' : qualification.replace('-QC-QSCD', '-QCwithQSCD');
  const joined = name
    .replace(/[ -]/g, '')
    .replace(/^Indeterminate/, 'indeterminate')
    .replace(/^Not/, 'not');
  return `urn:cef:dss:signatureQualification:${joined}`;
}

/** EN 319 102-1 5.1.4.2: which of the processes the verdict comes from. */
function processOf({ blocks, timestamps }: SignatureReport): string {
  const names = new Set<string>(blocks.map(({ block }) => block));
  const level = names.has('past-signature-validation') ? 'LTA' : timestamps.length > 0 ? 'LTVM' : 'Basic';
  return `urn:etsi:019102:validationprocess:${level}`;
}

/** A proof of existence that is earlier than the validation was given by a time-stamp or an evidence record. */
function bestSignatureTime(report: ValidationReport, { bestSignatureTime, timestamps }: SignatureReport): XmlElement {
  const proof = timestamps.find(({ productionTime }) => productionTime === bestSignatureTime);
  const isOfValidation = bestSignatureTime === report.validationTime;
  return element(
    'BestSignatureTime',
    {},
    textElement('POETime', bestSignatureTime),
    textElement('TypeOfProof', `urn:etsi:019102:poetype:${isOfValidation ? 'validation' : 'provided'}`),
    proof && element('POEObject', { VOReference: timestampId(proof) }),
  );
}

/** The building blocks as the constraints that were applied, each with its own conclusion. */
function constraints(blocks: readonly BlockReport[], policy: string): XmlElement {
  return element(
    'ValidationConstraintsEvaluationReport',
    {},
    element(
      'SignatureValidationPolicy',
      {},
      element('SignaturePolicyIdentifier', {}, element('XAdES:SignaturePolicyImplied', {})),
      textElement('PolicyName', policy),
    ),
    ...blocks.map((block) =>
      element(
        'ValidationConstraint',
        {},
        textElement('ValidationConstraintIdentifier', `urn:trajno:validation:${block.block}`),
        element('ConstraintStatus', {}, textElement('Status', 'urn:etsi:019102:constraintStatus:applied')),
        status('ValidationStatus', block),
      ),
    ),
  );
}

const attributeNames: Readonly<Partial<Record<TimestampType, string>>> = {
  CONTENT_TIMESTAMP: 'AllDataObjectsTimeStamp',
  ALL_DATA_OBJECTS_TIMESTAMP: 'AllDataObjectsTimeStamp',
  INDIVIDUAL_DATA_OBJECTS_TIMESTAMP: 'IndividualDataObjectsTimeStamp',
  SIGNATURE_TIMESTAMP: 'SignatureTimeStamp',
  VALIDATION_DATA_REFSONLY_TIMESTAMP: 'RefsOnlyTimeStamp',
  VALIDATION_DATA_TIMESTAMP: 'SigAndRefsTimeStamp',
  ARCHIVE_TIMESTAMP: 'ArchiveTimeStamp',
  DOCUMENT_TIMESTAMP: 'DocTimeStamp',
};

/** TS 119 102-2 annex A, as far as the report knows of the attributes. */
function attributes({ claimedSigningTime, timestamps }: SignatureReport): XmlElement | undefined {
  const found: XmlElement[] = [];
  if (claimedSigningTime !== undefined) found.push(element('SigningTime', {}, textElement('Time', claimedSigningTime)));
  for (const timestamp of timestamps) {
    const name = attributeNames[timestamp.type];
    if (name === undefined) continue;
    const reference = element('AttributeObject', { VOReference: timestampId(timestamp) });
    found.push(element(name, {}, reference, textElement('TimeStampValue', timestamp.productionTime)));
  }
  return found.length === 0 ? undefined : element('SignatureAttributes', {}, ...found);
}

type Verdict = Pick<SignatureReport, 'subIndication'> & {
  readonly indication: SignatureReport['indication'] | TimestampReport['indication'];
  readonly reason?: string;
};

/** TS 119 102-2 4.2.4: indication and sub-indication as URNs, and the sentence for people as report data. */
function status(name: string, { indication, subIndication, reason }: Verdict, chain?: XmlElement): XmlElement {
  const told =
    reason === undefined
      ? undefined
      : element(
          'AdditionalValidationReportData',
          {},
          element('ReportData', {}, textElement('Type', 'urn:trajno:validation:reason'), element('Value', {}, reason)),
        );
  return element(
    name,
    {},
    textElement('MainIndication', `urn:etsi:019102:mainindication:${indication.toLowerCase().replace('_', '-')}`),
    subIndication && textElement('SubIndication', `urn:etsi:019102:subindication:${subIndication}`),
    chain || told ? element('AssociatedValidationReportData', {}, chain, told) : undefined,
  );
}

function chainData({ certificatePath }: SignatureReport): XmlElement | undefined {
  const [signer, ...others] = certificatePath;
  const anchor = others.at(-1);
  if (signer === undefined) return undefined;
  return element(
    'CertificateChain',
    {},
    certificateReference('SigningCertificate', signer),
    ...others.slice(0, -1).map((sha256) => certificateReference('IntermediateCertificate', sha256)),
    anchor && certificateReference('TrustAnchor', anchor),
  );
}

/** TS 119 102-2 4.4: what the verdicts rest on. */
function validationObjects(report: ValidationReport, name: string): XmlElement[] {
  const signers = report.signatures.flatMap(({ certificatePath, signingCertSha256 }) => [
    ...certificatePath,
    ...(signingCertSha256 ? [signingCertSha256] : []),
  ]);
  const timestamps = new Map(
    [
      ...report.signatures.flatMap((signature) => signature.timestamps),
      ...report.evidenceRecords.flatMap((record) => record.timestamps),
      ...report.timestamps,
    ].map((timestamp) => [timestampId(timestamp), timestamp]),
  );
  const authorities = [...timestamps.values()].flatMap(({ tsaCertSha256 }) => tsaCertSha256 ?? []);
  return [
    validationObject('document', 'signedData', [digest(report.sha256), textElement('URI', encodeURI(name))]),
    ...[...new Set([...signers, ...authorities])].map((sha256) =>
      validationObject(certificateId(sha256), 'certificate', [digest(sha256)]),
    ),
    ...[...timestamps.values()].map(timestampObject),
    ...[...new Map(report.evidenceRecords.map((record) => [record.id, record])).values()].map(evidenceObject),
  ];
}

function timestampObject(timestamp: TimestampReport): XmlElement {
  return validationObject(
    timestampId(timestamp),
    'timestamp',
    [element('direct', {}, textElement('Id', timestamp.id))],
    element('POEProvisioning', {}, textElement('POETime', timestamp.productionTime)),
    element(
      'ValidationReport',
      {},
      signerInformation(timestamp.tsaCertSha256, timestamp.signedBy),
      status('SignatureValidationStatus', timestamp),
    ),
  );
}

function evidenceObject(record: EvidenceRecordReport): XmlElement {
  const [first] = record.timestamps;
  return validationObject(
    identifier('er', record.id),
    'evidencerecord',
    [element('direct', {}, textElement('Id', record.id))],
    first && element('POEProvisioning', {}, textElement('POETime', first.productionTime)),
    element('ValidationReport', {}, status('SignatureValidationStatus', record)),
  );
}

function validationObject(
  id: string,
  type: string,
  representation: readonly XmlElement[],
  ...more: readonly (XmlElement | undefined)[]
): XmlElement {
  return element(
    'ValidationObject',
    { id },
    textElement('ObjectType', `urn:etsi:019102:validationObject:${type}`),
    element('ValidationObjectRepresentation', {}, ...representation),
    ...more,
  );
}

function digest(sha256: string): XmlElement {
  return element(
    'DigestAlgAndValue',
    {},
    element('ds:DigestMethod', { Algorithm: 'http://www.w3.org/2001/04/xmlenc#sha256' }),
    textElement('ds:DigestValue', Buffer.from(sha256, 'hex').toString('base64')),
  );
}

function certificateReference(name: string, sha256: string): XmlElement {
  return element(name, { VOReference: certificateId(sha256) });
}

const certificateId = (sha256: string) => `certificate-${sha256}`;
const timestampId = ({ id }: TimestampReport) => identifier('timestamp', id);

/** An XML id out of one of the report's, which may hold any character: what an NCName has not is written as its code. */
function identifier(prefix: string, id: string): string {
  const plain = id.replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`);
  return `${prefix}-${plain}`;
}
