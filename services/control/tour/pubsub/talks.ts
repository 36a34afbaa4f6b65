import { Problem } from '../../../../shared/web/http.ts'
import type { PartDeps } from '../part.ts'
import { holdTalk } from './hold-talk.ts'
import { openStage, type Stage } from './stage.ts'
import { type Kind, nothing, type Talk } from './talk-shape.ts'

type Wish = { kind: Kind; listeners: number }

/** The talks to listeners, one at a time, and the last of each kind as far as it was counted. */
export function createTalks(deps: PartDeps) {
  const talks = new Map<Kind, Talk>()
  const hall = createHall(deps)
  let now: Talk | null = null
  const look = () => {
    const heard = hall.heard()
    if (now === null || now.isOver || heard?.talk !== idOf(now)) return
    Object.assign(now, { ours: heard.ours, plain: heard.plain, listeners: heard.listeners })
  }
  const play = async (talk: Talk) => {
    const { stage, end } = await hall.open(talk.listeners)
    stage.listeners.tell({ do: 'begin', talk: idOf(talk) })
    return holdTalk(stage, talk, idOf(talk), { ...deps, end })
  }
  return {
    all: () => {
      look()
      return [...talks.values()]
    },
    stop: hall.stop,
    /** Resolves with when it began; the listeners come first, and that takes a while. */
    begin: async ({ kind, listeners }: Wish): Promise<number> => {
      if (kind === 'cut' && !(await deps.demo.ownsRedis()))
        throw new Problem(409, 'Conflict', 'This Redis is not the demo’s.')
      // from here to where `now` is set nothing is waited for
      if (now !== null && !now.isOver) throw new Problem(409, 'Conflict', 'Listeners are being told something already.')
      const talk = newTalk(kind, listeners)
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

/** Where the listeners stand ready: the same ones from talk to talk, unless others are asked for. */
function createHall(deps: PartDeps) {
  let stage: Stage | null = null
  let stopping = new AbortController()
  const stop = () => {
    stopping.abort()
    stage?.stop()
    stage = null
  }
  return {
    stop,
    heard: () => stage?.listeners.heard(),
    /** Rejects where it was stopped meanwhile: its page has gone. `end` is aborted when it is stopped. */
    open: async (listeners: number): Promise<{ stage: Stage; end: AbortSignal }> => {
      if (stage !== null && (stage.count !== listeners || stage.listeners.isGone())) stop()
      stopping = new AbortController()
      const { signal: end } = stopping
      const opened = stage ?? (await openStage(deps, listeners))
      if (end.aborted) opened.stop()
      end.throwIfAborted()
      stage = opened
      return { stage, end }
    },
  }
}

function newTalk(kind: Kind, listeners: number): Talk {
  const sides = { ours: nothing(), plain: nothing() }
  return { kind, startedAt: Date.now(), listeners, said: 0, isOver: false, trouble: null, ...sides }
}

const idOf = ({ kind, startedAt }: Talk) => `${kind}${startedAt}`
