import { setTimeout as delay } from 'node:timers/promises'
import type { Service } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Pauses } from '../demo/repair.ts'
import { readPause } from './set-pause.ts'

/** Who is paused, and the word that lets a service go on, which rejects where that cannot be told. */
export function createPauses(ask: Ask, services: readonly Service[]): Pauses {
  return {
    paused: async () => {
      const since = await Promise.all(
        services.map(async (service) => [service, await readPause(ask, service)] as const),
      )
      return since.filter(([, at]) => at !== null).map(([service]) => service)
    },
    resume: async (service) => {
      if (!(await resume(ask, service))) throw new Error(`${service} does not answer`)
    },
    resumeSoon: async (service) => {
      for (let tries = 0; tries < TRIES_MAX && !(await resume(ask, service).catch(() => false)); tries++)
        await delay(AGAIN_MS, undefined, { ref: false })
    },
  }
}

const AGAIN_MS = 500
const TRIES_MAX = 60 // half a minute; a service is up long before

async function resume(ask: Ask, service: Service): Promise<boolean> {
  return (await ask(service, '/ops/pause', { isPaused: false }))?.status === 200
}
