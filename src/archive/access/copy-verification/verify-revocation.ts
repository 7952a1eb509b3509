import { type ByteReader, FormatError, readWhole, sha256Hex, utcSeconds } from '../../../base/index.ts';
import { examineEvidenceRecord } from '../../../standards/evidence/index.ts';
import { validateDocument } from '../../../standards/signatures/index.ts';
import { fileReader } from '../../archival-storage/index.ts';
import type { CopyStatement } from '../certified-copy/copy-statement.ts';
import { type RevocationList, revocationListName } from '../certified-copy/revocation-list.ts';
import { codeDigest } from '../certified-copy/verification-code.ts';
import { type Check, failed, informative, passed, type Trust, undecided } from '../verification-check.ts';
import { filesInZip, type ReadCopy } from './read-copy.ts';

/** Asks an address for what it gives; undefined where nothing comes. */
export type AskPage = (url: string) => Promise<Uint8Array | undefined>;

/** By what the revocation of a copy is checked; offline by nothing. */
export interface RevocationSources {
  readonly list?: string;
  readonly ask?: AskPage;
}

/** Whether the copy was revoked since. Checked by nothing, that is told and does not decide. */
export async function verifyRevocation(
  copy: ReadCopy,
  trust: Trust,
  { list, ask }: RevocationSources,
): Promise<Check[]> {
  if (copy.statement.isTest) return [];
  const checks = [
    ...(list === undefined ? [] : [await byList(copy.statement, trust, list)]),
    ...(ask ? [await byPage(copy, ask)] : []),
  ];
  if (checks.length > 0) return checks;
  return [
    informative(
      undecided('revocation', 'Revocation of the copy: not checked. Use --online, or --revocation-list FILE.'),
    ),
  ];
}

async function byList({ code, issuer }: CopyStatement, trust: Trust, path: string): Promise<Check> {
  const reader = await fileReader(path);
  const { signatures } = await validateDocument({
    ...{ document: reader, name: 'revoked-copies.asics', contents: [], examineEvidenceRecord },
    ...trust,
  });
  const [seal] = signatures;
  if (!seal || signatures.length > 1 || seal.indication === 'TOTAL_FAILED')
    return failed('revocation', `The revocation list is not sealed as it should be. ${seal?.reason ?? ''}`);
  const list = await readList(reader);
  const found = list.revoked.find(({ codeSha256 }) => codeSha256 === codeDigest(code));
  if (found) return failed('revocation', `The copy was revoked at ${found.revokedAt}.`);
  if (list.issuer !== issuer.name)
    return undecided('revocation', `The list is of “${list.issuer}”, not of “${issuer.name}”.`);
  if (seal.indication !== 'TOTAL_PASSED')
    return undecided('revocation', `Not on the list of ${list.thisUpdate}, whose seal is not trusted: ${seal.reason}`);
  if (list.nextUpdate < utcSeconds(trust.validationTime))
    return undecided(
      'revocation',
      `Not on the list of ${list.thisUpdate}, which is out of date since ${list.nextUpdate}.`,
    );
  return passed('revocation', `Not on the list of revoked copies of ${list.thisUpdate}.`);
}

async function readList(reader: ByteReader): Promise<RevocationList> {
  const bytes = (await filesInZip(reader)).get(revocationListName);
  if (!bytes) throw new FormatError('revocation list', `there is no ${revocationListName} in it`);
  const list = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (list?.list !== 'trajno-revoked-copies-1' || !Array.isArray(list.revoked))
    throw new FormatError('revocation list', 'it is of another kind');
  return list;
}

interface PageAnswer {
  readonly status?: string;
  readonly copy?: {
    readonly number?: string;
    readonly standing?: string;
    readonly revokedAt?: string;
    readonly handedOut?: readonly { readonly sha256?: string }[];
  };
}

/** The issuer's page tells of the code, and whether this very file was handed out. */
async function byPage({ statement, reader }: ReadCopy, ask: AskPage): Promise<Check> {
  const { verifyAt } = statement;
  if (!verifyAt) return undecided('revocation', 'The copy names no page to ask.');
  const body = await ask(`${verifyAt}?format=json`);
  if (!body) return undecided('revocation', `${verifyAt} gives no answer. Try again later.`);
  const { status, copy } = pageAnswer(body);
  if (status === 'unknown') return failed('revocation', 'The issuer’s page knows no copy with this code.');
  if (status !== 'issued' || copy?.number !== statement.number)
    return failed('revocation', 'The issuer’s page tells of another copy under this code.');
  if (copy.standing !== 'stands')
    return failed('revocation', `The copy was revoked at ${copy.revokedAt ?? 'a time not told'}.`);
  const own = sha256Hex(await readWhole(reader, 1 << 30));
  if (!copy.handedOut?.some(({ sha256 }) => sha256 === own))
    return failed('revocation', 'The copy stands, but this file is none of those that were handed out with it.');
  return passed(
    'revocation',
    `The issuer’s page says that the copy stands, and that this file was handed out with it.`,
  );
}

function pageAnswer(body: Uint8Array): PageAnswer {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) ?? {};
  } catch {
    return {}; // whatever else a page says is no answer of ours
  }
}
