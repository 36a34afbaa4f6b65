import type { Ports } from './addresses.ts'
import type { LaunchConfig } from './launch-config.ts'
import { isFree, pickPorts, requireFree } from './ports.ts'

const PORT_MAX = 65_535

type Asked = Pick<LaunchConfig, 'port' | 'controlPort' | 'salePort' | 'host'>

/** The ports of a run: those that were asked for, for control the one next to the shop if it may have it, and free ones. */
export async function portsFor(asked: Asked): Promise<Ports> {
  const { port, controlPort = 0, salePort = 0, host } = asked
  await requireFree('PORT', port, host)
  await requireFree('CONTROL_PORT', controlPort, host)
  await requireFree('SALE_PORT', salePort, host)
  const picked = await pickPorts(13, host)
  const [redis = 0, mailbox = 0, smtp = 0, gateway = 0, sms = 0, ...others] = picked
  const [payment = 0, accounts = 0, notification = 0, sale = 0, live = 0, logs = 0, free = 0, spare = 0] = others
  const control = controlPort || ((await hasFreeNext(asked)) ? port + 1 : spare)
  const services = { shop: port || free, control, payment, accounts, notification, sale: salePort || sale, live, logs }
  return { ...services, redis, mailbox, smtp, gateway, sms }
}

async function hasFreeNext({ port, salePort, host }: Asked): Promise<boolean> {
  return port > 0 && port < PORT_MAX && port + 1 !== salePort && isFree(port + 1, host)
}
