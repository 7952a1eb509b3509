import {
  type AsicEntry,
  type AsicOptions,
  type CertificateHolder,
  packAsic,
  sealAsic,
  type TimestampSource,
} from '../../src/standards/seals/index.ts';
import { sampleContent } from './signed-cms.ts';
import type { ToyPki } from './toy-pki.ts';

/** One named edit of a good container. */
export type AsicFault = 'changed-content' | 'extra-file' | 'missing-file' | 'no-mimetype';

/** A container by the toy PKI. */
export interface AsicContainerOptions extends Partial<Pick<AsicOptions, 'form' | 'signature'>> {
  readonly pki: ToyPki;
  readonly files?: readonly AsicEntry[];
  readonly signer?: CertificateHolder;
  readonly timestamp?: boolean | TimestampSource;
  readonly fault?: AsicFault;
}

/** An ASiC-S or ASiC-E with one signature, CAdES or XAdES, as ZIP. */
export async function asicContainer(options: AsicContainerOptions): Promise<Uint8Array> {
  const { pki, form = 'ASiC-E', signature = 'CAdES', files = sampleFiles(form) } = options;
  const { signer } = options.signer ?? (await pki.signer());
  const source = options.timestamp === true ? pki.timestamps() : options.timestamp || undefined;
  const timestamp = source ? { timestamp: source } : {};
  const entries = await sealAsic(files, signer, { form, signature, signingTime: pki.at, ...timestamp });
  return packAsic(options.fault ? faulty(entries, options.fault) : entries);
}

const sampleFiles = (form: AsicOptions['form']): AsicEntry[] => [
  { name: 'уговор.txt', bytes: sampleContent },
  ...(form === 'ASiC-E' ? [{ name: 'prilog 1.txt', bytes: Buffer.from('Prilog\n') }] : []),
];

function faulty(entries: readonly AsicEntry[], fault: AsicFault): AsicEntry[] {
  const [mimetype, first, ...others] = entries as [AsicEntry, AsicEntry, ...AsicEntry[]];
  switch (fault) {
    case 'changed-content':
      return [mimetype, { ...first, bytes: Buffer.concat([first.bytes, Buffer.from('!')]) }, ...others];
    case 'extra-file':
      return [mimetype, first, { name: 'unsigned.txt', bytes: Buffer.from('nobody signed this') }, ...others];
    case 'missing-file':
      return [mimetype, ...others];
    case 'no-mimetype':
      return [first, ...others];
  }
}
