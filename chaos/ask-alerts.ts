import { setTimeout as delay } from 'node:timers/promises'
import { asAdmin, askOnce, askUntilAnswered } from './ask.ts'
import type { Deps } from './customers.ts'
import type { Shop } from './shop.ts'

/** How many have asked to be told when something costs less, and the addresses of those who were told that it is confirmed. */
export type Wishes = { asked: number; confirmed: Set<string>; isLess: boolean }

type Stage = Deps & { shop: Pick<Shop, 'url'>; untilMs: number }

const SKU = 'NTB-001'
const AT_SHARE = 0.6 // of the run's time, when it costs less
const CENTS_LESS = 100

/** Some want to be told, and confirm it by the link in their mail; then the price falls. Resolves when that is answered. */
export async function wishForProducts(count: number, wishes: Wishes, stage: Stage): Promise<void> {
  const leftMs = (stage.untilMs - performance.now()) * AT_SHARE
  const asking = Array.from({ length: count }, (_, i) => wish(i, (leftMs * i) / count / 2, wishes, stage))
  await delay(leftMs)
  wishes.isLess = true
  await lower(stage)
  await Promise.all(asking)
}

async function wish(i: number, afterMs: number, wishes: Wishes, { shop, boxes, signal }: Stage): Promise<void> {
  await delay(afterMs)
  const email = `wishes-${i}@example.com`
  const url = () => `${shop.url('order')}/api/alerts`
  const asked = await until(() => askOnce(url(), { email, sku: SKU, kind: 'cheaper' }, {}), 202, signal)
  if (!asked || wishes.isLess) return // it costs no less than when they asked
  wishes.asked++
  const code = await boxes.linkTo(email, 'alert', signal)
  if (code === null) return
  const isConfirmed = await until(() => askOnce(`${url()}/confirm`, { code }, {}), 200, signal, 409)
  if (isConfirmed) wishes.confirmed.add(email)
}

/** Asked until it is answered so, or in another way that says it was done before. */
async function until(ask: () => ReturnType<typeof askOnce>, status: number, signal: AbortSignal, ...others: number[]) {
  const wanted = [status, ...others]
  return (await askUntilAnswered(ask, signal, (answer) => !wanted.includes(answer.status))) !== null
}

async function lower({ shop, signal }: Stage): Promise<void> {
  const url = () => `${shop.url('order')}/api/admin/prices/${SKU}`
  await until(() => askOnce(url(), { priceCents: CENTS_LESS }, asAdmin('less'), 'PUT'), 200, signal)
}
