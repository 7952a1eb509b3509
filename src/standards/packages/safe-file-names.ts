/** Bytes a name may take: what every usual file system allows (UTF-8). */
const longest = 255;

/** Separators, what Windows reserves, and the replacement character of broken text. */
const reserved = /[<>:"/\\|?*\u{FFFD}]/gu;

/** Control, format (bidirectional marks, zero-width) and private characters, lone surrogates, line separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/gu;

/** Names that are devices on Windows, with any extension. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/iu;

/**
 * Names of files of one folder, safe on every file system, in the order of `originalNames`: NFC, no separators, control
 * or reserved characters, not `.` or `..`, at most 255 bytes, no trailing dot or space, no Windows device; folders are
 * flattened into the name. Names that differ only by case or by Unicode form get a number. Names that are safe and
 * different already come back as they are.
 */
export function safeFileNames(originalNames: readonly string[]): string[] {
  const taken = new Set<string>();
  const nextNumber = new Map<string, number>();
  return originalNames.map((original) => {
    const name = safeName(original);
    const chosen = taken.has(clashKey(name)) ? numbered(name, taken, nextNumber) : name;
    taken.add(clashKey(chosen));
    return chosen;
  });
}

/** Two names with the same key are one file on some file system. */
export function clashKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function safeName(original: string): string {
  const visible = original.normalize('NFC').replace(reserved, '_').replace(invisible, '_');
  const named = shortened(trimmed(visible), '');
  return device.test(named) ? shortened(`_${named}`, '') : named;
}

function trimmed(name: string): string {
  return trimmedEnd(name.trimStart());
}

/** Windows drops trailing dots and spaces without a word. A loop, since a backtracking expression would be quadratic. */
function trimmedEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || (name[end - 1] as string).trim() === '')) end--;
  return name.slice(0, end);
}

function numbered(name: string, taken: ReadonlySet<string>, nextNumber: Map<string, number>): string {
  // Names that are cut to one stem share a counter, so that a thousand of them do not try the same numbers.
  const key = clashKey(shortened(name, '-0000000'));
  for (let number = nextNumber.get(key) ?? 2; ; number++) {
    const candidate = shortened(name, `-${number}`);
    nextNumber.set(key, number + 1);
    if (!taken.has(clashKey(candidate))) return candidate;
  }
}

/** `name` with `suffix` before its extension, its stem cut at a character so that the whole fits. */
function shortened(name: string, suffix: string): string {
  if (suffix === '' && name !== '' && Buffer.byteLength(name) <= longest) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  const room = longest - Buffer.byteLength(suffix) - Buffer.byteLength(extension);
  const stem = cutToBytes(name.slice(0, name.length - extension.length), room);
  return `${trimmedEnd(stem) || 'file'}${suffix}${extension}`;
}

function cutToBytes(text: string, room: number): string {
  if (Buffer.byteLength(text) <= room) return text;
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > room) break;
    end += character.length;
  }
  return text.slice(0, end);
}
