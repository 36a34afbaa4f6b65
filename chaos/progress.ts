import type { Books } from './books.ts'
import type { Customers } from './customers.ts'
import type { Sales } from './hold-sales.ts'
import { faultCount, type Nemesis } from './nemesis.ts'
import type { Plan } from './plan.ts'
import type { Shop } from './shop.ts'
import type { WorkLeft } from './work-left.ts'

export type Say = (line: string) => void

const LOOK_EVERY_MS = 2_000 // this process does nothing else meanwhile
const LOOKS_A_LINE = 3

type Scene = {
  plan: Plan
  shop: Pick<Shop, 'log'>
  customers: Customers
  sales: Sales | undefined
  nemesis: Nemesis
  books: Pick<Books, 'workSeen'>
}

/** Looks into the books while the storm goes on, and tells of it every few seconds. */
export function progress(scene: Scene, say: Say): { mostPushes(): number; stop(): void } {
  const startMs = Date.now()
  let most = 0
  let looks = 0
  const look = async () => {
    const left = await scene.books.workSeen()
    most = Math.max(most, left.mostPushes)
    if (++looks % LOOKS_A_LINE === 0) say(lineOf(scene, left, Date.now() - startMs))
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return { mostPushes: () => most, stop: () => clearInterval(timer) }
}

function lineOf({ plan, shop, customers, sales, nemesis }: Scene, left: WorkLeft, tookMs: number): string {
  return [
    `${Math.round(tookMs / 1_000)} s`.padStart(6),
    `customers ${customers.placed()} of ${plan.orders}`,
    `orders ${left.placed}, open ${left.open}`,
    ...(sales === undefined ? [] : [saidOf(sales)]),
    `messages out ${left.messages}`,
    `faults ${faultCount(nemesis.tally)} of ${plan.faults.length}`,
    `deaths ${shop.log.deathCount()}`,
    `pushed again ${shop.log.repushed}`,
  ].join('  ')
}

function saidOf({ told: { sales, tickets, turns } }: Sales): string {
  return `sales ${sales.filter(({ isOver }) => isOver).length} of ${sales.length}, tickets ${tickets}, turns ${turns}`
}
