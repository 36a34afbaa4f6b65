import type { Edit } from './doctored-tree.ts'
import { SECOND } from './fault.ts'
import { SECOND_MARK } from './processes.ts'

/**
 * Makes the launcher keep a second notification running, on the same file, lists and gateways: as many hosts would. It
 * listens elsewhere, so that the gateway's callbacks come to the first one.
 */
export const secondWorker: Edit = {
  file: 'dist/launcher/launch-plan.js',
  find: ".filter((name) => name !== 'order').map(service)",
  replace: `.filter((name) => name !== 'order').map(service).flatMap((one) => one.name !== 'notification' ? [one] : [one, {
    ...one,
    name: ${JSON.stringify(SECOND)},
    args: [...one.args, ${JSON.stringify(SECOND_MARK)}],
    env: { ...one.env, NOTIFICATION_PORT: '0' },
  }])`,
}
