import { Deferral, type Message } from '../../shared/events.ts'
import type { Emit, Handler, Outside, Prepared } from '../../shared/handler.ts'
import { groupCommit, groupRead } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Seal } from '../../shared/sealed.ts'
import type { Client } from './db.ts'
import { opened } from './opened.ts'
import { optedOut, stop } from './optouts.ts'
import { TURN_MS, watchOtherWorkers } from './other-workers.ts'
import { beginSms, moveSms, type Sms, type SmsRequest, smsBySid, smsNamed, type WantedSms } from './sms.ts'
import { type Outcome, tellFailure, verdictOn } from './sms-outcome.ts'
import { bodyOf } from './sms-texts.ts'
import type { Texter } from './texter.ts'
import { STOPPED } from './texter-failure.ts'

export type Deps = {
  read: Client
  publish: Publish<Client>
  texter: Texter | null
  seal: Seal
  /** Names this worker, among those that may be at the same SMS. */
  holder: string
  /** Its steady clock (ms), by which it times the others. */
  steady?: () => number
  /** Where the gateway tells what becomes of the SMS that this event asked for. */
  callbackFor(eventId: string): string
}
type Heard = 'customer.phoneAdded' | 'sms.due'
type Told = { id: string; outcome: Outcome | null }

/**
 * One SMS for each event. That it is about to be sent is on disk before the gateway is asked, which knows no idempotency key:
 * whoever comes to it again looks there first, and sends it only where it is not to be found. Emits `sms.sent` or `sms.failed`.
 */
export function textCustomers(deps: Deps): Handler<Heard, Client, Told> {
  const begin = createBeginning(deps)
  const send = createSending(deps)
  const { steady = () => performance.now() } = deps
  return {
    says: 'sms.handled',
    async prepare(message, outside) {
      const request = requestIn(message)
      const lateMs = steady() + TURN_MS
      const sms = await begin(request)
      // crash point: sms begun
      const isReady = async () => steady() < lateMs || isToBeSent(await begin(request))
      return { id: sms.id, outcome: isToBeSent(sms) ? await send(sms, isReady, outside) : null }
    },
    apply: settle,
  }
}

/** A callback may have been quicker than we are. */
const isToBeSent = ({ state }: Sms) => state === 'sending'

/** Begins a try, and finds what stands now; throws `Deferral` while another worker may be at it. */
function createBeginning({ publish, holder, steady }: Deps) {
  const others = watchOtherWorkers(holder, steady)
  const begin = groupCommit<Client, WantedSms, Sms>(publish, (tx, wanted) => beginSms(tx, wanted, holder))
  return async (request: SmsRequest): Promise<Sms> => {
    const sms = await begin({ ...request, overdue: others.overdueAt(request.id) })
    if (others.isTheirs(sms)) throw new Deferral('another worker is sending it, or was killed then', HELD)
    return sms
  }
}

const HELD = { firstMs: 1_000, maxMs: 5_000, giveUpMs: 24 * 60 * 60_000 }

/**
 * Words an SMS and sends it, unless it is known to have gone out, or must not. `isReady` is asked when it is its turn, for others
 * would soon take a try that has waited for long for one that is over.
 */
function createSending({ read, texter, seal, callbackFor }: Deps) {
  const isOptedOut = groupRead(read, optedOut)
  return async (sms: Sms, isReady: () => Promise<boolean>, outside: Outside): Promise<Outcome | null> => {
    if (sms.phone === '') return { refusal: { code: null, reason: 'the account was deleted' } }
    if (texter === null) return { refusal: { code: null, reason: 'no SMS gateway is configured' } }
    // Whoever asks for a code has the phone in hand, and may have said START: the gateway knows.
    if (sms.kind !== 'code' && (await isOptedOut(sms.phone)))
      return { refusal: { code: STOPPED, reason: 'answered STOP' } }
    const text = { to: sms.phone, body: bodyOf(sms, codeIn(sms, seal)), callback: callbackFor(sms.id) }
    const before = sms.attempts > 1 ? await lookBefore(sms, text.body, { read, texter, outside }) : null
    if (before !== null) return { sid: before }
    const answer = await outside(async (signal) => ((await isReady()) ? texter.send(text, signal) : null))
    // crash point: sms taken
    return answer
  }
}

type Looking = { read: Client; texter: Texter; outside: Outside }

/** The id under which the gateway has taken it already: an SMS with these words, since then, that is no other one of ours. */
async function lookBefore(sms: Sms, body: string, { read, texter, outside }: Looking): Promise<string | null> {
  const found = await outside((signal) => texter.find({ to: sms.phone, body }, sms.at, signal))
  const [now] = await smsNamed(read, [sms.id])
  if (now?.sid) return now.sid // a callback has told meanwhile
  const others = await smsBySid(
    read,
    found.map(({ sid }) => sid),
  )
  return found.find(({ sid }) => (others.get(sid)?.id ?? sms.id) === sms.id)?.sid ?? null
}

/** Writes what came of them. What was told meanwhile, by a callback, is not taken back. */
async function settle(tx: Client, batch: Prepared<Heard, Told>[], emit: Emit): Promise<void> {
  const now = await smsNamed(
    tx,
    batch.map(({ found }) => found.id),
  )
  const verdicts = batch.flatMap(({ found }, i) => verdictOn(now[i] ?? null, found.outcome))
  await moveSms(
    tx,
    verdicts.flatMap(({ moved }) => moved ?? []),
  )
  for (const { sms, moved } of verdicts) {
    if (sms.state === 'failed') await fail(tx, sms, moved !== null, emit)
    else if (sms.kind !== 'order')
      emit({ name: 'sms.sent', subject: sms.subject, data: { kind: sms.kind, phone: sms.phone } })
  }
}

async function fail(tx: Client, sms: Sms, isNews: boolean, emit: Emit): Promise<void> {
  if (!isNews) return
  tellFailure(sms, emit)
  if (sms.errorCode === STOPPED) await stop(tx, sms.phone, emit)
}

function requestIn({ id, subject, name, data }: Message<Heard>): SmsRequest {
  const { phone, kind, email, language } = data
  const about = name === 'sms.due' ? { number: data.order, orderState: data.state } : { number: null, orderState: null }
  return { id, subject, kind, phone, name: data.name, email, language, ...about, code: codeOf(data) }
}

const codeOf = (data: Message<Heard>['data']) => ('code' in data ? (data.code ?? null) : null)

function codeIn({ code }: Sms, seal: Seal): string {
  return code === null ? '' : opened(seal, code)
}
