import { createHash } from 'node:crypto';
import { itemsOf, type JsonValue, type JwsSignature, objectOf, sourceOf, stringOf } from '../../formats/jws/index.ts';
import { type Certificate, type DigestName, nodeDigest } from '../../formats/x509/index.ts';
import { joinMaterial } from '../embedded-material.ts';
import type { TimestampFacts, TimestampType } from '../signed-document.ts';
import { idsOfMaterial } from './archive-coverage.ts';
import { readTimestamp, timestampId } from './cms-timestamps.ts';
import { componentOctets, isOfOneKind, type UnsignedComponent } from './jades-components.ts';
import { encodedChainIn } from './jades-header.ts';
import { materialInComponents, materialInTokens, tokensIn } from './jades-material.ts';
import type { JadesPayload } from './jades-payload.ts';
import { type RemainingWork, spend } from './jades-work.ts';

/** What the time-stamps of a JAdES signature are read from. */
export interface TimestampedJws {
  readonly id: string;
  readonly jws: JwsSignature;
  readonly payload: JadesPayload;
  readonly components: readonly UnsignedComponent[];
  readonly candidates: readonly Certificate[];
  readonly signingCertificate: Certificate | undefined;
  readonly work: RemainingWork;
}

const timestampTypes: Readonly<Record<string, TimestampType>> = {
  sigTst: 'SIGNATURE_TIMESTAMP',
  sigRTst: 'VALIDATION_DATA_TIMESTAMP',
  rfsTst: 'VALIDATION_DATA_REFSONLY_TIMESTAMP',
  arcTst: 'ARCHIVE_TIMESTAMP',
};

const referenceNames = ['xRefs', 'rRefs', 'axRefs', 'arRefs'];
const mostTimestamps = 200;

/** A container of time-stamps: adoTst of the protected header, or a component of etsiU. */
interface Container {
  readonly type: TimestampType;
  readonly value: JsonValue | undefined;
  /** The components before it. */
  readonly before: readonly UnsignedComponent[];
}

/** Every time-stamp of a signature, in the order in which they stand. */
export async function readJadesTimestamps(source: TimestampedJws): Promise<TimestampFacts[]> {
  const found: TimestampFacts[] = [];
  for (const container of containersOf(source))
    for (const octets of tokensIn(container.value)) {
      if (found.length >= mostTimestamps) return found;
      const facts = await readTimestamp(octets, {
        type: container.type,
        candidates: source.candidates,
        covers: () => coveredBy(source, container),
        imprintOf: (algorithm) => imprint(source, container, algorithm),
      });
      if (facts) found.push(facts);
    }
  return found;
}

function containersOf({ jws, components }: TimestampedJws): Container[] {
  const content = jws.protectedHeader.get('adoTst');
  const containers = components.flatMap(({ name, value }, index): Container[] => {
    const type = Object.hasOwn(timestampTypes, name) ? timestampTypes[name] : undefined;
    return type ? [{ type, value, before: components.slice(0, index) }] : [];
  });
  return [...(content ? [{ type: 'CONTENT_TIMESTAMP' as const, value: content, before: [] }] : []), ...containers];
}

type Part = Uint8Array | (() => AsyncIterable<Uint8Array>);

async function imprint(
  source: TimestampedJws,
  container: Container,
  algorithm: DigestName,
): Promise<Uint8Array | undefined> {
  const named = nodeDigest(algorithm);
  const parts = partsOf(source, container);
  if (!named || !parts) return undefined;
  const hash = createHash(named);
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      spend(source.work, part.length);
      hash.update(part);
    } else for await (const chunk of part()) hash.update(chunk);
  }
  return hash.digest();
}

/** What a time-stamp is over, in order; undefined where not all of it is there. */
function partsOf({ jws, payload }: TimestampedJws, container: Container): Part[] | undefined {
  const { type, before, value } = container;
  const { protectedText, signatureText, unprotectedHeader } = jws;
  const dot = Buffer.from('.');
  const components = (...names: readonly string[]) => {
    // TS 119 182-1 5.3.1: entries of two kinds at once are no etsiU, and have no order that anyone could agree on
    if (!isOfOneKind(unprotectedHeader)) return [];
    const chosen = before.filter(({ name }) => names.length === 0 || names.includes(name));
    const canonAlg = stringOf(objectOf(value)?.get('canonAlg'));
    const octets = chosen.map((component) => componentOctets(component, canonAlg));
    return octets.every((part) => part !== undefined) ? octets : undefined;
  };
  switch (type) {
    case 'CONTENT_TIMESTAMP': // 5.2.6
      return payload.stamped && [payload.stamped];
    case 'SIGNATURE_TIMESTAMP': // 5.3.4
      return [Buffer.from(signatureText)];
    case 'VALIDATION_DATA_TIMESTAMP': {
      // A.1.5.1
      const references = components('sigTst', ...referenceNames);
      return references && [Buffer.from(signatureText), dot, ...references];
    }
    case 'VALIDATION_DATA_REFSONLY_TIMESTAMP': // A.1.5.2
      return components(...referenceNames);
    default: {
      // 5.3.6.3
      const earlier = components();
      if (!earlier || !payload.stamped) return undefined;
      return [payload.stamped, Buffer.from(`.${protectedText}.${signatureText}.`), ...earlier];
    }
  }
}

/** Ids of what a time-stamp proves to have existed. */
function coveredBy(source: TimestampedJws, { type, before }: Container): string[] {
  const own = [source.id, ...(source.signingCertificate ? [source.signingCertificate.sha256] : [])];
  const tokens = (components: readonly UnsignedComponent[]) =>
    components
      .filter(({ name }) => Object.hasOwn(timestampTypes, name))
      .flatMap(({ value }) => tokensIn(value).map(timestampId));
  switch (type) {
    case 'SIGNATURE_TIMESTAMP':
      return own;
    case 'VALIDATION_DATA_TIMESTAMP':
      return [...own, ...tokens(before.filter(({ name }) => name === 'sigTst'))];
    case 'VALIDATION_DATA_REFSONLY_TIMESTAMP':
      return own.slice(1);
    case 'ARCHIVE_TIMESTAMP': {
      for (const { encoded, object } of before) spend(source.work, (encoded ?? sourceOf(object) ?? '').length);
      const header = source.jws.protectedHeader;
      const signed = { certificates: encodedChainIn(header), crls: [], ocspResponses: [] };
      const content = header.get('adoTst');
      const material = joinMaterial([signed, materialInTokens(content), materialInComponents(before)]);
      return [...own, ...tokensIn(content).map(timestampId), ...tokens(before), ...idsOfMaterial(material)];
    }
    default:
      return [];
  }
}

/** Whether each container of signature time-stamps holds one (TS 119 182-1 6.3 c). */
export function holdsSingleTokens(components: readonly UnsignedComponent[]): boolean {
  return components
    .filter(({ name }) => name === 'sigTst')
    .every(({ value }) => itemsOf(objectOf(value)?.get('tstTokens')).length === 1);
}
