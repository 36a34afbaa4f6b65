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
      const reply = await ask(service, '/ops/pause', { isPaused: false })
      if (reply?.status !== 200) throw new Error(`${service} does not answer`)
    },
  }
}
