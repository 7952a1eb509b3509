import { X509Certificate } from 'node:crypto';
import { bytesReader } from '../../../base/index.ts';
import { sealCades, sealPades } from '../../../standards/seals/index.ts';
import type { Holdings } from '../../packaging/index.ts';
import type { SigningKey } from '../../trust-services/index.ts';
import { archiveFacts, type IntegrityFacts, recordFacts } from './integrity-facts.ts';
import { integrityPdf } from './integrity-pdf.ts';

/** What reports are made and sealed with. */
export interface ReportContext extends Holdings {
  /** The configured key; built-in and worthless to outsiders until there is one. */
  readonly confirmationSeal: () => Promise<SigningKey>;
}

/** A sealed report: data with a detached CAdES seal, and the same for people as a PDF/A with a PAdES seal. */
export interface IntegrityReport {
  readonly facts: IntegrityFacts;
  readonly json: Uint8Array;
  readonly jsonSeal: Uint8Array;
  readonly pdf: Uint8Array;
}

/**
 * Makes the report of one record, or of the whole archive: from the start of preservation until now, every check, repair,
 * renewal and verdict, sealed, with the name of who sealed it and whether that is a qualified trust service.
 * @param record its id or number; the whole archive when left out
 * @throws ArchiveError RECORD_UNKNOWN
 */
export async function makeIntegrityReport(context: ReportContext, record?: string): Promise<IntegrityReport> {
  const signer = await context.confirmationSeal();
  const sealedBy = sealerOf(signer);
  const facts = record ? await recordFacts(context, record, sealedBy) : await archiveFacts(context, sealedBy);
  const json = Buffer.from(`${JSON.stringify(facts, undefined, 2)}\n`);
  const signingTime = context.clock();
  const jsonSeal = await sealCades(bytesReader(json), signer, { detached: true, signingTime });
  const plain = await integrityPdf(facts);
  const reason = 'Извештај о интегритету / Integrity report';
  const update = await sealPades(bytesReader(plain), signer, { signingTime, signerName: sealedBy.name, reason });
  return { facts, json, jsonSeal, pdf: Buffer.concat([plain, update]) };
}

/** Who a key seals for, as reports say it. */
export function sealerOf({ chain, isTest }: SigningKey): IntegrityFacts['sealedBy'] {
  const [own] = chain;
  if (!own) throw new Error('a seal without a certificate');
  const { subject } = new X509Certificate(own);
  const [, name = subject] = /(?:^|\n)CN=(.+)/.exec(subject) ?? [];
  return { name, isQualified: false, isTest };
}
