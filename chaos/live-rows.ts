import type { Row } from '../terminal/table.ts'
import type { ChaosReport } from './run-chaos.ts'

/** What those who watched were told; nothing where nobody did. */
export function liveRows({ storm: { live } }: ChaosReport): Row[] {
  if (live === undefined) return []
  const { receipts, told } = live
  const { readers, orders, said, unanswered, wishes } = receipts
  const { p50Ms, p99Ms, count } = told.delay
  return [
    ['readers, of one order each among them', `${readers.length + orders.size}, ${orders.size}`],
    ['  streams that they opened / times they were not let in', `${told.streams} / ${told.refused}`],
    ['said in topics / not answered, and perhaps said', `${said.length} / ${unanswered}`],
    ['  told to readers', told.told],
    ['  missed / told once more', `${told.missed.length} / ${told.doubled}`],
    ['  topics that were said to begin anew', told.resets],
    ['  from said to told, p50 / p99', count === 0 ? 'none' : `${p50Ms} / ${p99Ms} ms of ${count}`],
    ['stock and prices told that are not so at rest', told.stale.length],
    ['wish to be told of a product / confirmed', `${wishes.asked} / ${wishes.confirmed.size}`],
  ]
}
