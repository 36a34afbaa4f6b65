import { join } from 'node:path'
import { PrismaClient } from '../../../prisma/notification/client/client.ts'
import { composeMail } from '../../../services/notification/compose-mail.ts'
import { type Contact, contactIn } from '../../../services/notification/contacts.ts'
import type { Mailer } from '../../../services/notification/mailer.ts'
import { paid } from '../../../services/notification/money-wordings.ts'
import type { OrderNames } from '../../../services/notification/order-names.ts'
import { received } from '../../../services/notification/wordings.ts'
import { DurableAdapter } from './durable-adapter.ts'
import { type Job, type Jobs, once } from './job.ts'

type Deps = { prisma: PrismaClient; mailer: Mailer; names: OrderNames }
type Mailed = Job<'order.placed' | 'payment.captured'>

/** Notification's jobs. Those of orders that come to nothing are left out: no contest has any. */
export function notificationJobs(folder: string, mailer: Mailer, names: OrderNames): Jobs {
  const prisma = new PrismaClient({ adapter: new DurableAdapter(join(folder, 'notification.db')) })
  return {
    doJob: async (job) => {
      if (job.name !== 'order.placed' && job.name !== 'payment.captured')
        throw new Error(`nothing is done here about ${job.name}`)
      await sendMail({ prisma, mailer, names }, job)
      return []
    },
    close: async () => {
      mailer.close()
      await prisma.$disconnect()
    },
  }
}

async function sendMail({ prisma, mailer, names }: Deps, job: Mailed): Promise<void> {
  const contact = job.name === 'order.placed' ? contactIn(asMessage(job)) : await contactOf(prisma, job.subject)
  const wording = job.name === 'order.placed' ? received(contact, asMessage(job)) : paid(contact, asMessage(job))
  const mail = composeMail(wording, contact, job.at, names)
  await mailer.send(mail, AbortSignal.timeout(SEND_LIMIT_MS))
  await once(prisma, job, async (tx) => {
    if (job.name === 'order.placed')
      await tx.contact.create({ data: { ...contact, lines: JSON.stringify(contact.lines) } })
    const { messageId, about: orderId, kind, to } = mail
    await tx.mail.create({ data: { messageId, orderId, kind, recipient: to.email, sentAt: Date.now() } })
  })
}

const SEND_LIMIT_MS = 10_000

async function contactOf(prisma: PrismaClient, orderId: string): Promise<Contact> {
  const { lines, language, ...contact } = await prisma.contact.findUniqueOrThrow({ where: { orderId } })
  return { ...contact, language: language === 'zh' ? 'zh' : 'en', lines: JSON.parse(lines) }
}

/** The mails are ours to the letter, and ours are written for messages. */
function asMessage<J extends Mailed>(job: J) {
  return { ...job, id: job.subject, stamp: job.at, attempt: 1 }
}
