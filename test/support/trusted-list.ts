import { oid, printableString, sequence } from '../../src/standards/formats/der/index.ts';
import { element, textElement, writeXml, type XmlElement } from '../../src/standards/formats/xml/index.ts';
import { type CertificateHolder, type Extension, sealXades } from '../../src/standards/seals/index.ts';
import { canonicalXml } from './signed-xml.ts';

/** A trusted list in the making: everything has a default but its services. */
export interface ListOptions {
  readonly territory?: string;
  readonly sequenceNumber?: number;
  readonly type?: string;
  readonly version?: number;
  readonly issuedAt?: Date;
  readonly nextUpdate?: Date | 'closed';
  readonly services?: readonly ServiceOptions[];
  /** SchemeInformationURI; one page when left out. */
  readonly schemeInformation?: readonly string[];
  readonly pointers?: readonly {
    readonly location: string;
    readonly territory: string;
    readonly signers: readonly CertificateHolder[];
    readonly mediaType?: string;
  }[];
}

/** A service: what it is now, then what it was before, as plain data. */
export interface ServiceOptions {
  readonly holder: CertificateHolder;
  readonly name?: string;
  /** The newest first. */
  readonly periods?: readonly PeriodOptions[];
}

export interface PeriodOptions {
  /** After `…/Svctype/`. */
  readonly type?: string;
  /** After `…/Svcstatus/`. */
  readonly status?: string;
  readonly from?: string;
  /** After `…/SvcInfoExt/`. */
  readonly additional?: readonly string[];
  readonly qualifications?: readonly { readonly qualifiers: readonly string[]; readonly criteria: XmlElement }[];
  readonly critical?: boolean;
  readonly strangeExtension?: boolean;
}

const root = 'http://uri.etsi.org/TrstSvc/';
const extension = `${root}TrustedList/SvcInfoExt/`;
const namespaces = {
  xmlns: 'http://uri.etsi.org/02231/v2#',
  'xmlns:tslx': 'http://uri.etsi.org/02231/v2/additionaltypes#',
  'xmlns:sie': `${root}SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#`,
  'xmlns:xades': 'http://uri.etsi.org/01903/v1.3.2#',
};
const english = { 'xml:lang': 'en' };
const named = (name: string, text: string) => element(name, {}, element('Name', english, text));
const uris = (name: string, uri: string) => element(name, {}, element('URI', english, uri));
const seconds = (time: Date) => `${time.toISOString().slice(0, 19)}Z`;

/** The list without a signature, UTF-8. */
export function trustedListXml(options: ListOptions = {}): Uint8Array {
  const services = options.services ?? [];
  return writeXml(
    element(
      'TrustServiceStatusList',
      { ...namespaces, Id: 'lista', TSLTag: 'http://uri.etsi.org/19612/TSLTag' },
      schemeInformation(options),
      services.length > 0
        ? element(
            'TrustServiceProviderList',
            {},
            element(
              'TrustServiceProvider',
              {},
              element(
                'TSPInformation',
                {},
                named('TSPName', 'Igračka PKI'),
                address('TSPAddress'),
                uris('TSPInformationURI', 'https://primer.invalid/'),
              ),
              element('TSPServices', {}, ...services.map(serviceElement)),
            ),
          )
        : undefined,
    ),
  );
}

function schemeInformation(options: ListOptions): XmlElement {
  const { territory = 'RS', sequenceNumber = 7, version = 6, pointers = [] } = options;
  const { issuedAt = new Date('2026-11-01T00:00:00Z'), nextUpdate = new Date('2027-04-01T00:00:00Z') } = options;
  return element(
    'SchemeInformation',
    {},
    textElement('TSLVersionIdentifier', version),
    textElement('TSLSequenceNumber', sequenceNumber),
    textElement('TSLType', options.type ?? `${root}TrustedList/TSLType/EUgeneric`),
    named('SchemeOperatorName', 'Igračka nadzor'),
    address('SchemeOperatorAddress'),
    named('SchemeName', `${territory}:Igračka lista`),
    element(
      'SchemeInformationURI',
      {},
      ...(options.schemeInformation ?? ['https://primer.invalid/sema']).map((uri) => element('URI', english, uri)),
    ),
    textElement('StatusDeterminationApproach', `${root}TrustedList/StatusDetn/EUappropriate`),
    textElement('SchemeTerritory', territory),
    textElement('HistoricalInformationPeriod', 65535),
    pointers.length > 0 ? element('PointersToOtherTSL', {}, ...pointers.map(pointerElement)) : undefined,
    textElement('ListIssueDateTime', seconds(issuedAt)),
    nextUpdate === 'closed'
      ? element('NextUpdate', {})
      : element('NextUpdate', {}, textElement('dateTime', seconds(nextUpdate))),
  );
}

function address(name: string): XmlElement {
  const postal = element(
    'PostalAddress',
    english,
    textElement('StreetAddress', 'Улица 1'),
    textElement('Locality', 'Београд'),
    textElement('CountryName', 'RS'),
  );
  return element(
    name,
    {},
    element('PostalAddresses', {}, postal),
    uris('ElectronicAddress', 'mailto:a@primer.invalid'),
  );
}

function pointerElement(pointer: NonNullable<ListOptions['pointers']>[number]): XmlElement {
  const { location, territory, signers, mediaType = 'application/vnd.etsi.tsl+xml' } = pointer;
  const other = (...children: XmlElement[]) => element('OtherInformation', {}, ...children);
  return element(
    'OtherTSLPointer',
    {},
    element('ServiceDigitalIdentities', {}, ...signers.map(identity)),
    textElement('TSLLocation', location),
    element(
      'AdditionalInformation',
      {},
      other(textElement('SchemeTerritory', territory)),
      other(textElement('tslx:MimeType', mediaType)),
    ),
  );
}

