import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pickPorts } from '../launcher/ports.ts'
import { slotOf } from '../shared/store/slot.ts'
import { type ClusterNode, startNode } from './cluster-node.ts'
import { formCluster, MASTERS, untilWhole } from './form-cluster.ts'

const KEYS_MAX = 1_000 // of one slot
const MOVE_LIMIT_MS = 5_000

/** A Redis Cluster that is thrown away: three masters, and replicas of them in turn. */
export type RedisCluster = {
  url: string
  nodes: ClusterNode[]
  /** Those that hold slots now, as those see it that run. */
  masters(): Promise<ClusterNode[]>
  /** The one that answers for a key now. */
  ownerOf(key: string): Promise<ClusterNode>
  replicasOf(master: ClusterNode): Promise<ClusterNode[]>
  /** Starts what does not run. Resolves when every node answers for all slots, and every replica follows its master. */
  mend(): Promise<void>
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
  await formCluster(nodes).catch(async (cause) => {
    await stop()
    throw cause
  })
  const mend = async () => {
    await Promise.all(nodes.map((node) => node.start()))
    await Promise.all(nodes.map(closeSlots))
    await untilWhole(nodes)
  }
  return { url: urlOf(ports), nodes, mend, stop, ...lookInto(nodes) }
}

const urlOf = (ports: number[]) => `redis-cluster://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`

function halves<T>(all: T[]): [T[], T[]] {
  return [all.slice(0, all.length / 2), all.slice(all.length / 2)]
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

/** Moves the slot of a key, with what is in it, to a node that does not have it, as resharding does. */
export async function moveSlot(key: string, cluster: Pick<RedisCluster, 'ownerOf' | 'masters'>): Promise<void> {
  const slot = slotOf(key)
  const from = await cluster.ownerOf(key)
  const to = (await cluster.masters()).find(({ id }) => id !== from.id) ?? from
  await to.client.cluster('SETSLOT', slot, 'IMPORTING', from.id)
  await from.client.cluster('SETSLOT', slot, 'MIGRATING', to.id)
  const keys = await from.client.cluster('GETKEYSINSLOT', slot, KEYS_MAX)
  if (keys.length > 0) await from.client.call('MIGRATE', '127.0.0.1', to.port, '', 0, MOVE_LIMIT_MS, 'KEYS', ...keys)
  for (const { client } of [to, from]) await client.cluster('SETSLOT', slot, 'NODE', to.id)
}

/** What is left of a move that was cut short: while a node takes a slot for its own to be, it hears nobody else about it. */
async function closeSlots({ client }: ClusterNode): Promise<void> {
  const open = String(await client.cluster('NODES')).matchAll(/\[(\d+)-[<>]-/g)
  for (const [, slot] of open) await client.call('CLUSTER', 'SETSLOT', Number(slot), 'STABLE')
}
