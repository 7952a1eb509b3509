import { bytesReader, type Clock, utcSeconds } from '../base/index.ts';
import {
  type DigestSigner,
  type PadesOptions,
  packAsic,
  sealAsic,
  sealCades,
  sealPades,
  sealXades,
} from '../standards/seals/index.ts';
import { canonicalDocument, sampleInvoice } from './sample-invoice.ts';
import { archivalPdf, plainPdf } from './sample-pdf.ts';
import { scannedPage } from './sample-scan.ts';
import { makeSampleSigners, type SampleSigners } from './sample-signers.ts';

/** A file of a sample record. */
export interface SampleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A record to be archived: its files, the profile they go under, and the metadata that the profile asks for. */
export interface SampleRecord {
  readonly profile: 'general' | 'contract';
  readonly files: readonly SampleFile[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** The demo's records, and the certificates by which their signatures can be judged. */
export interface SampleDocuments {
  readonly records: readonly SampleRecord[];
  readonly anchors: readonly { readonly name: string; readonly pem: string }[];
}

const day = 24 * 3600 * 1000;

/**
 * Makes a small set of really signed documents, each labelled as a sample, with test keys that are made at the moment
 * and thrown away: what an office has, what it gets, and one that somebody changed after it was signed.
 */
export async function sampleDocuments(clock: Clock): Promise<SampleDocuments> {
  const signers = await makeSampleSigners(clock);
  const daysAgo = (days: number) => new Date(clock().getTime() - days * day);
  const records = await Promise.all([
    contract(signers, daysAgo(20)),
    decision(signers, daysAgo(12)),
    invoice(signers, daysAgo(9)),
    scan(signers, daysAgo(5)),
    container(signers, daysAgo(3)),
    changedReceipt(signers, daysAgo(2)),
    note(daysAgo(1)),
  ]);
  return { records, anchors: [signers.anchor] };
}

const dateOf = (moment: Date) => utcSeconds(moment).slice(0, 10);

/** Signed by both parties, PAdES-BASELINE-T, the second an hour after the first. */
async function contract(signers: SampleSigners, made: Date): Promise<SampleRecord> {
  const title = 'Ugovor o delu 42/2026 – Уговор о делу 42/2026';
  const later = new Date(made.getTime() + 3600_000);
  const pdf = await archivalPdf({
    title,
    made,
    paragraphs: [
      'Zaključen između naručioca, Primer d.o.o., koga zastupa direktorka Jelena Petrović, i izvršioca Đorđa Nikolića.',
      'Члан 1. Извршилац се обавезује да среди и попише архивску грађу наручиоца насталу до 2020. године.',
      'Član 2. Naručilac se obavezuje da za izvršeni posao plati 240.000,00 dinara u roku od 15 dana.',
      'Члан 3. Уговор је сачињен у електронском облику и потписан електронским потписима обе стране.',
    ],
  });
  const once = await signed(pdf, signers.director, {
    signingTime: made,
    timestamp: signers.timestampAt(made),
    reason: 'За наручиоца (УЗОРАК)',
    location: 'Beograd',
  });
  const twice = await signed(once, signers.contractor, {
    signingTime: later,
    timestamp: signers.timestampAt(later),
    reason: 'Za izvršioca (UZORAK)',
  });
  return {
    profile: 'contract',
    files: [{ name: 'Ugovor o delu 42-2026.pdf', bytes: twice }],
    metadata: {
      title,
      jedinstvenaOznaka: 'UZORAK-42/2026',
      vrstaDokumenta: 'ugovor',
      izvorniOblik: 'elektronski',
      datumNastanka: dateOf(made),
      napomena: 'UZORAK / УЗОРАК / SAMPLE',
    },
  };
}

/** PAdES-BASELINE-B: no time-stamp. */
async function decision({ clerk }: SampleSigners, made: Date): Promise<SampleRecord> {
  const title = 'Решење о коришћењу годишњег одмора';
  const pdf = await archivalPdf({
    title,
    made,
    paragraphs: [
      'На основу члана 68. Закона о раду, Општина Примерак доноси решење:',
      '1. Запосленом се одобрава годишњи одмор у трајању од 20 радних дана.',
      '2. Решење се доставља запосленом у електронском облику.',
    ],
  });
  return {
    profile: 'general',
    files: [{ name: 'Решење 17-2026.pdf', bytes: await signed(pdf, clerk, { signingTime: made }) }],
    metadata: {
      title,
      brojPredmeta: '112-17/2026 (УЗОРАК)',
      vrstaDokumenta: 'решење',
      izvorniOblik: 'elektronski',
      datumNastanka: dateOf(made),
    },
  };
}

/** XAdES-BASELINE-T, enveloped. */
async function invoice(signers: SampleSigners, made: Date): Promise<SampleRecord> {
  const document = sampleInvoice(dateOf(made));
  const content = { document: Buffer.from(document), canonicalDocument: canonicalDocument(document) };
  const bytes = await sealXades({ packaging: 'enveloped', ...content }, signers.company, {
    signingTime: made,
    timestamp: signers.timestampAt(made),
  });
  return {
    profile: 'general',
    files: [{ name: 'faktura-118-2026.xml', bytes }],
    metadata: {
      title: 'Faktura 118/2026 (uzorak)',
      jedinstvenaOznaka: 'UZORAK-118/2026',
      vrstaDokumenta: 'faktura',
      izvorniOblik: 'elektronski',
      datumNastanka: dateOf(made),
    },
  };
}

/** A scan with a detached CAdES-BASELINE-T signature beside it: a paper document digitised. */
async function scan(signers: SampleSigners, made: Date): Promise<SampleRecord> {
  const image = scannedPage();
  const signature = await sealCades(bytesReader(image), signers.clerk, {
    detached: true,
    signingTime: made,
    timestamp: signers.timestampAt(made),
  });
  return {
    profile: 'general',
    files: [
      { name: 'skenirana potvrda.png', bytes: image },
      { name: 'skenirana potvrda.png.p7s', bytes: signature },
    ],
    metadata: {
      title: 'Skenirana potvrda (uzorak)',
      vrstaDokumenta: 'potvrda',
      izvorniOblik: 'papirni',
      datumNastanka: dateOf(made),
      opis: 'Digitalizovan papirni dokument, overen odvojenim elektronskim potpisom.',
    },
  };
}

/** An ASiC-E with two files under one CAdES-BASELINE-T signature. */
async function container(signers: SampleSigners, made: Date): Promise<SampleRecord> {
  const files = [
    { name: 'zapisnik.txt', bytes: Buffer.from('Zapisnik sa sednice odbora (UZORAK)\nПрисутни: сви чланови.\n') },
    { name: 'glasanje.csv', bytes: Buffer.from('tačka;za;protiv\n1;7;0\n2;6;1\n') },
  ];
  const entries = await sealAsic(files, signers.director, {
    form: 'ASiC-E',
    signature: 'CAdES',
    signingTime: made,
    timestamp: signers.timestampAt(made),
  });
  return {
    profile: 'general',
    files: [{ name: 'zapisnik sa sednice.asice', bytes: await packAsic(entries) }],
    metadata: {
      title: 'Zapisnik sa sednice odbora (uzorak)',
      vrstaDokumenta: 'zapisnik',
      izvorniOblik: 'elektronski',
      datumNastanka: dateOf(made),
    },
  };
}

/** Signed for 10.000 dinars, then changed to 90.000: the signature says so. */
async function changedReceipt({ contractor }: SampleSigners, made: Date): Promise<SampleRecord> {
  const pdf = await plainPdf({
    title: 'Priznanica (UZORAK)',
    made,
    paragraphs: ['PRIZNANICA (UZORAK / SAMPLE)', 'Primljeno: 10.000 dinara.', 'Potpis: elektronski, ispod.'],
  });
  const bytes = Buffer.from(await signed(pdf, contractor, { signingTime: made }));
  const amount = bytes.indexOf(hexText('10.000'), 0, 'latin1');
  bytes.write(hexText('90.000'), amount, 'latin1');
  return {
    profile: 'contract',
    files: [{ name: 'priznanica-izmenjena.pdf', bytes }],
    metadata: {
      title: 'Priznanica izmenjena posle potpisivanja (uzorak)',
      vrstaDokumenta: 'priznanica',
      datumNastanka: dateOf(made),
      opis: 'Namerno neispravan uzorak: iznos je promenjen posle potpisivanja.',
    },
  };
}

const hexText = (text: string) => Buffer.from(text, 'latin1').toString('hex');

async function note(made: Date): Promise<SampleRecord> {
  const text = 'Белешка без потписа (УЗОРАК)\nBeleška bez potpisa: i takav zapis može da se čuva.\n';
  return {
    profile: 'general',
    files: [{ name: 'beleška.txt', bytes: Buffer.from(text) }],
    metadata: { title: 'Beleška bez potpisa (uzorak)', vrstaDokumenta: 'beleška', datumNastanka: dateOf(made) },
  };
}

async function signed(pdf: Uint8Array, signer: DigestSigner, options: PadesOptions): Promise<Uint8Array> {
  return Buffer.concat([pdf, await sealPades(bytesReader(pdf), signer, options)]);
}
