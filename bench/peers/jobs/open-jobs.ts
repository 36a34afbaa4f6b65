import { z } from 'zod'
import { type Config, readConfig } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import { type Service, services } from '../../../shared/routes.ts'
import { gatewayOf, mailerOf, namesOf } from '../../pipeline/outside.ts'
import { inventoryJobs } from './inventory.ts'
import type { Jobs } from './job.ts'
import { notificationJobs } from './notification.ts'
import { connectOrders, orderJobs } from './order.ts'
import { paymentJobs } from './payment.ts'

export type PeerConfig = Config & { service: Service }

/** Reads the environment of a peer's process: ours, and which of the services it is. */
export function readPeerConfig(): PeerConfig {
  return { ...readConfig(), service: z.enum(services).parse(process.env.SERVICE) }
}

/** The jobs of one service, with its file open. */
export function openJobs(config: PeerConfig, log: Logger): Jobs {
  const { service, DATA_DIR: folder } = config
  switch (service) {
    case 'order':
      return orderJobs(connectOrders(folder))
    case 'inventory':
      return inventoryJobs(folder)
    case 'payment':
      return paymentJobs(folder, gatewayOf(config))
    case 'notification':
      return notificationJobs(folder, mailerOf(config, log), namesOf(config))
    default:
      throw new Error(`the peers have no ${service}`) // they play the pipeline alone
  }
}
