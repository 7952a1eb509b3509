import { ArchiveError } from '../../base/index.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';

/** Every verb, and how it is used. */
const verbs: Readonly<Record<string, { run: Command; usage: string }>> = {
  archive: {
    run: async (args, context) => (await import('./archive-files.ts')).archiveFiles(args, context),
    usage: 'archive FILE… [--together] [--list LIST] [--profile ID] [--metadata FILE.json|FILE.csv] [--json]',
  },
  list: {
    run: async (args, context) => (await import('./list-records.ts')).listRecords(args, context),
    usage: 'list [--query TEXT] [--state STATE] [--cursor C] [--json]',
  },
  export: {
    run: async (args, context) => (await import('./export-package.ts')).exportPackage(args, context),
    usage: 'export RECORD --to DIR [--aip] [--form zip|tar|folder] [--version N] [--json]',
  },
  copy: {
    run: async (args, context) => (await import('./copy-record.ts')).copyRecord(args, context),
    usage:
      'copy RECORD --to DIR [--purpose TEXT] [--recipient TEXT] [--requested-on DAY] [--legal-interest TEXT] [--place TEXT] [--fee TEXT] [--channel C] [--script cyrillic|latin] [--decision TEXT] [--prepare | --signed FILE] [--json]',
  },
  copies: {
    run: async (args, context) => (await import('./copies.ts')).copies(args, context),
    usage: 'copies [list | revoke NUMBER --reason TEXT | payment NUMBER | paid NUMBER --on DAY [--amount A]] [--json]',
  },
  verify: {
    run: async (args, context) => (await import('./verify.ts')).verify(args, context),
    usage: 'verify PATH [--trust DIR]… [--evidence FILE]… [--revocation-list FILE] [--online] [--json]',
  },
  report: {
    run: async (args, context) => (await import('./report.ts')).report(args, context),
    usage: 'report [RECORD] --to DIR [--json]',
  },
  evidence: {
    run: async (args, context) => (await import('./evidence.ts')).evidence(args, context),
    usage: 'evidence verify ER --data FILE… [--trust DIR] [--json] | export RECORD --to DIR | keep | state | renew',
  },
  validate: {
    run: async (args, context) => (await import('./validate.ts')).validate(args, context),
    usage:
      'validate FILE [--content [NAME=]PATH]… [--trust DIR|FILE]… [--trusted-list FILE]… [--signature-policy FILE]… [--at TIME] [--offline] [--etsi-report FILE] [--json] | --list LIST',
  },
  identify: {
    run: async (args, context) => (await import('./identify.ts')).identify(args, context),
    usage: 'identify FILE… [--signatures FILE]… [--json]',
  },
  formats: {
    run: async (args, context) => (await import('./formats.ts')).formats(args, context),
    usage: 'formats [update --signatures FILE…] [--json]',
  },
  package: {
    run: async (args, context) => (await import('./package.ts')).packageCommand(args, context),
    usage: 'package validate PATH [--spec VERSION] [--json]',
  },
  store: {
    run: async (args, context) => (await import('./store.ts')).store(args, context),
    usage: 'store validate DIR [--json]',
  },
  audit: {
    run: async (args, context) => (await import('./audit-copies.ts')).auditCopies(args, context),
    usage: 'audit [--location NAME] [--witness FILE]… [--json]',
  },
  anchors: {
    run: async (args, context) => (await import('./anchors.ts')).anchors(args, context),
    usage: 'anchors --to DIR [--json]',
  },
  location: {
    run: async (args, context) => (await import('./location.ts')).location(args, context),
    usage: 'location list | leave NAME --reason TEXT | bring-back NAME',
  },
  profile: {
    run: async (args, context) => (await import('./profile.ts')).profile(args, context),
    usage: 'profile list | show ID [--version V] | put FILE.json | withdraw ID --reason TEXT [--by NAME] [--json]',
  },
  creators: {
    run: async (args, context) => (await import('./creators.ts')).creators(args, context),
    usage: 'creators list | enter FILE.json [--id CREATOR] [--json]',
  },
  categories: {
    run: async (args, context) => (await import('./categories.ts')).categories(args, context),
    usage:
      'categories list | versions | seed FILE.csv|FILE.xlsx | import FILE.csv|FILE.xlsx --adopted DAY [--valid-from DAY] [--consent N --consent-date DAY] [--exact] | export FILE [--list ID] [--creator ID] [--json]',
  },
  retention: {
    run: async (args, context) => (await import('./retention.ts')).retention(args, context),
    usage:
      'retention [summary] | show RECORD | candidates | start --record R|--case C --event E --date DAY | extend RECORD --until DAY --reason TEXT | reclassify RECORD --category MARK --reason TEXT [--archive-consent TEXT] [--json]',
  },
  hold: {
    run: async (args, context) => (await import('./hold.ts')).hold(args, context),
    usage:
      'hold list [--lifted] | place --record R|--case C|--category MARK|--query TEXT --owner TEXT --mandate TEXT --reason TEXT --review-on DAY | review HOLD --review-on DAY | lift HOLD --reason TEXT [--json]',
  },
  dispose: {
    run: async (args, context) => (await import('./dispose.ts')).dispose(args, context),
    usage:
      'dispose list | show D | propose [RECORD…] [--early TEXT] | review D --members NAME --members NAME --minutes N --date DAY [--refuse] | send D --letter N --date DAY --channel TEXT | decide D --number N --date DAY --document FILE [--refuse] | request D --to DIR | execute D --method TEXT | abandon D --reason TEXT | document D NAME --to FILE | confirm-rebuild; each step --by NAME [--json]',
  },
  handover: {
    run: async (args, context) => (await import('./handover.ts')).handover(args, context),
    usage:
      'handover [list] | candidates [--within YEARS] | show H | propose [RECORD…] [--early TEXT] | review H --members NAME --members NAME --minutes N --date DAY --place TEXT --opinion TEXT [--whole] [--refuse] | package H --to DIR [--form zip|tar|folder] | send H --letter N --date DAY --channel TEXT | confirm H --number N --date DAY --document FILE [--refuse] | execute H | abandon H --reason TEXT | document H NAME --to FILE; each step --by NAME [--json]',
  },
  book: {
    run: async (args, context) => (await import('./book.ts')).book(args, context),
    usage: 'book [show] | enter | print --to FILE.pdf|.xlsx|.csv | transcript --year YEAR --to FILE.pdf | due [--json]',
  },
  register: {
    run: async (args, context) => (await import('./register.ts')).register(args, context),
    usage:
      'register list | enter --subject TEXT --received DAY [--case N] [--record R] [--sender TEXT] | void ENTRY --reason TEXT | close --book B --year YEAR [--json]',
  },
  backup: {
    run: async (args, context) => (await import('./maintenance.ts')).backup(args, context),
    usage: 'backup --to DIR [--json]',
  },
  drill: {
    run: async (args, context) => (await import('./drill.ts')).drill(args, context),
    usage: 'drill [--json]',
  },
  rebuild: {
    run: async (args, context) => (await import('./maintenance.ts')).rebuild(args, context),
    usage: 'rebuild [--from LOCATION] [--json]',
  },
  migrate: {
    run: async (args, context) => (await import('./maintenance.ts')).migrate(args, context),
    usage: 'migrate',
  },
  serve: { run: async (_, context) => context.serve({ demo: false }), usage: 'serve' },
  demo: { run: async (_, context) => context.serve({ demo: true }), usage: 'demo' },
  worker: { run: async (_, context) => context.work(), usage: 'worker' },
};

