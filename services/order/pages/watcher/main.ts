import { setTimeout as delay } from 'node:timers/promises'
import { readConfig } from '../../../../shared/config.ts'
import { every } from '../../../../shared/every.ts'
import { createLogger } from '../../../../shared/logger.ts'
import { connectCommands, whenReady } from '../../../../shared/store/redis.ts'
import { openMailbox } from '../../../../shared/web/mailbox.ts'
import { acceptedPathIn } from '../../../control/demo/accepted-list.ts'
import { createBurst } from '../../../control/demo/place-burst.ts'
import { createAuditor } from '../../../control/room/audit-in-child.ts'
import { createLogTail } from '../../../control/room/log-tail.ts'
import { createNewestOrders } from '../../../control/room/newest-orders.ts'
import { createPicture } from '../../../control/room/picture.ts'
import { createRooms } from '../../../control/room/rooms.ts'
import { createScene } from '../../../control/room/scene.ts'
import { type Said, told } from './messages.ts'
import { openForReading } from './read-only.ts'

const LOOK_MS = 500
const REDIS_LIMIT_MS = 1_000

// The process that looks at the shop for all control rooms. The order service starts it, and it ends with it.
const config = readConfig()
const isDemo = process.argv.includes('demo')
const { DATA_DIR: dataDir, MAILBOX_URL: mailboxUrl, ADMIN_TOKEN: adminToken } = config
const log = createLogger('order', 'silent') // the order service says what there is to say
const redis = connectCommands(config.REDIS_URL, log)
const read = await openForReading(dataDir)
const auditor = isDemo ? createAuditor(dataDir, acceptedPathIn(dataDir)) : null
const burst = createBurst(config)
const picture = createPicture({
  ...{ redis, read, adminToken, auditor },
  scene: isDemo ? createScene(config, burst) : null,
  mailbox: mailboxUrl === undefined ? null : openMailbox(mailboxUrl),
})
const rooms = createRooms({ picture, tail: createLogTail(dataDir), newest: createNewestOrders(read), say })

const ready = Promise.race([whenReady(redis), delay(REDIS_LIMIT_MS)]) // or the first look would find it away
const looking = every(LOOK_MS, 'watch', log, async () => {
  await ready
  await rooms.tell()
})
process.on('disconnect', end)
process.on('SIGTERM', end)
process.on('message', (message) => {
  const { data: what } = told.safeParse(message) // or an answer of the launcher, which whoever asked waits for
  if (what?.type === 'place') void burst.place(what.count).then((ended) => say({ type: 'placed', ...ended }))
  if (what?.type === 'leave') rooms.leave(what.room)
  if (what?.type !== 'join') return
  rooms.join(what.room, what.wish)
  looking.nudge()
})

/** Resolves when it is on its way: one who writes faster than is read must wait. */
function say(what: Said): Promise<void> {
  return new Promise((resolve) => process.send?.(what, () => resolve()))
}

function end(): void {
  auditor?.stop()
  process.exit()
}
