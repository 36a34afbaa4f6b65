import { type Config, presentIn } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
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
import { endpointsOf } from './api.ts'
import { createDemo } from './demo/demo.ts'
import { mountControlDoor } from './open-control.ts'
import { createLogReader } from './room/log.ts'
import { createPicture } from './room/picture.ts'
import { createWatch } from './room/watch.ts'
import { serveRoom } from './serve-room.ts'
import { openSignedOut } from './signed-out.ts'
import { createGuest } from './tour/bus/guest.ts'
import { createLoop } from './tour/loop/loop.ts'
import { createOutside } from './tour/outside.ts'
import { openParts } from './tour/part.ts'
import { createTour } from './tour/tour.ts'

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
  const ask = createAsk({ redis, told: { order: orderUrl }, secret: config.CALL_SECRET, log })
  const mailbox = mailboxUrl === undefined ? null : openMailbox(mailboxUrl)
  const demo = createDemo(config)
  const tour = demo && createTour({ demo, redis, log })
  const loop = demo && createLoop({ demo, redis, ask, config, log })
  const guest = demo && createGuest({ demo, redis, dataDir: config.DATA_DIR })
  guest?.leave().catch((error) => log.warn({ err: error }, 'tour.guest.failed')) // of a control that was killed meanwhile
  const outside = createOutside(config, mailbox)
  const parts = demo && tour ? openParts({ config, demo, tour, redis, ask, log }) : []
  const present = presentIn(config)
  const picture = createPicture({ redis, ask, mailbox, demo, services: present })
  const watch = createWatch({ picture, log: createLogReader(ask), health })
  const forwarder = createForwarder('control', addressesOf(config), log)
  const mount = (routes: Express) => {
    const endpoints = endpointsOf({
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
      shopUrl: orderUrl,
      services: present,
      log,
    })
    const roomsOpen = { name: 'rooms_open', help: 'Control rooms that are open now', value: watch.count }
    mountControlDoor(routes, { adminToken, guard, signedOut, log })
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
      await watch.stop()
      tour?.stop()
      loop?.stop()
      for (const part of parts) part.stop()
      forwarder.stop()
      await server.close()
      demo?.auditor?.stop()
      demo?.crowds.stop()
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}

await runAsMain(import.meta.url, 'control', start)
