import { type Config, presentIn } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { every } from '../../shared/every.ts'
import type { Figure } from '../../shared/figure.ts'
import { createHealth, type Health } from '../../shared/health.ts'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { type Running, runAsMain } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { connectCommands, type Redis } from '../../shared/store/redis.ts'
import { createGuard, type Guard } from '../../shared/web/admin-guard.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { mountHealth } from '../../shared/web/health.ts'
import { createApp, type Express, listen, type Request } from '../../shared/web/http.ts'
import { openMailbox } from '../../shared/web/mailbox.ts'
import { createProcessMetrics } from '../../shared/web/metrics.ts'
import { createNeighbours } from '../../shared/web/neighbours.ts'
import { mountOpenDoor } from '../../shared/web/open-door.ts'
import { endpointsOf } from './api.ts'
import { createDemo } from './demo/demo.ts'
import { createHistory } from './history/history.ts'
import { mountControlDoor, whoIsBy } from './open-control.ts'
import { createLogReader } from './room/log.ts'
import { createPicture } from './room/picture.ts'
import { createWatch } from './room/watch.ts'
import { serveRoom } from './serve-room.ts'
import { openSignedOut } from './signed-out.ts'
import { openTour } from './tour/open-tour.ts'

const SHARE_MS = 1_000 // another process of control may have ended a session of the admin

/**
 * Control is what the shop is operated by: the control room, the admin's questions to all services, and what may be
 * broken in the demo. It owns no data and hears no events; what it knows it asks of those that do.
 */
export async function start(config: Config): Promise<Running> {
  const log = createLogger('control', config.LOG_LEVEL)
  const health = createHealth(log)
  const redis = connectCommands(redisAddressOf(config), health)
  const doors = openDoors(config, { redis, health, log })
  const desk = openDesk(config, { redis, health, log, whoIs: whoIsBy(doors.guard) })
  const forwarder = createForwarder('control', addressesOf(config), log)
  const mount = (routes: Express) => {
    doors.mount(routes)
    mountDesk(routes, desk, doors.guard)
    mountHealth(routes, createProcessMetrics('control', [roomsOpen(desk)]), health, async () => {
      return { redis: redis.status === 'ready' }
    })
    routes.use(forwarder.forward)
  }
  const app = createApp(log, mount, {
    proxies: config.TRUST_PROXY,
    isNeighbour: createNeighbours([config.ORDER_URL]),
  })
  const server = await listen(app, config.CONTROL_PORT, config.HOST)
  return {
    url: server.url,
    stop: async () => {
      await Promise.all([desk.watch.stop(), doors.stop()])
      await desk.history.stop()
      desk.tour.stop()
      forwarder.stop()
      await server.close()
      desk.demo?.auditor?.stop()
      desk.demo?.crowds.stop()
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}

type Given = { redis: Redis; health: Health; log: Logger }

/** How an admin comes in, and goes: what ends a session here ends it in the other processes of control, too. */
function openDoors(config: Config, { redis, health, log }: Given) {
  const { ADMIN_TOKEN: adminToken } = config
  const signedOut = openSignedOut(config.DATA_DIR, Date.now())
  const guard = createGuard({ adminToken, log, isEnded: signedOut.has })
  const sharing = every(SHARE_MS, 'signed-out.share', health, async () => {
    const news = await signedOut.share(redis).catch(() => []) // Redis is away, which its connection tells; later, then
    news.forEach(guard.hangUp)
  })
  const mount = (routes: Express) => {
    mountControlDoor(routes, { adminToken, guard, signedOut, onLeft: sharing.nudge, log })
    mountOpenDoor(routes, { config, guard, log })
  }
  return { guard, mount, stop: sharing.stop }
}

type Desk = ReturnType<typeof openDesk>

/** What the admin works with. */
function openDesk(config: Config, given: Given & { whoIs(req: Request): string }) {
  const { redis, health, log } = given
  const { MAILBOX_URL: mailboxUrl, ORDER_URL: order } = config
  const ask = createAsk({ redis, told: { order }, secret: config.CALL_SECRET, log })
  const mailbox = mailboxUrl === undefined ? null : openMailbox(mailboxUrl)
  const demo = createDemo(config)
  const services = presentIn(config)
  const tour = openTour({ config, demo, redis, ask, mailbox, services, log })
  const picture = createPicture({ redis, ask, mailbox, demo, services })
  const watch = createWatch({ picture, log: createLogReader(ask), health })
  const history = createHistory({ redis, ask, services, health })
  return { ...given, ask, mailbox, demo, present: services, tour, watch, history }
}

function mountDesk(routes: Express, desk: Desk, guard: Guard): void {
  const endpoints = endpointsOf({ ...desk, tour: desk.tour.endpoints })
  mountEndpoints(routes, endpoints, { admin: guard.require })
  serveRoom(routes)
  describeApi(routes, endpoints)
}

function roomsOpen({ watch }: Desk): Figure {
  return { name: 'rooms_open', help: 'Control rooms that are open now', value: watch.count }
}

await runAsMain(import.meta.url, 'control', start)
