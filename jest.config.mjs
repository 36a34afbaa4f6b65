/**
 * Whole shops that are started again and again, or hurt, and pages that are looked at for most of a minute each:
 * `npm run test:all` plays them, too.
 */
const LONG =
  '/test/(chaos/(controls|crash-points(-on-engines)?|engines|hosts)|e2e/(docs-answers|faults|fuzz|launcher-trouble|loyalty|private|redis-data|upgrade|webhooks|' +
  'pages-(?!(doors|gateway|refund)\\.)[\\w-]+))\\.test'

/** Each file is transpiled, not type-checked. */
const project = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFilesAfterEnv: process.env.CI ? ['<rootDir>/test/second-chance.ts'] : [],
}

/** The tests on the embedded engine: all there are. */
const sqlite = {
  ...project,
  displayName: 'sqlite',
  testMatch: ['<rootDir>/test/**/*.test.{ts,js}'],
  testPathIgnorePatterns: ['/test/postgres/', ...(process.env.PLAY === 'all' ? [] : [LONG])],
}

/**
 * Those that write to tables, once more: each folder that they have their tables in is a database of a server. Of each
 * service's tests a few; with PLAY=all, all but those that are about files.
 */
const ON_BOTH =
  '(delivery|order-idempotency|payment-refunds|release-stock|tell-stock|sale-line|accounts-books|notification-send-mail|live-resume|logs-sums)'
const OF_FILES =
  '/unit/(audit|bench|db|history|logs-archive|migrate|notification-(accounts|alerts|sms)|order-(claim|expiring|of-sale)|shards-killed|sql|stock-of-sales|trouble)' +
  '[\\w-]*\\.test'

const postgres = {
  ...project,
  displayName: 'postgres',
  testMatch: [`<rootDir>/test/(postgres/*|unit/${process.env.PLAY === 'all' ? '*' : ON_BOTH}).test.ts`],
  testPathIgnorePatterns: [OF_FILES],
  moduleNameMapper: { '^\\./settled\\.ts$': '<rootDir>/test/settled.ts' },
  globalSetup: '<rootDir>/scripts/postgres-for-tests.mjs',
  setupFilesAfterEnv: [...project.setupFilesAfterEnv, '<rootDir>/test/drop-databases.ts'],
  globalTeardown: '<rootDir>/scripts/end-postgres-of-tests.mjs',
}

/** Jest in ESM mode: run it with `node --experimental-vm-modules`. */
export default {
  projects: process.env.POSTGRES_BIN ? [sqlite, postgres] : [sqlite], // the set-up says where it is
  maxWorkers: '100%', // one for each core: what one file waits for, another one may use
  globalSetup: './scripts/memory-for-tests.mjs',
  workerIdleMemoryLimit: '1GB', // what Node keeps of each file's modules is let go with its worker: it came to 2.5 GB each
  testSequencer: './scripts/shops-first.mjs',
  testTimeout: 60_000,
}
