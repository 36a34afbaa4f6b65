import type { Ask } from '../../shared/web/ask-service.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { checkBooks } from './check-books.ts'
import type { Client } from './db.ts'
import type { LineFeed } from './line-feed.ts'
import { listArchive } from './list-archive.ts'
import { listErrors } from './list-errors.ts'
import { listLines } from './list-lines.ts'
import { showCompleteness } from './show-completeness.ts'
import { showFunnel } from './show-funnel.ts'
import { showSummary } from './show-summary.ts'
import { watchLines } from './watch-lines.ts'

/** Every endpoint of logs; all of them are for the admin. */
export function endpointsOf({ read, feed, ask }: { read: Client; feed: LineFeed; ask: Ask }): Endpoint[] {
  return [
    listLines(read),
    watchLines(feed),
    showSummary(read),
    showFunnel(read),
    listErrors(read),
    showCompleteness(read),
    checkBooks({ read, ask }),
    listArchive(read),
  ]
}
