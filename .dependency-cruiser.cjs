/**
 * Who may import whom. Imports go downward only: service > archive > standards > base.
 * A room not listed for another may not be imported from it; each rule says why.
 */
const rooms = {
  'standards/formats': ['base'],
  'standards/certification-path': ['base', 'standards/formats'],
  'standards/trusted-lists': ['base', 'standards/formats', 'standards/certification-path'],
  // a verdict ends with what the signature is by the law, and lists say which anchors there are
  'standards/signatures': ['base', 'standards/formats', 'standards/certification-path', 'standards/trusted-lists'],
  'standards/evidence': ['base', 'standards/formats', 'standards/certification-path'],
  'standards/seals': ['base', 'standards/formats', 'standards/certification-path'],
  'standards/packages': ['base', 'standards/formats'],
  'standards/ocfl': ['base', 'standards/formats'],
  'standards/pronom': ['base', 'standards/formats'],
  'standards/payments': ['base', 'standards/check-digits'], // a payment has an account and a reference
  'archive/archival-storage': ['base', 'standards/ocfl'],
  'archive/data-management': ['base'],
  'archive/trust-services': [
    'base',
    'standards/formats',
    'standards/seals',
    'standards/certification-path',
    'standards/trusted-lists',
    'standards/signatures', // a trusted list is a signed document
  ],
  'archive/packaging': [
    'base',
    'standards/packages',
    'standards/ocfl',
    'standards/seals',
    'standards/formats',
    'archive/archival-storage',
    'archive/data-management',
    'archive/trust-services',
  ],
  // kinds of record: what they ask for, and what follows from it
  'archive/profiles': ['base', 'standards/check-digits', 'archive/data-management'],
  'archive/ingest': [
    'base',
    'standards/check-digits', // numbers in invoices
    'archive/profiles',
    'standards/packages',
    'standards/signatures',
    'standards/evidence', // validates evidence records that come with a submission
    'standards/pronom',
    'standards/formats',
    'standards/seals',
    'archive/packaging',
    'archive/archival-storage',
    'archive/data-management',
    'archive/trust-services',
  ],
  'archive/preservation': [
    'base',
    'standards/packages',
    'standards/signatures',
    'standards/trusted-lists', // refreshes the lists in use
    'standards/evidence',
    'standards/seals', // seals the reports
    'standards/ocfl',
    'standards/pronom',
    'standards/formats',
    'archive/packaging',
    'archive/archival-storage',
    'archive/data-management',
    'archive/trust-services',
  ],
  'archive/access': [
    'base',
    'standards/packages',
    'standards/signatures',
    'standards/trusted-lists', // hands them to validations in threads
    'standards/evidence',
    'standards/ocfl',
    'standards/seals',
    'standards/formats',
    'standards/check-digits',
    'standards/payments', // the fee of a certified copy
    'archive/packaging',
    'archive/archival-storage',
    'archive/data-management',
    'archive/trust-services',
    'archive/preservation', // gives away the evidence that is kept there
  ],
  'archive/administration': [
    'base',
    'archive/profiles',
    'standards/packages',
    'standards/ocfl',
    'standards/formats',
    'standards/check-digits', // numbers of creators
    'standards/seals', // seals tombstones, certificates of destruction and transcripts
    'archive/access', // hands over what is given there: packages with their history and evidence
    'archive/preservation', // drills and hand-overs use its reports and evidence
    'archive/packaging',
    'archive/archival-storage',
    'archive/data-management',
    'archive/trust-services',
  ],
  'service/http': ['base', 'archive', 'standards', 'service/messages'],
  'service/web': ['base', 'archive', 'standards', 'service/messages', 'service/http'],
  'service/cli': ['base', 'archive', 'standards', 'service/messages'],
  'service/worker': ['base', 'archive'],
  // closed lists of every floor: a new word below does not compile until there is a sentence for it
  'service/messages': ['base', 'archive/data-management', 'standards/signatures'],
  // a guided tour: it makes samples with the archive's own seals, and uses the archive as the command line does
  demo: ['base', 'standards', 'archive', 'service/cli'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room.replace('/', '-')}`,
  comment: `${room} may import only: ${allowed.join(', ')} (ARCHITECTURE.md, "Who may import whom")`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [`^src/${room}/`, ...allowed.map((other) => `^src/${other}/`)] },
}));

const leaf = '^src/(standards/formats/[^/]+|standards/[^/]+|archive/[^/]+|service/[^/]+|demo|base)/';

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'base-imports-nothing',
      comment: 'every floor speaks base; base speaks to nobody',
      severity: 'error',
      from: { path: '^src/base/' },
      to: { path: '^src/', pathNot: '^src/base/' },
    },
    {
      name: 'no-cycles',
      comment: 'a cycle has no bottom to start reading from',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'enter-by-the-door',
      comment: "a room's face is its index.ts; a format's too",
      severity: 'error',
      from: { path: `(${leaf})` },
      to: { path: `${leaf}.+`, pathNot: ['^$1', '/index\\.tsx?$'] },
    },
    {
      name: 'standards-are-pure',
      comment: 'the legal core does no I/O and has no clock, so that it runs again at any past or future moment',
      severity: 'error',
      from: { path: '^src/standards/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib|buffer|util|module)$' },
    },
    {
      name: 'sql-in-one-room',
      comment: 'all SQL lives in archive/data-management',
      severity: 'error',
      from: { pathNot: '^src/(archive/data-management/|main\\.ts)' },
      to: { path: 'node_modules/(knex|sqlite3|pg)/' },
    },
    {
      name: 'koa-at-the-doors',
      comment: 'Koa lives in service/http and service/web and nowhere else',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/service/(http|web)/' },
      to: { path: 'node_modules/(koa|@koa)/' },
    },
    {
      name: 'nobody-imports-main',
      comment: 'the composition root (the files of src/ itself) is the top',
      severity: 'error',
      from: { path: '^src/.+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'resolvable',
      comment: 'what is imported exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
