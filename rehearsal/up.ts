import { setTimeout as wait } from 'node:timers/promises'
import type { Service } from './compose-file.ts'
import { Container } from './container.ts'
import { untilHealthy } from './health.ts'
import type { Names } from './names.ts'
import type { Network } from './network.ts'
import { publish, publishedBy } from './publish.ts'
import type { Volumes } from './volumes.ts'

/** Where all takes place. `patience`: so many times as long as it says may things take, because the machine is busy. */
export type Stage = {
  folder: string
  network: Network
  names: Names
  volumes: Volumes
  patience: number
  say: (line: string) => void
}

const JOB_LIMIT_MS = 5 * 60_000

/** The containers that have been started, by their services' names. */
export type Containers = Map<string, Container>

/**
 * Starts services, each once those that it depends on are as it wants them, and resolves when all are well. What has been started is
 * in `containers`, also when something is not well, which throws.
 */
export async function up(services: Map<string, Service>, stage: Stage, containers: Containers): Promise<void> {
  const begun = new Map<string, Promise<void>>()
  const bring = (name: string, wanted: readonly string[] = []): Promise<void> => {
    if (wanted.includes(name)) throw new Error(`${[...wanted, name].join(' waits for ')}`)
    const bringing = begun.get(name) ?? bringAfterOthers(name, [...wanted, name])
    begun.set(name, bringing)
    return bringing
  }
  const bringAfterOthers = async (name: string, wanted: readonly string[]) => {
    const service = serviceCalled(name, services)
    await Promise.all(neededBy(service, services).map((other) => bring(other, wanted)))
    containers.set(name, await start(name, service, stage))
    await untilWell(name, containers, stage)
  }
  await Promise.all([...services.keys()].map((name) => bring(name)))
}

function serviceCalled(name: string, services: Map<string, Service>): Service {
  const service = services.get(name)
  if (service === undefined) throw new Error(`somebody waits for ${name}, which is not started`)
  return service
}

function neededBy({ depends_on }: Service, services: Map<string, Service>): string[] {
  const isNeeded = (name: string, required: boolean) => required || services.has(name)
  return Object.entries(depends_on).flatMap(([name, { required }]) => (isNeeded(name, required) ? [name] : []))
}

async function start(name: string, service: Service, stage: Stage): Promise<Container> {
  const { ipv4_address, aliases } = service.networks.default
  const address = ipv4_address ?? stage.network.free()
  const netns = await stage.network.join(name, address)
  const container = await Container.start(
    name,
    service,
    { ...stage, gateway: stage.network.gateway },
    { netns, address },
  )
  for (const one of [name, ...aliases]) stage.names.set(one, (stage.names.get(one) ?? new Set()).add(address))
  await Promise.all(service.ports.map((text) => publish(publishedBy(text), address)))
  return container
}

/** A service is well when it says so; a job when it is done. */
async function untilWell(name: string, containers: Containers, { patience, say }: Stage): Promise<void> {
  const container = containers.get(name)
  if (container === undefined) return
  const begun = performance.now()
  const { healthcheck, restart } = container.service
  if (healthcheck !== undefined) await untilHealthy(container, healthcheck, patience)
  else if (restart !== 'no') throw container.failure('has no health check')
  else await untilDone(container, JOB_LIMIT_MS * patience)
  say(`${name} ${healthcheck === undefined ? 'is done' : 'is healthy'} after ${seconds(performance.now() - begun)}`)
}

async function untilDone(container: Container, limitMs: number): Promise<void> {
  await Promise.race([container.ended, wait(limitMs, undefined, { ref: false })])
  if (container.exitCode === null) throw container.failure(`is not done within ${seconds(limitMs)}`)
  if (container.exitCode !== 0) throw container.failure(`ended with ${container.exitCode}`)
}

/** Stops all, each once those that depend on it have ended. Throws when one did not end by itself in its time. */
export async function down(containers: Containers, patience: number): Promise<void> {
  const begun = new Map<string, Promise<void>>()
  const end = (container: Container): Promise<void> => {
    const ending = begun.get(container.name) ?? endAfterOthers(container)
    begun.set(container.name, ending)
    return ending
  }
  const endAfterOthers = async (container: Container) => {
    await Promise.allSettled(dependentsOf(container, containers).map(end))
    await stop(container, container.service.stop_grace_period * patience)
  }
  const ended = await Promise.allSettled([...containers.values()].map(end))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

const dependentsOf = ({ name }: Container, containers: Containers) =>
  [...containers.values()].filter(({ service }) => name in service.depends_on)

async function stop(container: Container, limitMs: number): Promise<void> {
  const timer = new AbortController()
  const late = wait(limitMs, 'late', { signal: timer.signal }).catch(() => 'in time')
  await container.signal(container.stopSignal)
  const first = await Promise.race([container.ended, late])
  timer.abort()
  if (first !== 'late') return
  await container.signal('SIGKILL')
  await container.ended
  throw container.failure(`did not end within ${seconds(limitMs)}`)
}

export const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
