import type { SealContext, SigningKey } from '../../src/archive/trust-services/index.ts';
import {
  onlineMaterial,
  remoteAuthority,
  sealAtLevel,
  timestampAuthorities,
} from '../../src/archive/trust-services/index.ts';
import { bytesReader } from '../../src/base/index.ts';
import {
  asicMimetype,
  asicSignature,
  packAsic,
  type SealLevel,
  sealCades,
  sealPades,
  sealXades,
} from '../../src/standards/seals/index.ts';
import { noMaterial } from '../../src/standards/signatures/index.ts';
import { samplePdf } from './sample-pdf.ts';
import type { ServedToyPki } from './toy-pki-server.ts';

/** What the archive seals with, of a served toy PKI: its authority stamps, its addresses give revocation data. */
export function sealContext(pki: ServedToyPki, key: SigningKey, clock = () => new Date()): SealContext {
  const source = onlineMaterial(clock, undefined, () => true);
  const anchors = async () => pki.anchors;
  const authority = remoteAuthority({ name: 'toy', url: `${pki.url}/tsa` }, { clock, anchors, source });
  return {
    clock,
    confirmationSeal: async () => key,
    authorities: timestampAuthorities([authority], clock),
    timestampAnchors: anchors,
    knownTimestampMaterial: async () => noMaterial,
    materialSource: source,
  };
}

export const sealedContent = Buffer.from('Садржај под печатом\n');
const xml = Buffer.from('<уговор xmlns="urn:primer"><члан>1</члан></уговор>');

/** A sealed document, with what its signature's format is, and whether its content is outside of it. */
export interface SealedDocument {
  readonly name: string;
  readonly format: 'PAdES' | 'CAdES' | 'XAdES';
  readonly bytes: Uint8Array;
  readonly isDetached: boolean;
}

type Make = (signer: Parameters<typeof sealPades>[1], options: Parameters<typeof sealPades>[2]) => Promise<Uint8Array>;

const forms: Record<string, { format: SealedDocument['format']; ending: string; isDetached?: true; make: Make }> = {
  pdf: {
    format: 'PAdES',
    ending: 'pdf',
    make: async (signer, options) => {
      const pdf = await samplePdf();
      return Buffer.concat([pdf, await sealPades(bytesReader(pdf), signer, options)]);
    },
  },
  enclosing: {
    format: 'CAdES',
    ending: 'p7m',
    make: (signer, options) => sealCades(bytesReader(sealedContent), signer, { ...options, detached: false }),
  },
  detached: {
    format: 'CAdES',
    ending: 'p7s',
    isDetached: true,
    make: (signer, options) => sealCades(bytesReader(sealedContent), signer, { ...options, detached: true }),
  },
  enveloped: {
    format: 'XAdES',
    ending: 'xml',
    make: (signer, options) =>
      sealXades({ packaging: 'enveloped', document: xml, canonicalDocument: xml }, signer, options),
  },
  enveloping: {
    format: 'XAdES',
    ending: 'xml',
    make: (signer, options) =>
      sealXades({ packaging: 'enveloping', content: sealedContent, mediaType: 'text/plain' }, signer, options),
  },
  'detached-xml': {
    format: 'XAdES',
    ending: 'xml',
    isDetached: true,
    make: (signer, options) => {
      const files = [{ uri: 'content.txt', mediaType: 'text/plain', bytes: sealedContent }];
      return sealXades({ packaging: 'detached', files }, signer, options);
    },
  },
  ...Object.fromEntries(
    (['ASiC-S', 'ASiC-E'] as const).flatMap((form) =>
      (['CAdES', 'XAdES'] as const).map((signature) => {
        const make: Make = async (signer, options) => {
          const names = form === 'ASiC-S' ? ['уговор.txt'] : ['уговор.txt', 'prilog 1.txt'];
          const files = names.map((name) => ({ name, mediaType: 'text/plain', reader: bytesReader(sealedContent) }));
          const signed = await asicSignature(files, signer, { ...options, form, signature });
          const contents = names.map((name) => ({ name, bytes: sealedContent }));
          return packAsic([asicMimetype(form), ...contents, ...signed]);
        };
        return [`${form}-${signature}`, { format: signature, ending: form === 'ASiC-S' ? 'asics' : 'asice', make }];
      }),
    ),
  ),
};

/** A document of every form at a level, by the keys in turn. */
export async function sealedDocuments(
  pki: ServedToyPki,
  level: SealLevel,
  keys: readonly SigningKey[],
  clock = () => new Date(),
): Promise<SealedDocument[]> {
  const made: SealedDocument[] = [];
  for (const [name, { format, ending, isDetached = false, make }] of Object.entries(forms)) {
    const key = keys[made.length % keys.length] as SigningKey;
    const { made: bytes } = await sealAtLevel(sealContext(pki, key, clock), level, make);
    made.push({ name: `${level}-${name}.${ending}`, format, bytes, isDetached });
  }
  return made;
}
