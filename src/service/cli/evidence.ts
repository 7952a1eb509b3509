import { parseArgs } from 'node:util';
import { exportEvidence, verifyEvidence } from '../../archive/access/index.ts';
import { evidenceState, keepEvidence, renewWhatRestsOn, whatIf } from '../../archive/preservation/index.ts';
import { readAnchors } from '../../archive/trust-services/index.ts';
import { ArchiveError, type DigestAlgorithm } from '../../base/index.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { tellVerification } from './tell-verification.ts';

interface EvidenceOptions {
  readonly data: string[];
  readonly trust: string[];
  readonly to?: string;
  readonly json: boolean;
  readonly authority?: string;
  readonly digest?: string;
}

/**
 * `trajno evidence verify ER --data FILE… [--trust DIR] [--json]` needs nothing but what it is given;
 * `trajno evidence export RECORD --to DIR [--json]` writes the original files with their records;
 * `trajno evidence keep [--json]` closes and renews what is due now;
 * `trajno evidence state [--authority NAME | --digest NAME] [--json]` tells how much is covered, what waits and what is due, and
 * what would be lost if an authority or a digest algorithm fell today;
 * `trajno evidence renew (--authority NAME | --digest NAME) [--json]` renews at once what rests on one that fell.
 */
export const evidence: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', multiple: true, default: [] },
      trust: { type: 'string', multiple: true, default: [] },
      to: { type: 'string' },
      authority: { type: 'string' },
      digest: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [action, ...rest] = positionals;
  switch (action) {
    case 'verify':
      return verify(rest, values, context);
    case 'export':
      return exportOf(rest, values, context);
    case 'keep':
      return keep(values, context);
    case 'state':
      return state(values, context);
    case 'renew':
      return renew(values, context);
    default:
      throw new ArchiveError('USAGE', 'Say what is wanted of the evidence: verify, export, keep, state or renew.');
  }
};

async function verify(
  [record, ...more]: readonly string[],
  { data, trust, json }: EvidenceOptions,
  { out, clock }: CommandContext,
): Promise<ExitCode> {
  const files = [...data, ...more]; // `--data A B` names two
  if (!record) throw new ArchiveError('USAGE', 'Name one evidence record to verify.');
  if (files.length === 0) throw new ArchiveError('USAGE', 'Name the files that it is over with --data.');
  const anchors = (await Promise.all(trust.map(readAnchors))).flat();
  const verification = await verifyEvidence({ record, files, anchors, validationTime: clock() }).catch(unreadable);
  return tellVerification(verification, out, json);
}

function unreadable(cause: NodeJS.ErrnoException): never {
  if (cause.path === undefined) throw cause;
  throw new ArchiveError('USAGE', `“${cause.path}” cannot be read. Check the name.`, { cause });
}

async function exportOf(
  [record, another]: readonly string[],
  { to, json }: EvidenceOptions,
  { openArchive, out }: CommandContext,
): Promise<ExitCode> {
  if (!record || another || !to) throw new ArchiveError('USAGE', 'Name one record and a folder to write to.');
  const archive = await openArchive();
  try {
    const files = await exportEvidence(archive.evidence, { record, to });
    if (json) out.json({ files });
    else files.forEach(out.line);
    return 0;
  } finally {
    await archive.close();
  }
}

async function keep({ json }: EvidenceOptions, { openArchive, out }: CommandContext): Promise<ExitCode> {
  const archive = await openArchive();
  try {
    const report = await keepEvidence(archive.evidence, ({ done, total }) => out.progress(done, total, 'renewed'));
    if (json) out.json(report);
    else for (const [what, count] of Object.entries(report)) out.line(`${what}: ${count}`);
    return report.broken > 0 ? 1 : 0;
  } finally {
    await archive.close();
  }
}

async function state(
  { authority, digest, json }: EvidenceOptions,
  { openArchive, out }: CommandContext,
): Promise<ExitCode> {
  const archive = await openArchive();
  try {
    const found = await evidenceState(archive.evidence);
    const fallen = authority === undefined ? digest && { digest } : { authority };
    const lost = fallen ? await whatIf(archive.evidence, fallen) : undefined;
    const told = {
      ...found,
      authorities: archive.evidence.authorities.health(),
      ...(lost ? { lost } : {}),
    };
    if (json) out.json(told);
    else out.line(JSON.stringify(told, undefined, 2));
    return 0;
  } finally {
    await archive.close();
  }
}

async function renew(
  { authority, digest, json }: EvidenceOptions,
  { openArchive, out }: CommandContext,
): Promise<ExitCode> {
  if ((authority === undefined) === (digest === undefined))
    throw new ArchiveError(
      'USAGE',
      'Name what fell: --authority NAME or --digest NAME, as `trajno evidence state` has them.',
    );
  const archive = await openArchive();
  try {
    const fallen = authority === undefined ? { digest: digestCalled(digest) } : { authority };
    const { renewed, broken } = await renewWhatRestsOn(archive.evidence, fallen);
    if (json) out.json({ renewed, broken });
    else {
      out.line(`renewed: ${renewed.length}`);
      for (const { batch, reason } of broken) out.line(`lost: ${batch}: ${reason}`);
    }
    return broken.length > 0 ? 1 : 0;
  } finally {
    await archive.close();
  }
}

function digestCalled(name: string | undefined): DigestAlgorithm {
  const known = (['sha256', 'sha384', 'sha512'] as const).find((digest) => digest === name);
  if (!known) throw new ArchiveError('USAGE', `“${name}” is no digest of evidence: sha256, sha384 or sha512.`);
  return known;
}
