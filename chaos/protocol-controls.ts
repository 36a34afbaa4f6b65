import { services } from '../shared/routes.ts'
import { BEFORE_COMMIT, type Control, inFile, series, times } from './control.ts'
import { dieAt } from './crash-points.ts'
import type { Deed } from './fault.ts'

/** Rules of how messages travel, whatever they say. */
export const ofProtocol: Control[] = [
  {
    rule: 'what was popped and is unaccounted for is pushed again',
    edits: [inFile('shared/protocol/settle.js', 'if (again.length > 0)', 'if (false)')],
    faults: series(
      400,
      times(2, services).map((service) => ({ kind: 'delete', key: 'queue', service, holdMs: 300 })),
    ),
    tell: /not at rest after .* orders open/,
  },
  {
    rule: 'a message is acknowledged only after the commit',
    edits: [
      inFile(
        'shared/protocol/apply.js',
        'const ids = batch.map(({ message }) => message.id);',
        "const ids = batch.map(({ message }) => message.id); await deps.acknowledger.say(batch.map(({ message: { list, id } }) => [list, id, 'done']));",
      ),
      dieAt(BEFORE_COMMIT, ['inventory', 'notification'], 5),
    ],
    faults: [],
    tell: /audit: (stuck|withoutInbox|missingMail)/,
  },
  {
    rule: 'the inbox knows what has taken effect',
    edits: [
      inFile(
        'shared/protocol/inbox.js',
        'return new Map(rows.map(({ id, outcome }) => [id, outcome]));',
        'return new Map();',
      ),
    ],
    // Order is held whenever another one has been: what gathered there has reached its list, and is repeated.
    faults: series(
      300,
      times(5, ['inventory', 'order', 'payment', 'order'] as const).map((service) => ({
        kind: 'repeat',
        service,
        holdMs: 250,
        afterMs: 800,
      })),
    ),
    tell: /audit: (illegalStep|appliedTwice)/,
  },
  {
    rule: 'duplicates are acknowledged again',
    edits: [
      inFile(
        'shared/protocol/processor.js',
        'await this.#deps.acknowledger.say([...seen]',
        'await Promise.resolve([...seen]',
      ),
      inFile(
        'shared/protocol/apply.js',
        'acknowledger.say(batch.map(',
        'acknowledger.say(batch.filter(({ message }) => !before.has(message.id)).map(',
      ),
    ],
    faults: series(
      150,
      times(8, services).flatMap((service): Deed[] => [
        { kind: 'delete', key: 'status', service, holdMs: 10 },
        { kind: 'delete', key: 'mark', service, holdMs: 10 },
      ]),
    ),
    tell: /not at rest after .* messages out/,
  },
  {
    rule: 'every push carries a fresh stamp',
    edits: [
      inFile('shared/protocol/window.js', 'const stamp = stamps.next()', 'const stamp = stamps.next() - 60_000'),
      inFile('shared/protocol/requeue.js', 'stamp: stamps.next()', 'stamp: message.stamp'),
    ],
    faults: [
      { atMs: 100, kind: 'slowness', delayMs: 700, forMs: 2_000 },
      { atMs: 1_000, kind: 'freeze', victim: 'payment', forMs: 12_000 },
    ],
    tell: /a message was pushed \d+ times/,
  },
  {
    rule: 'what is given up is told to its order',
    edits: [
      inFile('shared/protocol/bury.js', 'tellBuried(letter, deps.service, emit);', ''),
      inFile(
        'services/payment/take-tender.js',
        "if (payment.state !== 'charging' ||",
        "throw new (await import('../../shared/events.js')).Unfixable('doctored'); if (false ||",
      ),
    ],
    faults: [],
    tell: /audit: untold/,
  },
  {
    rule: 'a receiver that its sender does not know is told everything',
    edits: [inFile('shared/protocol/heard.js', 'const isToKnow = ', 'const isToKnow = false && ')],
    faults: [
      { atMs: 300, kind: 'freeze', victim: 'inventory', forMs: 3_000 },
      { atMs: 900, kind: 'forget receiver', service: 'order', receiver: 'inventory' },
      { atMs: 1_500, kind: 'flush' }, // what was in the list
    ],
    tell: /audit: (stuck|withoutInbox)|orders open/,
  },
  {
    rule: 'a queue belongs to one database',
    edits: [inFile('shared/protocol/claim.js', 'if (owner === null || owner === databaseId)', 'if (true)')],
    faults: [
      { atMs: 100, kind: 'rival', service: 'inventory' },
      { atMs: 150, kind: 'freeze', victim: 'inventory', forMs: 4_000 }, // so that there is something to take when the rival is up
    ],
    tell: /another shop’s inventory took \d+ messages/,
  },
  {
    rule: 'what was paused goes on when it is told to',
    edits: [
      inFile(
        'services/control/queues/set-pause.js',
        "verb: 'resume', isPaused: false",
        "verb: 'resume', isPaused: true",
      ),
    ],
    faults: [{ atMs: 1_000, kind: 'pause', service: 'payment', forMs: 1_500 }],
    tell: /not at rest after .* orders open/,
  },
  {
    rule: 'what has failed says when it works again',
    edits: [inFile('shared/every.js', 'watched.ok()', '{}')],
    faults: series(300, [{ kind: 'refusal', what: 'hgetall', forMs: 1_500 }]),
    tell: /is not ready: .*NOPERM/,
  },
]
