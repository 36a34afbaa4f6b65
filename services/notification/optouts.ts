import type { Emit } from '../../shared/handler.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** Whether these phones have said STOP, in their order. */
export async function optedOut(read: Client, phones: string[]): Promise<boolean[]> {
  const rows = await read.$queryRaw<{ phone: string }[]>`
    SELECT phone FROM "Optout" WHERE phone IN (SELECT value FROM ${each(phones)})`
  const stopped = new Set(rows.map(({ phone }) => phone))
  return phones.map((phone) => stopped.has(phone))
}

/** A phone wants no more SMS. Emits `sms.stopped` where that is new. */
export async function stop(tx: Client, phone: string, emit: Emit): Promise<void> {
  const changed = await tx.$executeRaw`
    INSERT INTO "Optout" (phone, at) VALUES (${phone}, ${Date.now()}) ON CONFLICT DO NOTHING`
  if (changed > 0) emit({ name: 'sms.stopped', subject: phone, data: { phone, isStopped: true } })
}

/** A phone wants SMS again. Emits `sms.stopped` where that is new. */
export async function resume(tx: Client, phone: string, emit: Emit): Promise<void> {
  const changed = await tx.$executeRaw`DELETE FROM "Optout" WHERE phone = ${phone}`
  if (changed > 0) emit({ name: 'sms.stopped', subject: phone, data: { phone, isStopped: false } })
}
