/**
 * Whole shops that are started again and again, or hurt, and pages that are looked at for most of a minute each:
 * `npm run test:all` plays them, too.
 */
const LONG =
  '/test/(chaos/(controls|crash-points)|e2e/(faults|launcher-trouble|loyalty|private|redis-data|upgrade|webhooks|' +
  'pages-(account|control|events|pay|pay-time|sale|tour|tour-crowds|truth|watch)))\\.test'

/** Jest in ESM mode: run it with `node --experimental-vm-modules`. Each file is transpiled, not type-checked. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.{ts,js}'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testPathIgnorePatterns: process.env.PLAY === 'all' ? [] : [LONG],
  maxWorkers: '100%', // one for each core: what one file waits for, another one may use
  testSequencer: './scripts/shops-first.mjs',
  testTimeout: 60_000,
}
