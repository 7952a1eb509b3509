import { createHash, randomBytes } from 'node:crypto';
import { integer, octetString, oid, sequence, tagged } from '../../src/standards/formats/der/index.ts';
import type { CertificateHolder } from '../../src/standards/seals/index.ts';
import type { ToyPki } from './toy-pki.ts';

/** Digest algorithms of the toy records. */
export type EvidenceDigest = 'sha256' | 'sha384' | 'sha512';

/** One archive time-stamp. */
export interface EvidenceStep {
  /** What it is for: the first of all, one that renews the one before it, or the first of a new chain. */
  readonly renews: 'nothing' | 'time-stamp' | 'hash-tree';
  /** Of a new chain. */
  readonly algorithm?: EvidenceDigest;
  readonly at?: Date;
  readonly authority?: CertificateHolder;
  /** Without a hash tree the time-stamp is over the one digest itself. */
  readonly tree?: boolean;
  /** One named edit of the first list, before the root is computed. */
  readonly edit?: (first: Buffer[]) => Buffer[];
  /** What the token is over instead of the root. */
  readonly imprint?: (root: Buffer) => Buffer;
}

export const initial: EvidenceStep = { renews: 'nothing' };

interface Made {
  readonly algorithm: EvidenceDigest;
  readonly lists: readonly (readonly Buffer[])[];
  readonly token: Uint8Array;
}

const hash = (algorithm: EvidenceDigest, ...octets: readonly Uint8Array[]): Buffer =>
  createHash(algorithm).update(Buffer.concat(octets)).digest();

/** RFC 4998 4.3, by other hands than those of the product. */
function root(lists: readonly (readonly Buffer[])[], algorithm: EvidenceDigest): Buffer {
  let carried: Buffer | undefined;
  for (const list of lists) {
    const all = [...list, ...(carried ? [carried] : [])].sort(Buffer.compare);
    carried = all.length === 1 ? (all[0] as Buffer) : hash(algorithm, ...all);
  }
  return carried as Buffer;
}

/**
 * An evidence record over objects, with its renewals. The lists come in no order, neighbours in the tree are random.
 * @param named what digestAlgorithms lists, instead of what is used
 */
export async function evidenceRecord(
  pki: ToyPki,
  form: 'ASN.1' | 'XML',
  objects: readonly Uint8Array[],
  steps: readonly EvidenceStep[] = [initial],
  named?: readonly EvidenceDigest[],
): Promise<Uint8Array> {
  const chains: Made[][] = [];
  for (const step of steps) {
    const algorithm = step.renews === 'time-stamp' ? lastAlgorithm(chains) : (step.algorithm ?? 'sha256');
    const first = firstList(form, objects, step, algorithm, chains);
    const edited = (step.edit ?? ((list) => list))(first).reverse();
    const neighbours = [[randomBytes(edited[0]?.length ?? 32)], [randomBytes(32), randomBytes(32)]];
    const lists = step.tree === false ? [] : [edited, ...neighbours];
    const value = lists.length === 0 ? (edited[0] as Buffer) : root(lists, algorithm);
    const stamped = (step.imprint ?? ((one) => one))(value);
    const { at, authority } = step;
    const source = pki.timestamps({ ...(at ? { at } : {}), ...(authority ? { authority } : {}) });
    const token = await source({ algorithm, value: stamped.toString('hex') });
    const made: Made = { algorithm, lists, token };
    if (step.renews === 'time-stamp') chains.at(-1)?.push(made);
    else chains.push([made]);
  }
  return form === 'ASN.1' ? asn1Record(chains, named) : Buffer.from(xmlRecord(chains));
}

function lastAlgorithm(chains: readonly Made[][]): EvidenceDigest {
  return chains.at(-1)?.[0]?.algorithm ?? 'sha256';
}

function firstList(
  form: 'ASN.1' | 'XML',
  objects: readonly Uint8Array[],
  { renews }: EvidenceStep,
  algorithm: EvidenceDigest,
  chains: readonly Made[][],
): Buffer[] {
  const digests = objects.map((object) => hash(algorithm, object));
  if (renews === 'nothing') return digests;
  const last = chains.at(-1)?.at(-1) as Made;
  if (renews === 'time-stamp')
    return [hash(algorithm, form === 'ASN.1' ? last.token : Buffer.from(xmlTimestamp(last, declared)))];
  if (form === 'XML') return [...digests, hash(algorithm, Buffer.from(xmlSequence(chains, declared)))];
  const before = hash(algorithm, sequence(...chains.map(asn1Chain)));
  return digests.map((digest) => hash(algorithm, digest, before));
}

const oids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;

function asn1Record(chains: readonly Made[][], named?: readonly EvidenceDigest[]): Uint8Array {
  const algorithms = named ?? [...new Set(chains.map(([first]) => (first as Made).algorithm))];
  return sequence(
    integer(1),
    sequence(...algorithms.map((algorithm) => sequence(oid(oids[algorithm])))),
    sequence(...chains.map(asn1Chain)),
  );
}

function asn1Chain(chain: readonly Made[]) {
  return sequence(
    ...chain.map(({ algorithm, lists, token }) =>
      sequence(
        tagged(0, oid(oids[algorithm])),
        lists.length === 0
          ? undefined
          : tagged(2, ...lists.map((list) => sequence(...list.map((v) => octetString(v))))),
        token as ReturnType<typeof sequence>,
      ),
    ),
  );
}

const namespace = 'urn:ietf:params:xml:ns:ers';
/** What a canonical form shows of the namespace at its first element. */
const declared = ` xmlns="${namespace}"`;
const digestUris = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
} as const;

/** Written in canonical form, so that any part of it is its own canonical form but for the declaration. */
function xmlRecord(chains: readonly Made[][]): string {
  return `<EvidenceRecord${declared} Version="1.0">${xmlSequence(chains, '')}</EvidenceRecord>`;
}

function xmlSequence(chains: readonly Made[][], declaration: string): string {
  const parts = chains.map((chain, index) => {
    const stamps = chain.map((made, at) => {
      const lists = made.lists.map(
        (list, order) =>
          `<Sequence Order="${order + 1}">${list.map((value) => `<DigestValue>${value.toString('base64')}</DigestValue>`).join('')}</Sequence>`,
      );
      const tree = lists.length === 0 ? '' : `<HashTree>${lists.join('')}</HashTree>`;
      return `<ArchiveTimeStamp Order="${at + 1}">${tree}${xmlTimestamp(made, '')}</ArchiveTimeStamp>`;
    });
    const method = digestUris[(chain[0] as Made).algorithm];
    return `<ArchiveTimeStampChain Order="${index + 1}"><DigestMethod Algorithm="${method}"></DigestMethod><CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></CanonicalizationMethod>${stamps.join('')}</ArchiveTimeStampChain>`;
  });
  return `<ArchiveTimeStampSequence${declaration}>${parts.join('')}</ArchiveTimeStampSequence>`;
}

function xmlTimestamp({ token }: Made, declaration: string): string {
  const octets = Buffer.from(token).toString('base64');
  return `<TimeStamp${declaration}><TimeStampToken Type="RFC3161">${octets}</TimeStampToken></TimeStamp>`;
}
