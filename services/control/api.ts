import type { Logger } from '../../shared/logger.ts'
import type { Service } from '../../shared/routes.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Request } from '../../shared/web/http.ts'
import type { Mailbox } from '../../shared/web/mailbox.ts'
import { createBusReader } from './bus/read-bus.ts'
import { showAsyncApi } from './bus/show-asyncapi.ts'
import { showBus, showCatalogue } from './bus/show-bus.ts'
import { showSchema } from './bus/show-schema.ts'
import type { Demo } from './demo/demo.ts'
import { demoActions } from './demo/demo-actions.ts'
import type { History } from './history/history.ts'
import { showHistory } from './history/show-history.ts'
import { listMails } from './list-mails.ts'
import { listPaces } from './pace/list-paces.ts'
import { setPace } from './pace/set-pace.ts'
import { closeDeadLetter } from './queues/close-dead-letter.ts'
import { createLetters } from './queues/letters.ts'
import { listDeadLetters } from './queues/list-dead-letters.ts'
import { listMessages } from './queues/list-messages.ts'
import { listQueues } from './queues/list-queues.ts'
import { replayDeadLetters } from './queues/replay-dead-letters.ts'
import { restock } from './queues/restock.ts'
import { setPause } from './queues/set-pause.ts'
import { showMessage } from './queues/show-message.ts'
import type { Watch } from './room/watch.ts'
import { watchShop } from './room/watch-shop.ts'
import { search } from './search/search.ts'
import { showMail } from './show-mail.ts'
import { showSession } from './show-session.ts'
import { deleteWebhook } from './webhooks/delete-webhook.ts'
import { listWebhooks } from './webhooks/list-webhooks.ts'
import { registerWebhook } from './webhooks/register-webhook.ts'
import { resumeWebhook } from './webhooks/resume-webhook.ts'

/** What the endpoints of the admin are made of. */
export type Desk = {
  redis: Redis
  ask: Ask
  watch: Watch
  mailbox: Mailbox | null
  demo: Demo | null
  history: History
  /** Those of the tour. */
  tour: Endpoint[]
  /** Those that there are. */
  present: readonly Service[]
  log: Logger
  /** Who of those that are let in somebody is. */
  whoIs(req: Request): string
}

/** Every endpoint of the admin but the list of orders, which order knows best; and what is told of events to anyone. */
export function endpointsOf(desk: Desk): Endpoint[] {
  const { redis, ask, present, watch, mailbox, demo } = desk
  return [
    ...queueEndpoints(desk),
    search({ ask, present }),
    restock(ask),
    listPaces(ask),
    setPace(ask),
    listWebhooks(ask),
    registerWebhook(ask),
    resumeWebhook(ask),
    deleteWebhook(ask),
    ...(mailbox ? [listMails(mailbox), showMail(mailbox)] : []),
    showSession(sightsOf(desk)),
    watchShop(watch),
    showBus(createBusReader(redis, ask)),
    showCatalogue(),
    showAsyncApi(),
    showSchema(),
    ...(demo ? [demoActions({ ...desk, demo, services: present })] : []),
    ...desk.tour,
  ]
}

function queueEndpoints(desk: Desk): Endpoint[] {
  const letters = createLetters(desk.ask)
  return [
    listQueues({ ...desk, letters }),
    ...setPause(desk),
    listMessages(desk),
    showMessage(desk),
    showHistory(desk.history),
    listDeadLetters(letters, desk.present),
    replayDeadLetters({ ...desk, letters }),
    ...closeDeadLetter({ ...desk, letters }),
  ]
}

/** What there is to be seen in this shop, for whoever opens the room. */
function sightsOf({ demo, mailbox, present: services }: Desk) {
  return { isDemo: demo !== null, hasMailbox: mailbox !== null, phonesUrl: demo?.phonesUrl ?? null, services }
}
