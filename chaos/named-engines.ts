import type { Aim } from './aim.ts'
import { type Engine, engines, kindsOn } from './engines.ts'
import { type Kind, kinds } from './fault.ts'

type Refuse = (reason: string) => never

/** The engines that somebody has named, with commas between them. */
export function enginesIn(text: string, refuse: Refuse): Engine[] {
  const wanted = wordsIn(text)
  const unknown = wanted.find((word) => !engines.some((engine) => engine === word))
  if (unknown !== undefined) refuse(`--engines ${unknown} is none that there is`)
  return engines.filter((engine) => wanted.includes(engine))
}

/** Likewise kinds of faults, which must be possible on these engines. */
export function kindsIn(text: string, on: readonly Engine[], refuse: Refuse): readonly Kind[] {
  const wanted = wordsIn(text)
  const unknown = wanted.find((word) => !kinds.some((kind) => kind === word))
  if (unknown !== undefined) refuse(`--only ${unknown} is no kind of fault`)
  const unfit = kinds.find((kind) => wanted.includes(kind) && !kindsOn(on, [kind]).includes(kind))
  if (unfit !== undefined) refuse(`--only ${unfit} cannot be done to what the shop runs on`)
  return kinds.filter((kind) => wanted.includes(kind))
}

const wordsIn = (text: string) => text.split(',').map((word) => word.trim())

/** The nodes of a cluster are no processes of the shop: there are other faults for them. */
export function aimOn(on: readonly Engine[], aim: Aim): Aim {
  if (!on.includes('redis-cluster')) return aim
  const isOther = (victim: Aim['victims'][number]) => victim !== 'redis'
  return { ...aim, victims: aim.victims.filter(isOther), ended: aim.ended.filter(isOther) }
}
