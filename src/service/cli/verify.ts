import { parseArgs } from 'node:util';
import { type CopyVerification, verifyCopy, verifyExport, verifyJournal } from '../../archive/access/index.ts';
import { readAnchors } from '../../archive/trust-services/index.ts';
import { ArchiveError, FormatError } from '../../base/index.ts';
import type { Command, Output } from './command.ts';
import { tellVerification } from './tell-verification.ts';
import { headsIn } from './witness-heads.ts';

/**
 * `trajno verify PATH [--trust DIR]… [--evidence FILE]… [--revocation-list FILE] [--witness FILE]… [--online] [--json]`: an exported
 * package, a certified copy or an exported journal. It needs nothing but what it is given; `--online` asks the page that the copy names.
 */
export const verify: Command = async (args, { out, clock, askPage }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trust: { type: 'string', multiple: true, default: [] },
      evidence: { type: 'string', multiple: true, default: [] },
      'revocation-list': { type: 'string' },
      witness: { type: 'string', multiple: true, default: [] },
      online: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [path] = positionals;
  if (!path || positionals.length > 1)
    throw new ArchiveError('USAGE', 'Name one exported package, certified copy or journal.');
  const anchors = (await Promise.all(values.trust.map(readAnchors))).flat();
  const trust = { anchors, validationTime: clock() };
  const journal = await verifyJournal(path, values.witness.flatMap(headsIn));
  if (journal) return tellVerification(journal, out, values.json);
  const list = values['revocation-list'];
  const copy = await readable(() =>
    verifyCopy(path, trust, {
      evidence: values.evidence,
      ...(list ? { list } : {}),
      ...(values.online ? { ask: askPage } : {}),
    }),
  );
  if (copy && !values.json) tellCopy(copy, out);
  return tellVerification(copy ?? (await verifyExport(path, anchors, trust.validationTime)), out, values.json);
};

/** What is given beside the copy and is malformed is wrong usage. */
async function readable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new ArchiveError('USAGE', `What was given beside the copy cannot be read: ${cause.message}.`, { cause });
  }
}

/** What the copy says it is; whether that holds is told below it. */
function tellCopy({ copy }: CopyVerification, out: Output): void {
  if (!copy) return;
  out.line(`Certified copy ${copy.number} of record ${copy.record} “${copy.title}”`);
  out.line(`issued ${copy.issuedAt} by ${copy.issuer}; signatures of the record: ${copy.verdict}`);
  out.line(
    `proven until ${copy.provenUntil}, newer evidence ${copy.evidenceAt ? `at ${copy.evidenceAt}` : 'from the issuer, by the code'}`,
  );
  out.line(`code ${copy.code}; root certificate SHA-256 ${copy.anchorSha256}`);
  out.line('');
}
