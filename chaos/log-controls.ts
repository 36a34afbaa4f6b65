import { type Control, inFile } from './control.ts'
import { dieAt } from './crash-points.ts'

const APPLY = 'shared/protocol/apply.js'
const SHIP = 'services/logs/ship-lines.js'
const written = {
  ...{ orders: 10, durationMs: 8_000, settleLimitMs: 15_000 },
  lines: { count: 20_000, writers: 2, kept: 4 },
}

const LOST = /lines were lost without a word|audit: lostLine/

/** Rules of how lines are collected. */
export const ofLogs: Control[] = [
  {
    rule: 'how far a file is read is noted with what was read',
    edits: [
      inFile(
        SHIP,
        'return publish(async (tx, emit) => {\n        const next = await noteFile(tx, file, { name, head, size, read: to });',
        `const next = await publish((tx) => noteFile(tx, file, { name, head, size, read: to }));
        // crash point: place noted
        return publish(async (tx, emit) => {`,
      ),
      dieAt({ name: 'place noted', file: `dist/${SHIP}` }, ['logs'], 5),
    ],
    faults: [],
    more: written,
    tell: LOST,
  },
  {
    rule: 'logs acknowledges only after the commit',
    edits: [
      inFile(
        APPLY,
        'const ids = batch.map(({ message }) => message.id);',
        `const ids = batch.map(({ message }) => message.id); await deps.acknowledger.say(ids.map((id) => [id, 'done']));
        // crash point: lines acknowledged too early
        `,
      ),
      dieAt({ name: 'lines acknowledged too early', file: `dist/${APPLY}` }, ['logs'], 5),
    ],
    faults: [],
    more: written,
    tell: LOST,
  },
  {
    rule: 'a line is kept once, by its run and number',
    edits: [
      inFile(
        'shared/protocol/inbox.js',
        'return new Map(rows.map(({ id, outcome }) => [id, outcome]));',
        'return new Map();',
      ),
      {
        file: 'prisma/logs/migrations/20261127190000_lines/migration.sql',
        find: 'CREATE UNIQUE INDEX "Line_run_n_key"',
        replace: 'CREATE INDEX "Line_run_n_key"',
      },
      dieAt({ name: 'before acknowledge', file: 'dist/shared/protocol/acknowledge.js' }, ['logs'], 5),
    ],
    faults: [],
    more: written,
    tell: /lines are kept twice|audit: doubledLine/,
  },
  {
    rule: 'what was gone before it was read is told',
    edits: [inFile('services/logs/track-files.js', 'if (isOurs && !isWhole)', 'if (false)')],
    faults: [
      { atMs: 2_000, kind: 'freeze', victim: 'logs', forMs: 5_000 },
      ...Array.from({ length: 12 }, (_, i) => ({ atMs: 2_500 + 300 * i, kind: 'rotate' as const })), // of each writer one more than are kept
    ],
    more: written,
    tell: /lines were lost without a word/,
  },
]
