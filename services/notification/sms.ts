import type { Language, SmsKind } from '../../shared/customer-events.ts'
import { type Columns, each, insert, names, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { withoutGone } from './gone.ts'

/** How an SMS stands: about to be sent, taken by the gateway, arrived, or not to arrive. */
export type SmsState = 'sending' | 'sent' | 'delivered' | 'failed'

/**
 * An SMS, by the id of the event that asked for it. `code` is sealed. `sid` is the gateway's id of it, `errorCode` and `reason`
 * say why it failed; `holder` is the worker that tries it, `attempts` how often it has begun to since `at` (ms); `lookAt` is when
 * to ask what became of it.
 */
export type Sms = {
  id: string
  subject: string
  kind: SmsKind
  phone: string
  name: string
  email: string
  language: Language
  code: string | null
  number: string | null
  orderState: string | null
  state: SmsState
  sid: string | null
  errorCode: number | null
  reason: string | null
  holder: string
  attempts: number
  at: number
  lookAt: number | null
}

/** What an event asks for. */
export type SmsRequest = Pick<
  Sms,
  'id' | 'subject' | 'kind' | 'phone' | 'name' | 'email' | 'language' | 'code' | 'number' | 'orderState'
>

/** `overdue` is the try of another worker that must be over by now; null where none is known to be. */
export type WantedSms = SmsRequest & { overdue: number | null }

type Begun = SmsRequest & Pick<Sms, 'state' | 'holder' | 'attempts' | 'at'>

const begun: Columns<Begun> = [
  ...(['id', 'subject', 'kind', 'phone', 'name', 'email', 'language', 'code', 'number', 'orderState'] as const),
  ...(['state', 'holder', 'attempts', 'at'] as const),
]
const columns: Columns<Sms> = [...begun, 'sid', 'errorCode', 'reason', 'lookAt']
const moved: Columns<Sms> = ['id', 'state', 'sid', 'errorCode', 'reason', 'lookAt']

/**
 * Notes that these are about to be sent by `holder`, unless they have gone out, or another worker is at it; without whom they
 * are for where that account was deleted. Returns what stands for each of them now, in their order: only the one with this
 * holder may be sent, and only if it is `sending`.
 */
export async function beginSms(tx: Client, wanted: WantedSms[], holder: string): Promise<Sms[]> {
  const requests = await withoutGone<SmsRequest>(tx, wanted, ({ subject }) => subject, NOBODY)
  const now = Date.now()
  const rows = requests.map((request): Begun => ({ ...request, state: 'sending', holder, attempts: 1, at: now }))
  await tx.$executeRaw`
    ${insert('Sms', begun, rows)} ON CONFLICT (id) DO UPDATE SET attempts = "Sms".attempts + 1
    WHERE "Sms".state = 'sending' AND "Sms".holder = excluded.holder`
  const overdue = wanted.flatMap(({ id, overdue: attempts }) => (attempts === null ? [] : [{ id, attempts }]))
  if (overdue.length > 0) await takeOver(tx, overdue, holder)
  const found = await smsNamed(
    tx,
    wanted.map(({ id }) => id),
  )
  return found.map((sms, i) => {
    if (sms === null) throw new Error(`the SMS ${wanted[i]?.id} was written, and is not there`)
    return sms
  })
}

const NOBODY = { phone: '', name: '', email: '', code: null }

const tries: Columns<Pick<Sms, 'id' | 'attempts'>> = ['id', 'attempts']

/** Only where it is still the same try: whoever else has begun since is at it. */
async function takeOver(tx: Client, overdue: Pick<Sms, 'id' | 'attempts'>[], holder: string) {
  await tx.$executeRaw`
    UPDATE "Sms" SET holder = ${holder}, attempts = "Sms".attempts + 1
    FROM ${records('Sms', tries, overdue)} AS old
    WHERE "Sms".id = old.id AND "Sms".attempts = old.attempts AND "Sms".state = 'sending' AND "Sms".holder <> ${holder}`
}

/** The SMS with these ids, in their order; null where there is none. */
export async function smsNamed(read: Client, ids: string[]): Promise<(Sms | null)[]> {
  const rows = await read.$queryRaw<Sms[]>`
    SELECT ${names(columns)} FROM "Sms" WHERE id IN (SELECT value FROM ${each(ids)})`
  const byId = new Map(rows.map((row) => [row.id, plain(row)]))
  return ids.map((id) => byId.get(id) ?? null)
}

/** The SMS that the gateway knows by these ids, by them. */
export async function smsBySid(read: Client, sids: string[]): Promise<Map<string | null, Sms>> {
  const rows = await read.$queryRaw<Sms[]>`
    SELECT ${names(columns)} FROM "Sms" WHERE sid IN (SELECT value FROM ${each(sids)})`
  return new Map(rows.map((row) => [row.sid, plain(row)]))
}

/** SMS of which it should be known by now what became of them, at most `limit`. */
export async function overdueSms(read: Client, now: number, limit: number): Promise<Sms[]> {
  const rows = await read.$queryRaw<Sms[]>`
    SELECT ${names(columns)} FROM "Sms" WHERE "lookAt" <= ${now} ORDER BY "lookAt" LIMIT ${limit}`
  return rows.map(plain)
}

/** Writes how these stand now. */
export async function moveSms(tx: Client, sms: Sms[]): Promise<void> {
  if (sms.length === 0) return
  await tx.$executeRaw`
    UPDATE "Sms" SET state = new.state, sid = new.sid, "errorCode" = new."errorCode", reason = new.reason,
                     "lookAt" = new."lookAt"
    FROM ${records('Sms', moved, sms)} AS new WHERE "Sms".id = new.id`
}

const looking: Columns<Sms> = ['id', 'lookAt']

/** Writes when to look for these again, unless it has been told by now what became of them. */
export async function putOffLooks(tx: Client, sms: Sms[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Sms" SET "lookAt" = new."lookAt" FROM ${records('Sms', looking, sms)} AS new
    WHERE "Sms".id = new.id AND "Sms".state = 'sent'`
}

/** Times come as they are kept, as big as they may be. */
function plain(row: Sms): Sms {
  return { ...row, at: Number(row.at), lookAt: row.lookAt === null ? null : Number(row.lookAt) }
}
