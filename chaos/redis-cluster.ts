import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pickPorts } from '../launcher/ports.ts'
import { slotOf } from '../shared/store/slot.ts'
import { type ClusterNode, startNode } from './cluster-node.ts'

const SLOTS = 16_384
const MASTERS = 3
const FORM_LIMIT_MS = 20_000
const LOOK_EVERY_MS = 50

/** A Redis Cluster that is thrown away: three masters, and replicas of them in turn. */
export type RedisCluster = {
  url: string
  nodes: ClusterNode[]
  /** Those that hold slots now, as those see it that run. */
  masters(): Promise<ClusterNode[]>
  /** The one that answers for a key now. */
  ownerOf(key: string): Promise<ClusterNode>
  replicasOf(master: ClusterNode): Promise<ClusterNode[]>
  stop(): Promise<void>
}

/** Starts one. Resolves when every node answers for all slots. */
export async function startRedisCluster(program: string, replicas = 0): Promise<RedisCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-cluster-'))
  const [ports, busPorts] = halves(await pickPorts(2 * (MASTERS + replicas)))
  const places = ports.map((port, i) => ({ program, folder, port, busPort: busPorts[i] ?? 0 }))
  const nodes = await Promise.all(places.map(startNode))
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  await form(nodes).catch(async (cause) => {
    await stop()
    throw cause
  })
  return { url: urlOf(ports), nodes, stop, ...lookInto(nodes) }
}

const urlOf = (ports: number[]) => `redis-cluster://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`

function halves<T>(all: T[]): [T[], T[]] {
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)]
}

async function form(nodes: ClusterNode[]): Promise<void> {
  const [first] = nodes
  await Promise.all(nodes.map(({ client }, i) => client.cluster('SET-CONFIG-EPOCH', i + 1)))
  await Promise.all(nodes.slice(0, MASTERS).map(giveSlots))
  for (const { port, busPort } of nodes.slice(1))
    await first?.client.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort)
  await untilAll(
    nodes,
    async ({ client }) => String(await client.cluster('NODES')).match(/connected/g)?.length === nodes.length,
  )
  await Promise.all(
    nodes.slice(MASTERS).map(({ client }, i) => client.cluster('REPLICATE', nodes[i % MASTERS]?.id ?? '')),
  )
  await untilAll(nodes, ({ client }, i) => isSettled(client, i))
}

async function giveSlots({ client }: ClusterNode, i: number): Promise<void> {
  const from = (n: number) => Math.floor((SLOTS * n) / MASTERS)
  await client.call('CLUSTER', 'ADDSLOTSRANGE', from(i), from(i + 1) - 1)
}

async function isSettled(client: ClusterNode['client'], i: number): Promise<boolean> {
  const info = String(await client.cluster('INFO'))
  const isOk = /cluster_state:ok/.test(info) && /cluster_slots_ok:16384/.test(info)
  return isOk && (i < MASTERS || /master_link_status:up/.test(await client.info('replication')))
}

async function untilAll(nodes: ClusterNode[], isSo: (node: ClusterNode, i: number) => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + FORM_LIMIT_MS
  while (!(await Promise.all(nodes.map(isSo))).every(Boolean)) {
    if (performance.now() > endMs) throw new Error('the nodes do not become a cluster')
    await delay(LOOK_EVERY_MS)
  }
}

/** A line of CLUSTER NODES: id, address, flags, master, …, slots. */
type Line = { id: string; flags: string[]; master: string; slots: [number, number][] }

function lookInto(nodes: ClusterNode[]): Pick<RedisCluster, 'masters' | 'ownerOf' | 'replicasOf'> {
  const lines = async (): Promise<Line[]> => {
    const told = nodes.filter((node) => node.pid() > 0).map(({ client }) => client.cluster('NODES'))
    return String(await Promise.any(told))
      .split('\n')
      .map(lineOf)
  }
  const find = async (isOne: (line: Line) => boolean) => {
    const ids = (await lines()).filter((line) => isOne(line) && !line.flags.includes('fail')).map(({ id }) => id)
    return nodes.filter(({ id, pid }) => ids.includes(id) && pid() > 0)
  }
  return {
    masters: () => find(({ slots }) => slots.length > 0),
    replicasOf: ({ id }) => find(({ master }) => master === id),
    ownerOf: async (key) => {
      const slot = slotOf(key)
      const [owner] = await find(({ slots }) => slots.some(([from, to]) => from <= slot && slot <= to))
      if (owner === undefined) throw new Error(`nobody answers for slot ${slot}`)
      return owner
    },
  }
}

function lineOf(text: string): Line {
  const [id = '', , flags = '', master = '', , , , , ...ranges] = text.split(' ')
  const slots = ranges
    .filter((range) => !range.startsWith('['))
    .map((range): [number, number] => {
      const [from = '', to = from] = range.split('-')
      return [Number(from), Number(to)]
    })
  return { id, flags: flags.split(','), master, slots }
}
