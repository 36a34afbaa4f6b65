import { PrismaClient } from '../../../prisma/notification/client/client.ts'
import { composeMail, type Mail } from '../../../services/notification/compose-mail.ts'
import { type Contact, contactIn } from '../../../services/notification/contacts.ts'
import type { Mailer } from '../../../services/notification/mailer.ts'
import { recordOf } from '../../../services/notification/mails.ts'
import { paid } from '../../../services/notification/money-wordings.ts'
import type { OrderNames } from '../../../services/notification/order-names.ts'
import type { OrderKind } from '../../../services/notification/wording.ts'
import { received } from '../../../services/notification/wordings.ts'
import type { Place } from '../../../shared/store/place.ts'
import { connect } from './connect.ts'
import { type Job, type Jobs, once } from './job.ts'

type Deps = { prisma: PrismaClient; mailer: Mailer; names: OrderNames }
type Mailed = Job<'order.placed' | 'payment.captured'>

/** Connects to notification's tables. */
export const connectNotification = (place: Place) =>
  connect('notification', place, {
    sqlite: (adapter) => new PrismaClient({ adapter }),
    postgresql: async (adapter) => {
      const { PrismaClient } = await import('../../../prisma/notification/postgresql/client/client.ts')
      return new PrismaClient({ adapter })
    },
  })

/** Notification's jobs. Those of orders that come to nothing are left out: no contest has any. */
export function notificationJobs(prisma: PrismaClient, mailer: Mailer, names: OrderNames): Jobs {
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
  const contact = job.name === 'order.placed' ? contactFrom(job) : await contactOf(prisma, job.subject)
  const mail = mailFor(job, contact, names)
  await mailer.send(mail, AbortSignal.timeout(SEND_LIMIT_MS))
  await once(prisma, job, async (tx) => {
    if (job.name === 'order.placed')
      await tx.contact.create({ data: { ...contact, lines: JSON.stringify(contact.lines) } })
    await tx.mail.create({ data: recordOf(mail) })
  })
}

export const SEND_LIMIT_MS = 10_000

async function contactOf(prisma: PrismaClient, orderId: string): Promise<Contact> {
  return asContact(await prisma.contact.findUniqueOrThrow({ where: { orderId } }))
}

type ContactRow = Omit<Contact, 'lines' | 'language'> & { lines: string; language: string }

/** A contact as it stands in its table. */
export function asContact({ lines, language, ...contact }: ContactRow): Contact {
  return { ...contact, language: language === 'zh' ? 'zh' : 'en', lines: JSON.parse(lines) }
}

export const contactFrom = (job: Job<'order.placed'>): Contact => contactIn(asMessage(job))

/** What a job has to tell whom. */
export function mailFor(job: Mailed, contact: Contact, names: OrderNames): Mail<OrderKind> {
  const wording = job.name === 'order.placed' ? received(contact, asMessage(job)) : paid(contact, asMessage(job))
  return composeMail(wording, contact, job.at, names)
}

/** The mails are ours to the letter, and ours are written for messages. */
function asMessage<J extends Mailed>(job: J) {
  return { ...job, id: job.subject, stamp: job.at, attempt: 1 }
}
