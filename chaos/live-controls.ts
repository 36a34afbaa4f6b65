import { type Control, inFile } from './control.ts'

const watched = (readers: number, alerts: number) => ({
  ...{ orders: 10, durationMs: 14_000, settleLimitMs: 20_000 },
  live: { readers, sleepers: 0, alerts },
})

/** Rules of what is told to who watches, and to who waits for a product. */
export const ofLive: Control[] = [
  {
    rule: 'where a reader stands it stands in one database',
    edits: [
      inFile('services/live/hub.js', 'cursor.mark === mark', 'true'),
      inFile('services/live/seat.js', 'const isAhead = !seat.isNew && seat.after > upTo', 'const isAhead = false'),
    ],
    faults: [{ atMs: 8_000, kind: 'lose database', service: 'live' }],
    more: watched(10, 0),
    tell: /things were missed/,
  },
  {
    rule: 'who waits for a product is told once',
    edits: [
      inFile('services/notification/alerts/tell-alerts.js', `SET state = 'told', open = NULL,`, 'SET'),
      // As another worker would that has found the same alerts.
      inFile(
        'services/notification/alerts/tell-alerts.js',
        'await tellDue(tx, due.map(({ id }) => id), emit);',
        'for (const _ of [1, 2]) await tellDue(tx, due.map(({ id }) => id), emit);',
      ),
    ],
    faults: [],
    more: watched(2, 10),
    tell: /audit: (eventTwice|wrongAlert|unexpectedMail)/,
  },
]
