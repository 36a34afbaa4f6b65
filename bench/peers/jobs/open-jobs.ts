import { z } from 'zod'
import { type Config, readConfig } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import { type Service, services } from '../../../shared/routes.ts'
import { placeOf } from '../../../shared/store/place.ts'
import { gatewayOf, mailerOf, namesOf } from '../../pipeline/outside.ts'
import { connectInventory, inventoryJobs } from './inventory.ts'
import type { Jobs } from './job.ts'
import { connectNotification, notificationJobs } from './notification.ts'
import { connectOrders, orderJobs } from './order.ts'
import { connectPayment, paymentJobs } from './payment.ts'

export type PeerConfig = Config & { service: Service }

/** Reads the environment of a peer's process: ours, and which of the services it is. */
export function readPeerConfig(): PeerConfig {
  return { ...readConfig(), service: z.enum(services).parse(process.env.SERVICE) }
}

/** The jobs of one service, with its tables open. */
export async function openJobs(config: PeerConfig, log: Logger): Promise<Jobs> {
  const { service } = config
  const place = placeOf(config)
  switch (service) {
    case 'order':
      return orderJobs(await connectOrders(place))
    case 'inventory':
      return inventoryJobs(await connectInventory(place))
    case 'payment':
      return paymentJobs(await connectPayment(place), gatewayOf(config))
    case 'notification':
      return notificationJobs(await connectNotification(place), mailerOf(config, log), namesOf(config))
    default:
      throw new Error(`the peers have no ${service}`) // they play the pipeline alone
  }
}
