import type { Message } from '../../shared/events.ts'
import type { Handler } from '../../shared/handler.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** On `sms.sent`: whoever watches a registration sees that its SMS is out. */
export const noteSms: Handler<'sms.sent', Client> = {
  says: 'sms.noted',
  async apply(tx, batch) {
    const subjects = batch.map(({ message }) => message.subject)
    await tx.$executeRaw`
      UPDATE "Registration" SET "smsAt" = ${Date.now()}
      WHERE id IN (SELECT value FROM ${each(subjects)}) AND "smsAt" IS NULL`
  },
}

/** On `sms.failed`: the same says that its SMS goes by mail instead, whatever was told of it before. */
export const noteFailures: Handler<'sms.failed', Client> = {
  says: 'failure.noted',
  async apply(tx, batch) {
    const subjects = batch.map(({ message }) => message.subject)
    await tx.$executeRaw`
      UPDATE "Registration" SET "smsFailedAt" = ${Date.now()}
      WHERE id IN (SELECT value FROM ${each(subjects)}) AND "smsFailedAt" IS NULL`
  },
}

/** On `sms.stopped`: all accounts with the number show that it wants no SMS, or some again; what was said last counts. */
export const noteStops: Handler<'sms.stopped', Client> = {
  says: 'stop.noted',
  async apply(tx, batch) {
    for (const { message } of batch) await noteStop(tx, message)
  },
}

async function noteStop(tx: Client, { at, data: { phone, isStopped } }: Message<'sms.stopped'>): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Account" SET "isStopped" = ${isStopped ? 1 : 0}, "stopToldAt" = ${at}
    WHERE phone = ${phone} AND ("stopToldAt" IS NULL OR "stopToldAt" < ${at})`
}
