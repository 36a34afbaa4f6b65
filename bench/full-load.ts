import { join } from 'node:path'
import type { Load } from './load.ts'
import { booksIn, PAID } from './order-books.ts'
import { startProcess } from './process.ts'
import { untilThere } from './until-there.ts'

/** Where orders are posted, and how many; `before` are in the books in `folder` already. */
export type Burst = { url: string; folder: string; count: number; before: number }

const MAILS_PER_ORDER = 2 // received, paid
const MAILED = 'SELECT COUNT(*) AS count FROM "Mail"'

/** Orders a second, from the first POST to the last that is paid. Then it waits for the mails, which come later. */
export async function fullLoad({ url, folder, count, before }: Burst): Promise<number> {
  const load = await startProcess('load.js', {})
  try {
    const sinceMs = performance.now()
    await load.ask('closedLoop', { url, count, from: before } satisfies Load)
    await untilThere(booksIn(folder), PAID, before + count)
    const perSecond = (count / (performance.now() - sinceMs)) * 1_000
    await untilThere(join(folder, 'notification.db'), MAILED, (before + count) * MAILS_PER_ORDER)
    return perSecond
  } finally {
    await load.stop()
  }
}
