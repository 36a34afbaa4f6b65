import type { Logger } from '../../../shared/logger.ts'
import { gatewayOf, mailerOf, namesOf } from '../../pipeline/outside.ts'
import type { PeerConfig } from '../jobs/open-jobs.ts'
import { inventoryJobs } from './inventory.ts'
import { notificationJobs } from './notification.ts'
import { orderJobs } from './order.ts'
import { paymentJobs } from './payment.ts'
import type { SqlJobs } from './sql-job.ts'

/** The jobs of one service, for whoever has a transaction open in the PostgreSQL of its tables. */
export function openSqlJobs(config: PeerConfig, log: Logger): SqlJobs {
  switch (config.service) {
    case 'order':
      return orderJobs()
    case 'inventory':
      return inventoryJobs()
    case 'payment':
      return paymentJobs(gatewayOf(config))
    case 'notification':
      return notificationJobs({ mailer: mailerOf(config, log), names: namesOf(config) })
    default:
      throw new Error(`the peers have no ${config.service}`) // they play the pipeline alone
  }
}