const identity = ({ signer }: CertificateHolder) =>
  element(
    'ServiceDigitalIdentity',
    {},
    element('DigitalId', {}, textElement('X509Certificate', Buffer.from(signer.chain[0]).toString('base64'))),
  );

function serviceElement({ holder, name = 'Igračka usluga', periods = [{}] }: ServiceOptions): XmlElement {
  const [current = {}, ...earlier] = periods;
  return element(
    'TSPService',
    {},
    element('ServiceInformation', {}, ...periodElements(holder, name, current)),
    earlier.length > 0
      ? element(
          'ServiceHistory',
          {},
          ...earlier.map((period) => element('ServiceHistoryInstance', {}, ...periodElements(holder, name, period))),
        )
      : undefined,
  );
}

function periodElements(holder: CertificateHolder, name: string, period: PeriodOptions): (XmlElement | undefined)[] {
  const { type = 'CA/QC', status = 'granted', from = '2016-07-01T00:00:00Z', additional, critical = false } = period;
  const one = (...children: XmlElement[]) => element('Extension', { Critical: String(critical) }, ...children);
  const extensions = [
    ...(additional ?? ['ForeSignatures', 'ForeSeals']).map((uri) =>
      one(element('AdditionalServiceInformation', {}, element('URI', english, extension + uri))),
    ),
    ...(period.qualifications ? [one(qualificationsElement(period.qualifications))] : []),
    ...(period.strangeExtension ? [one(textElement('tslx:Nepoznato', 'x'))] : []),
  ];
  return [
    textElement('ServiceTypeIdentifier', `${root}Svctype/${type}`),
    named('ServiceName', name),
    identity(holder),
    textElement('ServiceStatus', `${root}TrustedList/Svcstatus/${status}`),
    textElement('StatusStartingTime', from),
    extensions.length > 0 ? element('ServiceInformationExtensions', {}, ...extensions) : undefined,
  ];
}

function qualificationsElement(qualifications: NonNullable<PeriodOptions['qualifications']>): XmlElement {
  return element(
    'sie:Qualifications',
    {},
    ...qualifications.map(({ qualifiers, criteria }) =>
      element(
        'sie:QualificationElement',
        {},
        element('sie:Qualifiers', {}, ...qualifiers.map((name) => element('sie:Qualifier', { uri: extension + name }))),
        criteria,
      ),
    ),
  );
}

/** Criteria, each condition as it stands in a list. */
export const criteria = {
  list: (assert: string | undefined, ...conditions: XmlElement[]) => {
    const others = conditions.filter(({ name }) => name.startsWith('tslx:'));
    return element(
      'sie:CriteriaList',
      { assert },
      ...conditions.filter((one) => !others.includes(one)),
      others.length > 0 ? element('sie:otherCriteriaList', {}, ...others) : undefined,
    );
  },
  keyUsage: (bits: Readonly<Record<string, boolean>>) =>
    element(
      'sie:KeyUsage',
      {},
      ...Object.entries(bits).map(([name, value]) => element('sie:KeyUsageBit', { name }, String(value))),
    ),
  policies: (...oids: string[]) =>
    element('sie:PolicySet', {}, ...oids.map((oid) => element('sie:PolicyIdentifier', {}, identifier(oid)))),
  subjectAttributes: (...oids: string[]) =>
    element('tslx:CertSubjectDNAttribute', {}, ...oids.map((oid) => element('tslx:AttributeOID', {}, identifier(oid)))),
  keyPurposes: (...oids: string[]) =>
    element('tslx:ExtendedKeyUsage', {}, ...oids.map((oid) => element('tslx:KeyPurposeId', {}, identifier(oid)))),
  strange: () => textElement('tslx:Nepoznato', 'x'),
};

const identifier = (oid: string) => element('xades:Identifier', { Qualifier: 'OIDAsURN' }, `urn:oid:${oid}`);

/** A list that somebody signed, enveloped, as TS 119 612 annex B asks. */
export async function signedTrustedList(
  options: ListOptions,
  { signer }: CertificateHolder,
  signingTime = new Date('2026-11-01T00:00:00Z'),
): Promise<Uint8Array> {
  const document = trustedListXml(options);
  const canonicalDocument = canonicalXml(Buffer.from(document).toString('utf8'));
  return sealXades({ packaging: 'enveloped', document, canonicalDocument }, signer, { signingTime });
}

/** What a certificate says of its qualification (EN 319 412-5). */
export function qualifiedStatementsExtension(statements: {
  readonly compliance?: boolean;
  readonly device?: boolean;
  /** 1: signature, 2: seal, 3: web site. */
  readonly types?: readonly number[];
  readonly legislation?: readonly string[];
}): Extension {
  const { compliance = true, device = false, types, legislation } = statements;
  return {
    type: '1.3.6.1.5.5.7.1.3',
    critical: false,
    value: sequence(
      compliance ? sequence(oid('0.4.0.1862.1.1')) : undefined,
      device ? sequence(oid('0.4.0.1862.1.4')) : undefined,
      types
        ? sequence(oid('0.4.0.1862.1.6'), sequence(...types.map((type) => oid(`0.4.0.1862.1.6.${type}`))))
        : undefined,
      legislation ? sequence(oid('0.4.0.1862.1.7'), sequence(...legislation.map(printableString))) : undefined,
    ),
  };
}