/**
 * Runs one command.
 * @param args without the program's name
 * @returns the exit code of the contract: 0 well, 1 not as it should be, 2 wrong usage, 3 the archive failed
 */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name = 'help', ...rest] = args;
  const verb = verbs[name];
  if (!verb) {
    const known = Object.values(verbs).map(({ usage }) => `  trajno ${usage}`);
    if (name === 'help' || name === '--help') known.forEach(context.out.line);
    else context.out.message([`There is no command “${name}”. There are:`, ...known].join('\n'));
    return name === 'help' || name === '--help' ? 0 : 2;
  }
  try {
    return await verb.run(rest, context);
  } catch (error) {
    return tellFailure(error, verb.usage, context);
  }
}

/** Users never see a stack trace; what is no refusal is told in one line with its causes. */
function tellFailure(error: unknown, usage: string, { out }: CommandContext): ExitCode {
  if (error instanceof ArchiveError) {
    out.message(`${error.code}: ${error.message}`);
    for (const { pointer, detail } of error.places) out.message(`  ${pointer}: ${detail}`);
    if (error.code === 'USAGE') out.message(`usage: trajno ${usage}`);
    return exitFor(error);
  }
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code.startsWith('ERR_PARSE_ARGS')) {
    out.message(`${(error as Error).message}\nusage: trajno ${usage}`);
    return 2;
  }
  const told: string[] = [];
  for (let cause: unknown = error; cause instanceof Error && told.length < 5; cause = cause.cause)
    told.push(cause.message);
  out.message(`The archive failed: ${told.join('; because: ')}`);
  return 3;
}

const unreadable: readonly string[] = [
  'USAGE',
  'ENTRY_UNKNOWN',
  'METADATA_INVALID',
  'RECORD_UNKNOWN',
  'PROFILE_UNKNOWN',
  'FILE_UNKNOWN',
  'COPY_UNKNOWN',
  'STATE_CONFLICT',
];

/** The archive works; what was asked for may not be. */
const refused: readonly string[] = [
  'CATEGORY_UNKNOWN',
  'LIST_INVALID',
  'INTERNAL_RULES_MISSING',
  'LOCATION_NOT_PERMITTED',
  'UNDER_LEGAL_HOLD',
  'DISPOSAL_REFUSED',
  'FOUR_EYES_REQUIRED',
  'COPY_FIXITY_FAILED',
  'COPY_SIGNATURE_FAILED',
  'COPY_NEEDS_DECISION',
  'PAYMENT_INVALID',
  'PERSON_SIGNATURE_REQUIRED',
  'PERSON_SIGNATURE_REFUSED',
];

function exitFor(error: ArchiveError): ExitCode {
  if (refused.includes(error.code)) return 1;
  return unreadable.includes(error.code) ? 2 : 3;
}
