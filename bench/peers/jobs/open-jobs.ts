import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import { instantGateway, silentMailer } from '../../pipeline-outside.ts'
import { inventoryJobs } from './inventory.ts'
import type { Jobs } from './job.ts'
import { notificationJobs } from './notification.ts'
import { connectOrders, orderJobs } from './order.ts'
import { paymentJobs } from './payment.ts'

/** What a peer's process is told by the contest. */
const environment = z.object({ SERVICE: z.enum(services), DATA_DIR: z.string(), REDIS_URL: z.url() })

export type PeerConfig = { service: Service; folder: string; redisUrl: string }

/** Reads the environment of a peer's process. */
export function readPeerConfig(): PeerConfig {
  const { SERVICE: service, DATA_DIR: folder, REDIS_URL: redisUrl } = environment.parse(process.env)
  return { service, folder, redisUrl }
}

/** The jobs of one service, with its file open. */
export function openJobs({ service, folder }: PeerConfig): Jobs {
  switch (service) {
    case 'order':
      return orderJobs(connectOrders(folder))
    case 'inventory':
      return inventoryJobs(folder)
    case 'payment':
      return paymentJobs(folder, instantGateway)
    case 'notification':
      return notificationJobs(folder, silentMailer)
  }
}
