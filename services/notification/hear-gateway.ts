import type { Emit } from '../../shared/handler.ts'
import { insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { resume, stop } from './optouts.ts'
import { moveSms, type Sms, smsBySid, smsNamed } from './sms.ts'
import { afterTidings, tellFailure } from './sms-outcome.ts'
import type { Tidings } from './texter.ts'

/** What the gateway tells of an SMS: of the one that this event asked for, where it says so. */
export type Status = Tidings & { eventId: string | null }
/** What a phone has answered. */
export type Reply = { sid: string; phone: string; body: string; optOut: string | null }

/** Notes what has become of SMS; what is told again, or late, changes nothing. Emits `sms.failed` for what will not arrive. */
export async function noteStatuses(tx: Client, statuses: Status[], emit: Emit): Promise<null[]> {
  const current = await concerned(tx, statuses)
  const moved = new Map<string, Sms>()
  for (const status of statuses) {
    const known = current.get(status.eventId ?? '') ?? current.get(status.sid)
    const next = known && afterTidings(moved.get(known.id) ?? known, status)
    if (next) moved.set(next.id, next)
  }
  await moveSms(tx, [...moved.values()])
  for (const sms of moved.values()) if (sms.state === 'failed') tellFailure(sms, emit)
  return statuses.map(() => null)
}

/** The SMS that are told of, by the id of their event and by the gateway's. */
async function concerned(tx: Client, statuses: Status[]): Promise<Map<string | null, Sms>> {
  const bySid = await smsBySid(
    tx,
    statuses.map(({ sid }) => sid),
  )
  const named = await smsNamed(
    tx,
    statuses.flatMap(({ eventId }) => eventId ?? []),
  )
  return new Map([...bySid, ...named.flatMap((sms) => (sms === null ? [] : [[sms.id, sms] as const]))])
}

// By default Twilio obeys these words itself, and passes them on: https://help.twilio.com/articles/223134027
const OUT = /^\s*(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)\s*$/i
const IN = /^\s*(start|yes|unstop)\s*$/i

const noted = ['sid', 'at'] as const

/** Notes what phones have answered, each answer once: STOP and START count, the others are read by nobody. */
export async function noteReplies(tx: Client, replies: Reply[], emit: Emit): Promise<null[]> {
  const at = Date.now()
  const rows = replies.map(({ sid }) => ({ sid, at }))
  const kept = await tx.$queryRaw<{ sid: string }[]>`
    ${insert('Reply', noted, rows)} ON CONFLICT DO NOTHING RETURNING sid`
  const fresh = new Set(kept.map(({ sid }) => sid))
  for (const { sid, phone, body, optOut } of replies) {
    if (!fresh.delete(sid)) continue
    if (optOut === 'STOP' || OUT.test(body)) await stop(tx, phone, emit)
    else if (optOut === 'START' || IN.test(body)) await resume(tx, phone, emit)
  }
  return replies.map(() => null)
}
