import type { Edit } from './doctored-tree.ts'
import { type Double, secondOf } from './fault.ts'
import { SECOND_MARK } from './processes.ts'

const ports: Record<Double, string> = { notification: 'NOTIFICATION_PORT', live: 'LIVE_PORT', logs: 'LOGS_PORT' }

/**
 * Makes the launcher keep a second worker of a service running, on the same file, lists and gateways: as many hosts would. It
 * listens elsewhere, so that what is forwarded, and the gateway's callbacks, come to the first one.
 */
export function secondWorker(service: Double): Edit {
  return {
    file: 'dist/launcher/launch-plan.js',
    find: ".filter((name) => name !== 'order' && !config.without.includes(name)).map(service)",
    replace: `.filter((name) => name !== 'order' && !config.without.includes(name)).map(service).flatMap((one) => one.name !== '${service}' ? [one] : [one, {
    ...one,
    name: ${JSON.stringify(secondOf(service))},
    args: [...one.args, ${JSON.stringify(SECOND_MARK)}],
    env: { ...one.env, ${ports[service]}: '0' },
  }])`,
  }
}
