import { unlessMalformed } from '../../base/index.ts';
import { decodeWholeAsn1, oidOf, sequenceOf, textOf } from '../formats/asn1/index.ts';
import { type Certificate, extensionOids } from '../formats/x509/index.ts';
import { policiesOf } from './criteria.ts';

/** What a certificate may be for (EN 319 412-5 4.2.3). */
export type CertificateUse = 'signature' | 'seal' | 'website';

/** What a certificate says of its own qualification: the issuer's claim, which counts only where a list bears it out. */
export interface QualifiedStatements {
  /** QcCompliance (EN 319 412-5 4.2.1). */
  readonly compliance: boolean;
  /** QcSSCD (4.2.2). */
  readonly device: boolean;
  /** QcType (4.2.3). */
  readonly uses: readonly CertificateUse[];
  /** QcCClegislation (4.2.4): the countries under whose law it is qualified; undefined: under that of the EU. */
  readonly legislation?: readonly string[];
  /** QCP public, and QCP public with a device (TS 101 456): what qualified certificates of the Directive had. */
  readonly policy: boolean;
  readonly policyWithDevice: boolean;
}

const oids = {
  compliance: '0.4.0.1862.1.1',
  device: '0.4.0.1862.1.4',
  type: '0.4.0.1862.1.6',
  legislation: '0.4.0.1862.1.7',
  policy: '0.4.0.1456.1.2',
  policyWithDevice: '0.4.0.1456.1.1',
} as const;

const uses: Readonly<Record<string, CertificateUse>> = {
  '0.4.0.1862.1.6.1': 'signature',
  '0.4.0.1862.1.6.2': 'seal',
  '0.4.0.1862.1.6.3': 'website',
};

/** The statements of a certificate; none of those in an extension that cannot be read. */
export function qualifiedStatements(certificate: Certificate): QualifiedStatements {
  const statements = statementsOf(certificate);
  const policies = policiesOf(certificate);
  const legislation = statements.get(oids.legislation);
  return {
    compliance: statements.has(oids.compliance),
    device: statements.has(oids.device),
    uses: listIn(statements.get(oids.type), (item) => oidOf(item)).flatMap((oid) => uses[oid] ?? []),
    ...(statements.has(oids.legislation)
      ? { legislation: listIn(legislation, (item) => textOf(item)?.toUpperCase() ?? '') }
      : {}),
    policy: policies.includes(oids.policy),
    policyWithDevice: policies.includes(oids.policyWithDevice),
  };
}

type Asn1Element = ReturnType<typeof decodeWholeAsn1>;

/** QCStatements (RFC 3739 3.2.6): the identifier of each, and what it says beyond that. */
function statementsOf({ extensions }: Certificate): Map<string, Asn1Element | undefined> {
  const extension = extensions.get(extensionOids.qcStatements);
  return new Map(
    unlessMalformed(() =>
      sequenceOf(extension && decodeWholeAsn1(extension.value), 'QCStatements').map((statement) => {
        const [id, detail] = sequenceOf(statement, 'a QCStatement');
        return [oidOf(id), detail] as const;
      }),
    ),
  );
}

function listIn<Item>(element: Asn1Element | undefined, read: (item: Asn1Element) => Item): Item[] {
  return (element && unlessMalformed(() => sequenceOf(element).map(read))) ?? [];
}
