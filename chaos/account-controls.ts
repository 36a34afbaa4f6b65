import { type Control, inFile, series, times } from './control.ts'
import { dieAt } from './crash-points.ts'

const APPLY = 'shared/protocol/apply.js'
const TEXTS = 'services/notification/text-customers.js'
const HELD_MS = 30_000 // another worker may be at an SMS for twelve seconds, and is asked about it after some more

/** Rules of accounts, and of what is sent to customers. */
export const ofAccounts: Control[] = [
  {
    rule: 'accounts acknowledges only after the commit',
    edits: [
      inFile(
        APPLY,
        'const ids = batch.map(({ message }) => message.id);',
        `const ids = batch.map(({ message }) => message.id); await deps.acknowledger.say(ids.map((id) => [id, 'done']));
        // crash point: acknowledged too early
        `,
      ),
      dieAt({ name: 'acknowledged too early', file: `dist/${APPLY}` }, ['accounts'], 5),
    ],
    faults: [],
    more: { signUpShare: 0.5 },
    tell: /audit: withoutInbox/,
  },
  {
    rule: 'an SMS is looked for at the gateway before it is sent again',
    edits: [
      inFile(TEXTS, 'sms.attempts > 1 ? ', 'false ? '),
      dieAt({ name: 'sms taken', file: `dist/${TEXTS}` }, ['notification'], 3),
    ],
    faults: [{ atMs: 50, kind: 'lost sms callbacks', share: 1, forMs: 8_000 }], // which would tell that it was sent
    more: { signUpShare: 0.5, settleLimitMs: HELD_MS },
    tell: /audit: duplicateSms/,
  },
  {
    rule: 'an SMS is sent by one worker at a time',
    edits: [inFile(TEXTS, 'if (others.isTheirs(sms))', 'if (false)')],
    faults: [
      { atMs: 50, kind: 'sms slowness', delayMs: 700, forMs: 8_000 },
      ...series(600, times(9, [{ kind: 'repeat', service: 'notification', holdMs: 400, afterMs: 0 }])),
    ],
    more: { signUpShare: 0.8, doubled: ['notification'], settleLimitMs: HELD_MS },
    tell: /audit: duplicateSms/,
  },
  {
    rule: 'a link works once',
    edits: [
      inFile('services/accounts/proofs.js', `account <> '' AND "usedAt" IS NULL`, `account <> ''`),
      inFile('services/accounts/proofs.js', 'proof.usedAt === null ?', 'true ?'),
    ],
    faults: [],
    more: { signUpShare: 0.6 },
    tell: /a link to .* has worked 2 times/,
  },
  {
    rule: 'who has gone is forgotten with their orders',
    edits: [inFile('services/order/hear-customers.js', 'await eraseCustomers(tx, accounts)', 'await 0')],
    faults: [],
    more: { signUpShare: 0.8 },
    tell: /audit: leftBehind/,
  },
]
