import Queue from 'bee-queue'
import type { Emitted } from '../../shared/events.ts'
import { receiversOf, services } from '../../shared/routes.ts'

export type Queues = {
  /** Queues an event for everyone who hears it. */
  publish(event: Emitted): Promise<void>
  publishAll(events: Emitted[]): Promise<void>
  close(): Promise<void>
}

/** One Bee-Queue queue per service, for sending only. */
export function openQueues(url: string): Queues {
  const settings = { redis: { url }, isWorker: false, getEvents: false, storeJobs: false }
  const queues = new Map(services.map((service) => [service, new Queue(service, settings)] as const))
  const hearing = ({ name }: Emitted) => [...queues].filter(([service]) => receiversOf(name).includes(service))
  return {
    publish: async (event) => {
      await Promise.all(hearing(event).map(([, queue]) => jobOf(event, queue).save()))
    },
    publishAll: async (events) => {
      for (const [service, queue] of queues) {
        const jobs = events
          .filter(({ name }) => receiversOf(name).includes(service))
          .map((event) => jobOf(event, queue))
        if (jobs.length > 0) await queue.saveAll(jobs)
      }
    },
    close: async () => {
      for (const queue of queues.values()) await queue.close()
    },
  }
}

function jobOf({ name, subject, data }: Emitted, queue: Queue) {
  return queue.createJob({ name, subject, at: Date.now(), data }).retries(8).backoff('exponential', 200)
}
