import { setTimeout as delay } from 'node:timers/promises'
import type { ClusterNode } from './cluster-node.ts'

export const MASTERS = 3
const SLOTS = 16_384
const FORM_LIMIT_MS = 20_000
const LOOK_EVERY_MS = 50

/** Makes a cluster of nodes that do not know each other: the first three are masters, each of the others replicates one of them in turn. */
export async function formCluster(nodes: ClusterNode[]): Promise<void> {
  const [first] = nodes
  await Promise.all(nodes.map(({ client }, i) => client.cluster('SET-CONFIG-EPOCH', i + 1)))
  await Promise.all(nodes.slice(0, MASTERS).map(giveSlots))
  for (const { port, busPort } of nodes.slice(1))
    await first?.client.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort)
  await untilAll(nodes, async ({ client }) => (await linksOf(client)) === nodes.length)
  const replicate = ({ client }: ClusterNode, i: number) => client.cluster('REPLICATE', nodes[i % MASTERS]?.id ?? '')
  await Promise.all(nodes.slice(MASTERS).map(replicate))
  await untilWhole(nodes)
}

async function giveSlots({ client }: ClusterNode, i: number): Promise<void> {
  const from = (n: number) => Math.floor((SLOTS * n) / MASTERS)
  await client.call('CLUSTER', 'ADDSLOTSRANGE', from(i), from(i + 1) - 1)
}

const linksOf = async (client: ClusterNode['client']) =>
  String(await client.cluster('NODES')).match(/ connected/g)?.length

/** Resolves when every node answers for all slots, all agree on whose they are, and every replica follows its master. */
export function untilWhole(nodes: ClusterNode[]): Promise<void> {
  return untilAll(nodes, async ({ client }) => {
    const info = String(await client.cluster('INFO'))
    const isOk = /cluster_state:ok/.test(info) && /cluster_slots_ok:16384/.test(info)
    const isInPlace = /role:master|master_link_status:up/.test(await client.info('replication'))
    return isOk && isInPlace && (await ownersBy(client)) === (await ownersBy(nodes[0]?.client ?? client))
  })
}

/** Whose the slots are, as one node has it. */
async function ownersBy(client: ClusterNode['client']): Promise<string> {
  const lines = String(await client.cluster('NODES'))
    .split('\n')
    .map((line) => line.split(' '))
  const owners = lines
    .filter(({ length }) => length > FIRST_SLOTS)
    .map(([id, ...more]) => [id, ...more.slice(FIRST_SLOTS - 1)])
  return owners
    .map((words) => words.join(' '))
    .toSorted()
    .join()
}

const FIRST_SLOTS = 8 // words of a line come before the slots

async function untilAll(nodes: ClusterNode[], isSo: (node: ClusterNode) => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + FORM_LIMIT_MS
  while (!(await Promise.all(nodes.map(isSo))).every(Boolean)) {
    if (performance.now() > endMs) throw new Error(`the nodes do not become a cluster:\n${await viewsOf(nodes)}`)
    await delay(LOOK_EVERY_MS)
  }
}

/** What each says of all. */
async function viewsOf(nodes: ClusterNode[]): Promise<string> {
  return (await Promise.all(nodes.map(({ client }) => client.cluster('NODES')))).join('\n')
}
