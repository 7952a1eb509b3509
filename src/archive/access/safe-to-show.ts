import { chunksOf, FormatError } from '../../base/index.ts';
import { hasActiveContent, openPdf } from '../../standards/formats/pdf/index.ts';
import type { OriginalFile } from './original-file.ts';

const largest = 64 << 20;
const mostKnown = 5000;
const known = new Map<string, boolean>();

/**
 * Whether a browser may show an original by itself. Its reader of PDF runs their scripts whatever a policy says, so that one
 * that has any, or is too large or too damaged to be looked through, is only ever downloaded. Other kinds have nothing that
 * would run under the policy with which they are sent.
 */
export async function isSafeToShow({ description, content }: OriginalFile): Promise<boolean> {
  if (description.mimeType !== 'application/pdf') return true;
  const before = known.get(description.sha256);
  if (before !== undefined) return before;
  const isSafe = content.size <= largest && (await isQuiet(content));
  if (known.size >= mostKnown) known.clear();
  known.set(description.sha256, isSafe);
  return isSafe;
}

async function isQuiet(content: OriginalFile['content']): Promise<boolean> {
  try {
    if ((await hasActiveContent(await openPdf(content))) !== false) return false;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
  // a reader that mends a document may reach what its cross-references do not
  let carried = '';
  for await (const chunk of chunksOf(content)) {
    const here = carried + Buffer.from(chunk).toString('latin1');
    if (here.includes('/JavaScript')) return false;
    carried = here.slice(-16);
  }
  return true;
}
