import { parseArgs } from 'node:util';
import { copyPayment, listCopies, recordPayment, revokeCopy } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, OpenArchive } from './command.ts';

const actor = 'operator';

/**
 * `trajno copies [list | revoke NUMBER --reason TEXT | payment NUMBER | paid NUMBER --on DAY [--amount A]] [--json]`: the
 * register of issued copies. A payment is named by the copy's number or by its own reference.
 */
export const copies: Command = async (args, { openArchive, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      reason: { type: 'string' },
      on: { type: 'string' },
      amount: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [what = 'list', copy = ''] = positionals;
  const act = acts[what];
  if (!act) throw new ArchiveError('USAGE', `Say what is to be done: ${Object.keys(acts).join(', ')}.`);
  if (what !== 'list' && !copy) throw new ArchiveError('USAGE', 'Name one copy.');
  const archive = await openArchive();
  try {
    await act(archive.copies, out, { ...values, copy });
    return 0;
  } finally {
    await archive.close();
  }
};

type Out = Parameters<Command>[1]['out'];
interface Asked {
  readonly copy: string;
  readonly reason?: string;
  readonly on?: string;
  readonly amount?: string;
  readonly json: boolean;
}

const acts: Readonly<Record<string, (context: OpenArchive['copies'], out: Out, asked: Asked) => Promise<void>>> = {
  list: (context, out, { json }) => tellRegister(context, out, json),
  revoke: async (context, out, { copy, reason = '', json }) => {
    if (!reason.trim()) throw new ArchiveError('USAGE', 'Say why with --reason.');
    const { number, revoked } = await revokeCopy(context, { copy, actor, reason: reason.trim() });
    if (json) out.json({ number, revokedAt: revoked?.at });
    else out.line(`${number} revoked ${revoked?.at}`);
  },
  payment: async (context, out, { copy, json }) => {
    const payment = await copyPayment(context, copy);
    if (json) out.json(payment);
    else out.line(payment.ipsText);
  },
  paid: async (context, out, { copy, on: paidOn = '', amount, json }) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(paidOn))
      throw new ArchiveError('USAGE', 'Say on which day it was paid: --on 2026-11-25.');
    const payment = { paidOn, ...(amount ? { amount } : {}) };
    const { number, paid } = await recordPayment(context, { copy, actor, payment });
    if (json) out.json({ number, paidOn: paid?.on, amount: paid?.amount });
    else out.line(`${number} paid ${paid?.on}`);
  },
};

const atOnce = 200;

async function tellRegister(context: OpenArchive['copies'], out: Out, asJson: boolean): Promise<void> {
  const all: object[] = [];
  for (let before: number | undefined; ; ) {
    const { copies: page, next } = await listCopies(context, { limit: atOnce, ...(before ? { before } : {}) });
    for (const { number, issuedAt, recordNumber, revokedAt } of page) {
      if (asJson) all.push({ number, issuedAt, record: recordNumber, ...(revokedAt ? { revokedAt } : {}) });
      else out.line(`${number}  ${issuedAt}  ${recordNumber}${revokedAt ? `  revoked ${revokedAt}` : ''}`);
    }
    if (next === undefined) break;
    before = next;
  }
  if (asJson) out.json({ copies: all });
}
