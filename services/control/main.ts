import { type Config, presentIn } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { every } from '../../shared/every.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { type Running, runAsMain } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { connectCommands } from '../../shared/store/redis.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { mountHealth } from '../../shared/web/health.ts'
import { createApp, type Express, listen } from '../../shared/web/http.ts'
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
  const { ADMIN_TOKEN: adminToken, ORDER_URL: orderUrl, MAILBOX_URL: mailboxUrl, TRUST_PROXY: trusted } = config
  const log = createLogger('control', config.LOG_LEVEL)
  const health = createHealth(log)
  const signedOut = openSignedOut(config.DATA_DIR, Date.now())
  const guard = createGuard({ adminToken, log, isEnded: signedOut.has })
  const redis = connectCommands(redisAddressOf(config), health)
  const sharing = every(SHARE_MS, 'signed-out.share', health, async () => {
    const news = await signedOut.share(redis).catch(() => []) // Redis is away, which its connection tells; later, then
    news.forEach(guard.hangUp)
  })
  const ask = createAsk({ redis, told: { order: orderUrl }, secret: config.CALL_SECRET, log })
  const mailbox = mailboxUrl === undefined ? null : openMailbox(mailboxUrl)
  const demo = createDemo(config)
  const present = presentIn(config)
  const tour = openTour({ config, demo, redis, ask, mailbox, services: present, log })
  const picture = createPicture({ redis, ask, mailbox, demo, services: present })
  const watch = createWatch({ picture, log: createLogReader(ask), health })
  const history = createHistory({ redis, ask, services: present, health })
  const forwarder = createForwarder('control', addressesOf(config), log)
  const mount = (routes: Express) => {
    const endpoints = endpointsOf({
      redis,
      ask,
      watch,
      mailbox,
      demo,
      history,
      tour: tour.endpoints,
      services: present,
      log,
      whoIs: whoIsBy(guard),
    })
    const roomsOpen = { name: 'rooms_open', help: 'Control rooms that are open now', value: watch.count }
    mountControlDoor(routes, { adminToken, guard, signedOut, onLeft: sharing.nudge, log })
    mountOpenDoor(routes, { config, guard, log })
    mountEndpoints(routes, endpoints, { admin: guard.require })
    serveRoom(routes)
    describeApi(routes, endpoints)
    mountHealth(routes, createProcessMetrics('control', [roomsOpen]), health, async () => {
      return { redis: redis.status === 'ready' }
    })
    routes.use(forwarder.forward)
  }
  const server = await listen(
    createApp(log, mount, { proxies: trusted, isNeighbour: createNeighbours([orderUrl]) }),
    config.CONTROL_PORT,
    config.HOST,
  )
  return {
    url: server.url,
    stop: async () => {
      await Promise.all([watch.stop(), sharing.stop()])
      await history.stop()
      tour.stop()
      forwarder.stop()
      await server.close()
      demo?.auditor?.stop()
      demo?.crowds.stop()
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}

await runAsMain(import.meta.url, 'control', start)
