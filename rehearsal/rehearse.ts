import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ComposeFile, readComposeFile, type Service, startedOf } from './compose-file.ts'
import type { Variables } from './fill-in.ts'
import { FOLDER } from './folder.ts'
import { judgeBooks } from './judge-books.ts'
import { answerNames, type Names } from './names.ts'
import { Network } from './network.ts'
import { publishedBy } from './publish.ts'
import { askAt, buySomething } from './try-shop.ts'
import { type Containers, down, type Stage, seconds, up } from './up.ts'
import { Volumes } from './volumes.ts'

const STAGE = join(FOLDER, 'stage')

/**
 * Starts all services of a compose file as it says, buys something at the shop's address, has the auditor read the books, and stops
 * all. To be run in namespaces of its own. Throws with what is wrong.
 */
export async function rehearse(path: string, variables: Variables, patience: number, say: Stage['say']): Promise<void> {
  const file = readComposeFile(path, variables)
  const services = startedOf(file, variables)
  const containers: Containers = new Map()
  const stage = await setStage(file, services, { patience, say })
  try {
    await up(services, stage, containers)
    await tryOut(services, containers, stage, variables)
  } catch (error) {
    await down(containers, patience).catch(() => {}) // what went wrong first is what is told
    throw error
  }
  await down(containers, patience)
  rmSync(STAGE, { recursive: true })
  say('all ended by themselves')
}

async function setStage(
  file: ComposeFile,
  services: Map<string, Service>,
  how: Pick<Stage, 'patience' | 'say'>,
): Promise<Stage> {
  rmSync(STAGE, { recursive: true, force: true })
  mkdirSync(STAGE, { recursive: true })
  const fixed = [...services.values()].flatMap(({ networks }) => networks.default.ipv4_address ?? [])
  const network = new Network(file.networks?.default.ipam.config[0], fixed)
  await network.open()
  const names: Names = new Map()
  ;(await answerNames(names, network.gateway)).unref()
  const volumes = new Volumes(join(STAGE, 'volumes'), Object.keys(file.volumes))
  return { folder: STAGE, network, names, volumes, ...how }
}

async function tryOut(
  services: Map<string, Service>,
  containers: Containers,
  { folder, volumes, names, say }: Stage,
  variables: Variables,
): Promise<void> {
  const ports = [...services.values()].flatMap((service) => service.ports.map((text) => publishedBy(text).port))
  for (const port of ports) await askAt(`http://localhost:${port}/`)
  say(`somebody answers at each of the published ports ${ports.join(', ')}`)
  const begun = performance.now()
  const { number, id } = await buySomething(`http://localhost:${variables.PORT || 3000}`)
  say(`${number} is paid after ${seconds(performance.now() - begun)}`)
  await judgeBooks({ folder, volumes, names, containers, accepted: [id] })
  say('the auditor: All is well')
  for (const one of containers.values())
    if (one.exitCode !== null && one.service.restart !== 'no') throw one.failure(`ended with ${one.exitCode}`)
}
