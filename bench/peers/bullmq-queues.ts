import { Queue } from 'bullmq'
import type { Emitted } from '../../shared/events.ts'
import { receiversOf, type Service, services } from '../../shared/routes.ts'

export type Queues = {
  /** Queues an event for everyone who hears it. */
  publish(event: Emitted): Promise<void>
  publishAll(events: Emitted[]): Promise<void>
  close(): Promise<void>
}

/** One BullMQ queue per service. Jobs leave Redis when they are done: the quickest of the settings. */
export function openQueues(url: string): Queues {
  const options = { attempts: 8, backoff: { type: 'exponential', delay: 200 }, removeOnComplete: true }
  const open = (service: Service) =>
    [service, new Queue(service, { connection: { url }, defaultJobOptions: options })] as const
  const queues = new Map(services.map(open))
  return {
    publish: async (event) => {
      const job = jobOf(event)
      await Promise.all(receiversOf(event.name).map((receiver) => queues.get(receiver)?.add(job.name, job.data)))
    },
    publishAll: async (events) => {
      for (const [service, queue] of queues)
        await queue.addBulk(events.filter(({ name }) => receiversOf(name).includes(service)).map(jobOf))
    },
    close: async () => {
      for (const queue of queues.values()) await queue.close()
    },
  }
}

function jobOf({ name, subject, data }: Emitted) {
  return { name, data: { subject, at: Date.now(), data } }
}
