import { type Conclusion, failed, passed } from '../indication.ts';
import type { TokenFacts } from '../signed-document.ts';

/** Format checking (EN 319 102-1 5.2.2): what the structure breaks of its format's rules ends the validation. */
export function formatChecking({ formatFindings }: TokenFacts): Conclusion {
  const [finding] = formatFindings;
  return finding ? failed('FORMAT_FAILURE', finding) : passed();
}
