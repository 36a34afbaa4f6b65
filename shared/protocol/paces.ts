import { every, type Loop } from '../every.ts'
import type { Limits } from '../handler.ts'
import type { Health } from '../health.ts'
import type { Queue } from '../routes.ts'
import type { Database } from '../store/database.ts'
import { recall, remember } from '../store/meta.ts'
import type { Sql } from '../store/sql.ts'

const READ_MS = 1_000

/** How many calls a second what comes from a list may make outside; null: as many as there are. `isSet` by the admin. */
export type PaceOf = { list: Queue; perSecond: number | null; byDefault: number | null; isSet: boolean }

/**
 * The paces of a service's ways out: what its environment says, until the admin says something else. That is kept in its
 * `Meta` table, so a restart does not forget it, and every process of the service has it within a second.
 */
export type Paces = {
  all(): PaceOf[]
  /** Sets one, or gives it back to the environment. Null where nothing of that list goes out. */
  set(list: string, perSecond: number | null): Promise<PaceOf | null>
  /** What a way out begins with. */
  limitsOf(list: Queue): Limits | undefined
  /** Keeps the ways out at their paces. */
  follow(setPace: (list: Queue, perSecond: number | undefined) => void): Loop
}

type Deps = { db: Pick<Database<Sql>, 'read' | 'write'>; health: Health }

/** Reads what was set before. `limits` are what the environment says, by the list whose messages go that way. */
export async function openPaces(limits: Map<Queue, Limits>, { db, health }: Deps): Promise<Paces> {
  const lists = [...limits.keys()]
  const readAll = async () =>
    new Map(await Promise.all(lists.map(async (list) => [list, await readSet(db.read, list)] as const)))
  let set = await readAll()
  let loop: Loop | undefined
  const paceOf = (list: Queue): PaceOf => {
    const byDefault = limits.get(list)?.perSecond ?? null
    const told = set.get(list) ?? null
    return { list, perSecond: told ?? byDefault, byDefault, isSet: told !== null }
  }
  return {
    all: () => lists.map(paceOf),
    set: async (name, perSecond) => {
      const list = lists.find((one) => one === name)
      if (list === undefined) return null
      await db.write((tx) => remember(tx, keyOf(list), perSecond === null ? NOT_SET : String(perSecond)))
      loop?.nudge()
      return { ...paceOf(list), ...{ perSecond: perSecond ?? paceOf(list).byDefault, isSet: perSecond !== null } }
    },
    limitsOf: (list) =>
      limits.has(list) ? { ...limits.get(list), perSecond: paceOf(list).perSecond ?? undefined } : undefined,
    follow: (setPace) => {
      loop = every(READ_MS, 'paces', health, async () => {
        const before = lists.map(paceOf)
        set = await readAll()
        for (const { list, perSecond: was } of before) {
          const { perSecond, isSet } = paceOf(list)
          if (perSecond === was) continue
          setPace(list, perSecond ?? undefined)
          health.log.info({ list, perSecond, was, isSet }, 'pace.changed')
        }
      })
      return loop
    },
  }
}

const keyOf = (list: Queue) => `pace.${list}`
const NOT_SET = ''

/** What the admin has set; null where nothing, or what no pace can be. */
async function readSet(sql: Sql, list: Queue): Promise<number | null> {
  const text = (await recall(sql, keyOf(list))) ?? NOT_SET
  const perSecond = Number(text)
  return text !== NOT_SET && perSecond > 0 ? perSecond : null
}
