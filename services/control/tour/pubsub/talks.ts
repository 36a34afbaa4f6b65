import { Problem } from '../../../../shared/web/http.ts'
import type { PartDeps } from '../part.ts'
import { holdTalk } from './hold-talk.ts'
import { openStage, type Stage } from './stage.ts'
import { type Kind, nothing, type Talk } from './talk-shape.ts'

type Wish = { kind: Kind; listeners: number }

/** The talks to listeners, one at a time, and the last of each kind as far as it was counted. */
export function createTalks(deps: PartDeps) {
  const talks = new Map<Kind, Talk>()
  let now: Talk | null = null
  let stage: Stage | null = null
  let stopping = new AbortController()
  const look = () => {
    const heard = stage?.listeners.heard()
    if (now === null || now.isOver || heard?.talk !== idOf(now)) return
    Object.assign(now, { ours: heard.ours, plain: heard.plain, listeners: heard.listeners })
  }
  const stop = () => {
    stopping.abort()
    stage?.stop()
    stage = null
  }
  const open = async (listeners: number) => {
    if (stage !== null && (stage.count !== listeners || stage.listeners.isGone())) stop()
    stopping = new AbortController()
    const { signal } = stopping
    const opened = stage ?? (await openStage(deps, listeners))
    if (signal.aborted) opened.stop()
    signal.throwIfAborted() // its page has gone meanwhile
    stage = opened
    return opened
  }
  const play = async (talk: Talk) => {
    const on = await open(talk.listeners)
    on.listeners.tell({ do: 'begin', talk: idOf(talk) })
    return holdTalk(on, talk, idOf(talk), { ...deps, end: stopping.signal })
  }
  return {
    all: () => {
      look()
      return [...talks.values()]
    },
    stop,
    /** Resolves with when it began; the listeners come first, and that takes a while. */
    begin: async ({ kind, listeners }: Wish): Promise<number> => {
      if (kind === 'cut' && !(await deps.demo.ownsRedis()))
        throw new Problem(409, 'Conflict', 'This Redis is not the demo’s.')
      // from here to where `now` is set nothing is waited for
      if (now !== null && !now.isOver) throw new Problem(409, 'Conflict', 'Listeners are being told something already.')
      const sides = { ours: nothing(), plain: nothing() }
      const talk: Talk = { kind, startedAt: Date.now(), listeners, said: 0, isOver: false, trouble: null, ...sides }
      now = talk
      talks.set(kind, talk)
      play(talk)
        .catch((error) => {
          talk.trouble = error instanceof Error ? error.message : String(error)
          deps.log.warn({ err: error }, 'tour.talk.failed')
        })
        .finally(() => {
          look()
          talk.isOver = true
        })
      return talk.startedAt
    },
  }
}

const idOf = ({ kind, startedAt }: Talk) => `${kind}${startedAt}`
