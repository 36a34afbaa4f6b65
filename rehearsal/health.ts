import { setTimeout as wait } from 'node:timers/promises'
import type { Healthcheck } from './compose-file.ts'
import type { Container } from './container.ts'

/**
 * Asks a container for its health as an engine does: after each interval; a failure counts once its start period is over; and so
 * many in a row are too many. `patience` times as long may it take. Resolves when it is well. Throws when it ends, or is found unwell.
 */
export async function untilHealthy(container: Container, check: Healthcheck, patience: number): Promise<void> {
  const begun = Date.now()
  for (let failures = 0; failures < check.retries; ) {
    await Promise.race([wait(check.interval), container.ended])
    if (container.exitCode !== null) throw container.failure(`ended with ${container.exitCode}`)
    if (await container.isWell(argsOf(check), check.timeout * patience)) return
    if (Date.now() - begun > check.start_period * patience) failures++
  }
  throw container.failure(`is unhealthy: ${check.test.slice(1).join(' ')}`)
}

function argsOf({ test: [kind, ...args] }: Healthcheck): string[] {
  return kind === 'CMD' ? args : ['/bin/sh', '-c', ...args]
}
