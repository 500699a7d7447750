/**
 * Who may import what. Rooms stand in one order; a room looks down, never up. Contracts are the words that all rooms
 * share, so they may be imported from anywhere (the platform excepted, which knows no room).
 */
const storeys = [
  'platform',
  'words',
  'access',
  'audit',
  'spaces',
  'network',
  'members',
  'reciprocity',
  'referrals',
  'matching',
  'alliances',
  'circles',
  'passport',
]

const below = Object.fromEntries(storeys.map((room, height) => [room, storeys.slice(0, height)]))
below.importing = storeys.slice(0, storeys.indexOf('spaces') + 1)
below.events = [...storeys, 'importing']
below.console = [...below.events, 'events']

const rooms = Object.keys(below)

/** Files without I/O and clock, wherever they stand. A new one is added here. */
const pureRules = [
  'lifecycle',
  'clocks',
  'guards',
  'outcome',
  'balance',
  'account',
  'person',
  'rings',
  'score',
  'ranking',
  'clearing',
  'decay',
  'terms',
]

const contract = String.raw`^src/[^/]+/contract[-a-z]*\.ts$`
const pure = String.raw`^src/[^/]+/(${pureRules.join('|')})\.ts$`
const routes = String.raw`^src/[^/]+/routes[-a-z]*\.tsx?$`
const top = [String.raw`^src/[^/]+\.tsx?$`, '^src/cli/']
const tables = '^db/schema/'
const library = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`

const looksDown = rooms.map((room) => ({
  name: `${room}-looks-down`,
  comment: `${room} may import ${below[room].join(', ') || 'no other room'}, and the contracts of all rooms.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/[^/]+/',
    pathNot: [
      `^src/(${[room, ...below[room]].join('|')})/`,
      ...(room === 'platform' ? [] : [contract]),
      ...top,
    ],
  },
}))

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const furniture = [
  rule(
    'contract-imports-words-only',
    'A contract is zod, the Operation type and other contracts: it is read by the browser of the docs and by tests.',
    { path: contract },
    { pathNot: [library('zod'), String.raw`^src/platform/operation\.ts$`, contract] },
  ),
  rule(
    'pure-rules-import-contracts-only',
    'A pure rule has no I/O and reads no clock, so that every case of it can be tested in memory. What a moment, a period, an id and a stored row look like, it may know.',
    { path: pure },
    { pathNot: [contract, pure, String.raw`^src/platform/(clock|policy|ids)\.ts$`, tables] },
  ),
  rule(
    'routes-do-not-query',
    'A request takes three hops: route, verb, tables.',
    { path: [routes, '^src/console/', '^src/platform/http/'] },
    { path: [library('drizzle-orm'), tables] },
  ),
  rule(
    'tables-import-drizzle-only',
    'The schema is also read by drizzle-kit, outside of the house; of the house it knows only how an id is written.',
    { path: tables },
    { pathNot: [library('drizzle-orm'), tables, String.raw`^src/platform/ids\.ts$`] },
  ),
]

const libraries = [
  rule(
    'fastify-at-the-door',
    'Only routes, app.ts, platform/http and the console know Fastify.',
    {
      path: '^(src|db)/',
      pathNot: [routes, String.raw`^src/app\.ts$`, '^src/platform/http/', '^src/console/'],
    },
    { path: library('fastify', 'fastify-[^/]+', '@fastify') },
  ),
  rule(
    'pg-in-the-database-room',
    'Verbs get a transaction from the door; nobody else opens a connection.',
    { path: '^(src|db)/', pathNot: '^src/platform/database/' },
    { path: [library('pg', 'pg-[^/]+'), library('drizzle-orm/node-postgres')] },
  ),
  rule(
    'jose-for-what-leaves-the-house',
    'Only access and passport sign and verify tokens.',
    { path: '^(src|db)/', pathNot: '^src/(access|passport)/' },
    { path: library('jose') },
  ),
  rule(
    'languages-in-the-words-room',
    'What is said to people in their language stands in one room; others know the shape of its speech.',
    { path: '^(src|db)/', pathNot: '^src/words/' },
    { path: library('i18next'), dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'mail-leaves-through-events',
    'A mail is sent from the outbox, after the commit.',
    { path: '^(src|db)/', pathNot: '^src/events/' },
    { path: library('nodemailer') },
  ),
]

const house = [
  rule('no-cycles', 'Two files that need each other are one file, or three.', {}, { circular: true }),
  rule(
    'top-is-imported-by-the-top-only',
    'Rooms take what they need as arguments.',
    { pathNot: top },
    { path: top },
  ),
  rule(
    'app-takes-its-dependencies',
    'app.ts builds from what it is given: no environment, no listening.',
    { path: String.raw`^src/app\.ts$` },
    { path: String.raw`^src/(main|config)\.ts$` },
  ),
  rule('main-is-imported-by-none', 'main.ts is the process.', {}, { path: String.raw`^src/main\.ts$` }),
  rule(
    'room-is-on-the-list',
    'A new room is entered in this file, at its height.',
    { path: '^src/[^/]+/', pathNot: [`^src/(${rooms.join('|')})/`, ...top] },
    {},
  ),
  rule(
    'no-orphans',
    'A file that nobody imports is dead, or its import was forgotten.',
    { orphan: true, pathNot: [String.raw`^src/main\.ts$`, String.raw`\.d\.ts$`, '^src/console/assets/'] },
    {},
  ),
  rule(
    'no-development-packages',
    'What the house runs on stands under dependencies.',
    { path: '^src/' },
    { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/@types/' },
  ),
  rule(
    'no-undeclared-packages',
    'Every package that is imported is in package.json.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  rule('no-unresolvable-imports', 'Every import leads to a file.', {}, { couldNotResolve: true }),
  rule(
    'no-tests-in-the-house',
    'src and db never import tests or benches.',
    {},
    { path: '^(test|bench|build)/' },
  ),
]

export default {
  forbidden: [...looksDown, ...furniture, ...libraries, ...house],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^build/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
