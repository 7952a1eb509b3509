import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import { readWhole } from '../../base/index.ts';
import {
  hashTree,
  type ReducedHashTree,
  reducedHashTree,
  rootOf,
  storedHashTree,
} from '../../standards/evidence/index.ts';
import { listEntries } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';

/** What an audit says of one copy: which it read, the digest of the inventory that it found, and when. */
export interface AuditRow {
  readonly copy: string;
  readonly location: string;
  /** Of the object's newest inventory as it was read; absent where there was none. */
  readonly inventorySha512?: string;
  readonly state: 'whole' | 'repaired' | 'damaged' | 'missing';
  readonly verifiedAt: string;
}

/** Rows that lie together in a file of their own, so that one of them is found without reading the others. */
interface RowGroup {
  readonly first: string;
  readonly last: string;
  /** The root over the group's rows, hexadecimal: a node of the whole tree. */
  readonly node: string;
}

const rowsOfGroup = 4096; // a power of two: the nodes of full groups are those of one binary tree over all rows
const groupsPath = 'row-groups.json';
const rowsPath = (group: number) => `rows/${String(group).padStart(5, '0')}.jsonl.gz`;

/** The rows of an audit while it runs. */
export interface AuditRows {
  /** Rows of the batch at this place; batches may come in any order, rows are kept in the order of their places. */
  put(place: number, rows: readonly AuditRow[]): void;
  /** The files that the report's object keeps, and the root over all rows; nothing where nothing was read. */
  finish(): { readonly root?: string; readonly files: { path: string; content: Uint8Array }[] };
}

/** Collects the rows of an audit, compressed as they come. */
export function auditRows(): AuditRows {
  const waiting = new Map<number, readonly AuditRow[]>();
  const files: { path: string; content: Uint8Array }[] = [];
  const groups: RowGroup[] = [];
  let open: AuditRow[] = [];
  let next = 0;
  const close = () => {
    const [first, last] = [open[0], open.at(-1)];
    if (!first || !last) return;
    files.push({ path: rowsPath(groups.length), content: gzipSync(open.map(rowLine).join(''), { level: 1 }) });
    groups.push({ first: first.copy, last: last.copy, node: treeOf(open).root.value });
    open = [];
  };
  return {
    put: (place, rows) => {
      waiting.set(place, rows);
      for (let batch = waiting.get(next); batch; batch = waiting.get(next)) {
        waiting.delete(next++);
        for (const row of batch) if (open.push(row) === rowsOfGroup) close();
      }
    },
    finish: () => {
      close();
      if (groups.length === 0) return { files: [] };
      const listed = { path: groupsPath, content: Buffer.from(`${JSON.stringify(groups)}\n`) };
      return { root: treeOfGroups(groups).root.value, files: [...files, listed] };
    },
  };
}

/** One copy's row of an audit, provable without the others: its lists lead to the root that the audit's report states. */
export interface ProvenAuditRow {
  readonly row: AuditRow;
  /** A reduced hash tree (RFC 4998 4.2) over SHA-512, hexadecimal; the first list holds the digest of the row's line. */
  readonly reducedHashTree: readonly (readonly string[])[];
}

/** The rows of one record in the newest audit that kept any. */
export interface AuditOfRecord {
  readonly audit: string;
  readonly finishedAt: string;
  readonly root: string;
  readonly rows: readonly ProvenAuditRow[];
}

/**
 * What the newest audit says of the copies of a record, each row with its way to the root. Reads a group of rows for each.
 * @param since when the record was archived: no audit before says anything of it
 * @returns undefined where no audit has read it
 */
export async function auditOfRecord(
  { catalog, storage, institution }: Pick<Holdings, 'catalog' | 'storage' | 'institution'>,
  recordId: string,
  since: string,
): Promise<AuditOfRecord | undefined> {
  const newest = await listEntries(catalog, { institution: institution.id, type: 'audit.finished', limit: 20 });
  for (const { subject: audit, time: finishedAt, detail } of newest) {
    if (finishedAt < since) return undefined;
    if (!audit || typeof detail.rowsRoot !== 'string') continue;
    const read = async (path: string) => readWhole(await storage.openState(audit, path), largestFile);
    const groups: RowGroup[] = JSON.parse(Buffer.from(await read(groupsPath)).toString('utf8'));
    const tree = storedHashTree(treeOfGroups(groups));
    const rows: ProvenAuditRow[] = [];
    for (const [index, group] of groups.entries()) {
      if (!mayHold(group, recordId)) continue;
      const all = await rowsOf(await read(rowsPath(index)));
      const within = storedHashTree(treeOf(all));
      const above = await reducedHashTree(tree, index, { digests: [Buffer.from(group.node, 'hex')] });
      for (const [at, row] of all.entries()) {
        if (row.copy !== recordId) continue;
        const lists = await reducedHashTree(within, at, { digests: [rowDigest(row)] });
        rows.push({ row, reducedHashTree: hexadecimal([...lists, ...above.slice(1)]) });
      }
    }
    if (rows.length > 0) return { audit, finishedAt, root: detail.rowsRoot, rows };
  }
  return undefined;
}

/** Whether the row is the one that the lists begin with, and they lead to the root. */
export function leadsToRoot({ row, reducedHashTree: lists }: ProvenAuditRow, root: string): boolean {
  const own = Buffer.from(rowDigest(row)).toString('hex');
  const octets: ReducedHashTree = lists.map((list) => list.map((value) => Buffer.from(value, 'hex')));
  return (
    lists[0]?.length === 1 && lists[0][0] === own && Buffer.from(rootOf('sha512', octets)).toString('hex') === root
  );
}

const largestFile = 1 << 26;
const largestGroup = 1 << 23;
const gunzipped = promisify(gunzip);

/** The line of a row as it is hashed: its members in this order, and a line feed. */
function rowLine({ copy, location, inventorySha512, state, verifiedAt }: AuditRow): string {
  return `${JSON.stringify({ copy, location, inventorySha512, state, verifiedAt })}\n`;
}

const rowDigest = (row: AuditRow): Uint8Array => hash('sha512', rowLine(row), 'buffer');

const treeOf = (rows: readonly AuditRow[]) =>
  hashTree({ algorithm: 'sha512', leaves: Buffer.concat(rows.map(rowDigest)) });

const treeOfGroups = (groups: readonly RowGroup[]) =>
  hashTree({ algorithm: 'sha512', leaves: Buffer.concat(groups.map(({ node }) => Buffer.from(node, 'hex'))) });

const hexadecimal = (lists: ReducedHashTree) =>
  lists.map((list) => list.map((value) => Buffer.from(value).toString('hex')));

/** Rows are in the order of their copies, location by location; a group may begin in one location and end in the next. */
const mayHold = ({ first, last }: RowGroup, copy: string) => (first <= last ? first <= copy && copy <= last : true);

async function rowsOf(member: Uint8Array): Promise<AuditRow[]> {
  const text = (await gunzipped(member, { maxOutputLength: largestGroup })).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
