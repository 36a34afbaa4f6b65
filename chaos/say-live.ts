import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { asAdmin, askOnce, askUntilAnswered, isBusy } from './ask.ts'
import type { Ticket } from './sale-receipts.ts'
import type { Shop } from './shop.ts'

/** Something that was said and is to be told to all who watch its topic: asked at `askedMs` and answered at `saidMs`, by our clock. */
export type Said = { topic: string; name: string; askedMs: number; saidMs: number }

/** What was said in a run. `unanswered` may have been said, too. */
export type SaidAll = { said: Said[]; unanswered: number }

type Stage = { shop: Pick<Shop, 'url'>; signal: AbortSignal; untilMs: number; told: SaidAll }

const NEWS_EVERY_MS = 500
const PRICE_EVERY_MS = 900
const SPEAK_EVERY_MS = 2_100 // one may say something once in two seconds

const posted = z.object({ id: z.string() })
const spoken = z.object({ said: z.int() })

/** The admin has news, until the run is over. */
export async function postNews(stage: Stage): Promise<void> {
  await again(NEWS_EVERY_MS, stage, async (i) => {
    const askedMs = performance.now()
    const news = { title: `News ${i}`, text: 'Come and see.' }
    const ask = () => askOnce(`${stage.shop.url('order')}/api/admin/news`, news, asAdmin(`news-${i}`))
    const answer = await askUntilAnswered(ask, stage.signal, isBusy)
    if (answer?.status === 201) note('news', posted.parse(JSON.parse(answer.text)).id, askedMs, stage)
  })
}

/** Whoever has a ticket talks in the room of its sale; what is not answered may have been said. */
export async function talk({ sale, ticket, key }: Ticket, stage: Stage): Promise<void> {
  await again(SPEAK_EVERY_MS, stage, async (i) => {
    const askedMs = performance.now()
    const body = { ticket, name: 'Ada', text: `This is number ${i}` }
    const answer = await askOnce(`${stage.shop.url('order')}/api/sales/${sale}/room`, body, { 'order-key': key })
    if (answer === null) stage.told.unanswered++
    if (answer?.status === 201) note(`room:${sale}`, String(spoken.parse(JSON.parse(answer.text)).said), askedMs, stage)
  })
}

const PRICED = ['LMP-001', 'KBD-001', 'BAG-001', 'CAP-001'] // whose price no other part of a run is about

/** The admin changes prices, each to another one than before. Asked once: changed or not, what it is in the end is what counts. */
export async function setPrices(stage: Stage): Promise<void> {
  await again(PRICE_EVERY_MS, stage, async (i) => {
    const url = `${stage.shop.url('order')}/api/admin/prices/${PRICED[i % PRICED.length]}`
    await askOnce(url, { priceCents: 1_000 + i }, asAdmin(`price-${i}`), 'PUT')
  })
}

async function again(everyMs: number, { signal, untilMs }: Stage, work: (i: number) => Promise<void>): Promise<void> {
  for (let i = 1; performance.now() < untilMs && !signal.aborted; i++) {
    await work(i)
    await delay(everyMs)
  }
}

function note(topic: string, name: string, askedMs: number, { told }: Stage): void {
  told.said.push({ topic, name, askedMs, saidMs: performance.now() })
}
