import fc from 'fast-check'
import type { Customers } from './customers.ts'
import type { Document } from './document.ts'
import { type Finding, repeatOf } from './finding.ts'
import { createJudge, type Judge, type Secrets } from './judge-answer.ts'
import { type Admin, type Request, requestOf } from './request.ts'
import type { Say, Tally } from './run-fuzz.ts'
import { type Talk, talk } from './talk.ts'
import { type Wish, wishesFor } from './wish.ts'
import type { Words } from './words.ts'

const AT_ONCE = 12
const CHUNK = 500 // wishes made at a time
const FINDINGS_MAX = 500
const REFRESH_EVERY = 200 // requests, among which somebody signs out

type Sent = {
  seed: number
  count: number
  urls: string[]
  document: Document
  admin: Admin
  customers: Customers
  secrets: Secrets
}
type Books = {
  words: Words
  tally: Tally
  findings: Finding[]
  keep: (name: string, bytes: Buffer) => string
  signal: AbortSignal
  say: Say
}

/** Sends so many requests, several at once, and puts down what came of them. */
export async function sendAll(sent: Sent, books: Books): Promise<void> {
  const judge = createJudge(sent.document, sent.secrets)
  const wishes = wishesOf(sent)
  let nth = 0
  const work = async () => {
    for (const wish of wishes) {
      if (books.signal.aborted || books.findings.length > FINDINGS_MAX) return
      const mine = ++nth
      if (mine % REFRESH_EVERY === 0) await sent.customers.refresh()
      await sendOne(mine, wish, sent, judge, books)
      if (mine % 1_000 === 0) books.say(`${mine} of ${sent.count} requests, ${books.findings.length} findings`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

function* wishesOf({ seed, count, document }: Sent): Generator<Wish, void> {
  const wishes = wishesFor(document.routes.filter(({ path }) => !path.endsWith(PAUSE)))
  for (let made = 0; made < count; made += CHUNK)
    yield* fc.sample(wishes, { seed: seed * 1_000 + made / CHUNK, numRuns: Math.min(CHUNK, count - made) })
}

async function sendOne(nth: number, wish: Wish, sent: Sent, judge: Judge, books: Books): Promise<void> {
  const request = harmless(requestOf(wish, books.words, sent.admin), judge, books.words, sent.admin)
  const said = await talkAgain(sent.urls[wish.address % sent.urls.length] ?? '', request)
  const route = `${wish.route.method} ${wish.route.path}`
  note(books, route, said, request)
  for (const what of faultsOf(request, said, judge)) {
    const repeat = repeatOf(request, sent.admin.token, (bytes) => books.keep(`finding-${nth}.http`, bytes))
    books.findings.push({ nth, route, what, repeat })
  }
}

const UPLOAD_BYTES = 64 * 1024 // what is larger is cut off half a second after its answer

const TRIES = 4

/**
 * Who stands still for longer than that finds the answer gone with the connection; and so does whoever sends piece by piece
 * and wants the connection closed, if the answer comes before the last piece. Four times in a row it is no accident.
 */
async function talkAgain(address: string, request: Request): Promise<Talk> {
  const isLong = request.body.length > UPLOAD_BYTES || request.wish.sending.kind === 'pieces'
  for (let tries = 1; ; tries++) {
    const said = await talk(address, request)
    if (!isLong || !said.trouble?.startsWith('the connection broke') || tries === TRIES) return said
  }
}

// Kills and stops processes, flushes Redis, turns the world outside: that is what chaos is for, and what it did would be
// taken for the doing of another request. So does a pace of a call in a minute: no order would be taken behind it. The tour's
// loop sends orders, too; only the rest of what it is asked breaks something, or waits for long until all is mended.
const sabotage = new Map([
  ['POST /api/admin/demo', /./],
  ['POST /api/admin/pace', /./],
  ['POST /api/admin/tour/loop', /break|dieAt|repair/],
])

// What is sent after it would wait for whoever lets the queue go on.
const PAUSE = '/api/admin/queues/{service}/pause'

/** The request; where it would break the shop on purpose, the same without what to break. */
function harmless(request: Request, judge: Judge, words: Words, admin: Admin): Request {
  const { wish, body } = request
  const { method, path } = wish.route
  const breaks = sabotage.get(`${method} ${path}`)
  if (!breaks?.test(`${body}`) || !judge.takes(wish.route, body)) return request
  return requestOf({ ...wish, body: { value: {}, spoils: [], breakage: null } }, words, admin)
}

function note({ tally, words }: Books, route: string, { answers, trouble }: Talk, { asked }: Request): void {
  const counts = tally.get(route) ?? new Map<string, number>()
  tally.set(route, counts)
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
  for (const { status, headers, body } of answers) {
    count(String(status))
    if (status < 300 && headers.get('content-type')?.startsWith('application/json'))
      words.learn(JSON.parse(`${body}` || 'null'))
  }
  if (asked === 0) count('cut')
  else if (trouble !== null) count('none')
}

function faultsOf(request: Request, { answers, trouble }: Talk, judge: Judge): string[] {
  return [...(trouble === null ? [] : [trouble]), ...answers.flatMap((answer) => judge.answer(request, answer))]
}
