import type { Aim } from './aim.ts'
import { whyNotOn } from './engine-kinds.ts'
import { type Engine, engines } from './engines.ts'
import { type Kind, kinds } from './fault.ts'
import { isHostDeed } from './hosts/host-deed.ts'
import { outside } from './outside-draws.ts'

type Refuse = (reason: string) => never

/** The engines that somebody has named, with commas between them. */
export function enginesIn(text: string, refuse: Refuse): Engine[] {
  const wanted = wordsIn(text)
  const unknown = wanted.find((word) => !engines.some((engine) => engine === word))
  if (unknown !== undefined) refuse(`--engines ${unknown} is none that there is`)
  return engines.filter((engine) => wanted.includes(engine))
}

/** What a shop runs on. */
type Ground = { on: readonly Engine[]; isOnHosts: boolean }

/** Likewise kinds of faults, which must be possible there: or a run would hurt nobody, and pass. */
export function kindsIn(text: string, ground: Ground, refuse: Refuse): readonly Kind[] {
  const wanted = wordsIn(text)
  const unknown = wanted.find((word) => !kinds.some((kind) => kind === word))
  if (unknown !== undefined) refuse(`--only ${unknown} is no kind of fault`)
  for (const kind of kinds.filter((one) => wanted.includes(one))) {
    const why = whyNot(kind, ground)
    if (why !== undefined) refuse(`--only ${kind} cannot be done to what the shop runs on: ${why}`)
  }
  return kinds.filter((kind) => wanted.includes(kind))
}

/** Over many hosts only hosts are hurt, and the world outside. */
function whyNot(kind: Kind, { on, isOnHosts }: Ground): string | undefined {
  const isOfHosts = isHostDeed({ kind })
  if (isOnHosts) return isOfHosts || kind in outside ? undefined : 'it is done to a shop on one host'
  return isOfHosts ? 'it takes --hosts' : whyNotOn(on, kind)
}

const wordsIn = (text: string) => text.split(',').map((word) => word.trim())

/** The nodes of a cluster are no processes of the shop: there are other faults for them. */
export function aimOn(on: readonly Engine[], aim: Aim): Aim {
  if (!on.includes('redis-cluster')) return aim
  const isOther = (victim: Aim['victims'][number]) => victim !== 'redis'
  return { ...aim, victims: aim.victims.filter(isOther), ended: aim.ended.filter(isOther) }
}
