import type { Message } from '../../../shared/events.ts'
import type { Handler, Outside } from '../../../shared/handler.ts'
import { groupRead } from '../../../shared/protocol/group-commit.ts'
import type { Seal } from '../../../shared/sealed.ts'
import { type Mailed, mailedIn, noteBounces, sentOrBounced } from '../bounces.ts'
import type { Mail } from '../compose-mail.ts'
import type { Client } from '../db.ts'
import type { Mailer } from '../mailer.ts'
import { opened } from '../opened.ts'
import { createSendOnce } from '../send-once.ts'
import type { AlertMailKind } from '../wording.ts'
import { alertRecordOf, insertAlertMails, type SentAlertMail, sentAlertMails } from './alert-mails.ts'
import type { AlertNames } from './alert-names.ts'
import { asking, composeAlertMail, telling } from './alert-wordings.ts'
import { type Alert, alertsNamed } from './alerts.ts'
import { fewAtOnce } from './few-at-once.ts'

export type Deps = { read: Client; mailer: Mailer; names: AlertNames; seal: Seal }
type Way = (outside: Outside) => Outside
type Heard = 'alert.asked' | 'alert.due'
/** A mail as it is to be: its name is known before it is composed. */
type Wanted = { messageId: string; compose: () => Mail<AlertMailKind> }
type Found = Mailed<SentAlertMail> | null
type AlertHandlers = { [E in Heard]: Handler<E, Client, Found> }

const AT_ONCE = 8 // of a crowd; the mailer has 20 connections, and the others are for receipts

/** One mail to confirm an alert, and one when it is due; none for one that is stopped meanwhile. Emits `mail.bounced`. */
export function mailAlerts(deps: Deps): AlertHandlers {
  const { names, seal } = deps
  const mailing = createMailing(deps)
  const inTurn = fewAtOnce(AT_ONCE)
  return {
    'alert.asked': mailing('asked', ({ id, at, data }, alert) => {
      const link = names.linkTo(opened(seal, data.code))
      const messageId = names.messageIdOf(id, 'alert')
      return { messageId, compose: () => composeAlertMail(asking(alert), alert, { messageId, at, link }, names) }
    }),
    // By its alert, and not by the event: one that is sent again from the dead letters is another event.
    'alert.due': mailing(
      'told',
      ({ at, data }, alert) => {
        const messageId = names.messageIdOf(alert.id, alert.kind)
        const head = { messageId, at, link: names.shop }
        return { messageId, compose: () => composeAlertMail(telling(alert, data.priceCents), alert, head, names) }
      },
      inTurn,
    ),
  }
}

/** Sends what an event asks for while its alert stands so, and puts it down. */
function createMailing({ read, mailer }: Deps) {
  const sendOnce = createSendOnce(mailer, { onDisk: groupRead(read, sentAlertMails), recordOf: alertRecordOf })
  const alertOf = groupRead(read, alertsNamed)
  return <E extends Heard>(
    state: Alert['state'],
    wantedBy: (message: Message<E>, alert: Alert) => Wanted,
    by: Way = (outside) => outside,
  ): Handler<E, Client, Found> => ({
    says: 'alert.mailed',
    async prepare(message, outside) {
      const alert = await alertOf(message.subject)
      if (alert === null || alert.state !== state || alert.email === '') return null
      const { messageId, compose } = wantedBy(message, alert)
      const { id: subject, email: recipient } = alert
      return sentOrBounced(sendOnce(messageId, compose, by(outside)), { messageId, subject, recipient })
    },
    async apply(tx, batch, emit) {
      const { sent, bounced } = mailedIn(batch)
      await insertAlertMails(tx, sent)
      await noteBounces(tx, bounced, emit)
    },
  })
}
