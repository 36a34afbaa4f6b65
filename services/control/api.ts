import type { Logger } from '../../shared/logger.ts'
import type { Service } from '../../shared/routes.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Mailbox } from '../../shared/web/mailbox.ts'
import { createBusReader } from './bus/read-bus.ts'
import { showAsyncApi } from './bus/show-asyncapi.ts'
import { showBus, showCatalogue } from './bus/show-bus.ts'
import { showSchema } from './bus/show-schema.ts'
import type { Demo } from './demo/demo.ts'
import { demoActions } from './demo/demo-actions.ts'
import { listMails } from './list-mails.ts'
import { listPaces } from './pace/list-paces.ts'
import { setPace } from './pace/set-pace.ts'
import { createLetters } from './queues/letters.ts'
import { listDeadLetters } from './queues/list-dead-letters.ts'
import { listQueues } from './queues/list-queues.ts'
import { replayDeadLetters } from './queues/replay-dead-letters.ts'
import { restock } from './queues/restock.ts'
import type { Watch } from './room/watch.ts'
import { watchShop } from './room/watch-shop.ts'
import { showMail } from './show-mail.ts'
import { showSession } from './show-session.ts'
import { actTour } from './tour/act-tour.ts'
import { busDoors } from './tour/bus/act-bus.ts'
import type { Guest } from './tour/bus/guest.ts'
import { actLoop } from './tour/loop/act-loop.ts'
import type { Loop } from './tour/loop/loop.ts'
import { watchLoop } from './tour/loop/watch-loop.ts'
import type { AskOutside } from './tour/outside.ts'
import { showOutside } from './tour/show-outside.ts'
import { actSignUp } from './tour/sign-up/act-sign-up.ts'
import type { Part } from './tour/part.ts'
import type { Tour } from './tour/tour.ts'
import { watchTour } from './tour/watch-tour.ts'
import { deleteWebhook } from './webhooks/delete-webhook.ts'
import { listWebhooks } from './webhooks/list-webhooks.ts'
import { registerWebhook } from './webhooks/register-webhook.ts'
import { resumeWebhook } from './webhooks/resume-webhook.ts'

type Deps = {
  redis: Redis
  ask: Ask
  watch: Watch
  mailbox: Mailbox | null
  demo: Demo | null
  tour: Tour | null
  loop: Loop | null
  guest: Guest | null
  outside: AskOutside
  /** Where people come to it. */
  shopUrl: string
  /** Of the tour's stations. */
  parts: readonly Part[]
  /** Those that there are. */
  services: readonly Service[]
  log: Logger
}

/** Every endpoint of the admin but the list of orders, which order knows best; and what is told of events to anyone. */
export function endpointsOf({
  redis,
  ask,
  watch,
  mailbox,
  demo,
  tour,
  loop,
  guest,
  outside,
  parts,
  shopUrl,
  services,
  log,
}: Deps): Endpoint[] {
  const letters = createLetters(ask)
  return [
    listQueues({ redis, letters }),
    listDeadLetters(letters),
    replayDeadLetters(letters),
    restock(ask),
    listPaces(ask),
    setPace(ask),
    listWebhooks(ask),
    registerWebhook(ask),
    resumeWebhook(ask),
    deleteWebhook(ask),
    ...(mailbox ? [listMails(mailbox), showMail(mailbox)] : []),
    showSession({ isDemo: demo !== null, hasMailbox: mailbox !== null, phonesUrl: demo?.phonesUrl ?? null, services }),
    watchShop(watch),
    showBus(createBusReader(redis, ask)),
    showCatalogue(),
    showAsyncApi(),
    showSchema(),
    ...(demo ? [demoActions({ demo, redis, log })] : []),
    ...(demo && tour
      ? [
          watchTour(tour),
          actTour({ tour, demo, redis, log }),
          showOutside(outside),
          actSignUp({ tour, demo, shopUrl, log }),
        ]
      : []),
    ...(tour && guest ? busDoors({ tour, guest, log }) : []),
    ...(loop ? [watchLoop(loop), actLoop({ loop, log })] : []),
    ...parts.flatMap(({ endpoints }) => endpoints),
  ]
}
