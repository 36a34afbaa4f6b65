/** @import { Ask, LiveEvent } from './hub.js' */
/**
 * @typedef {ReturnType<typeof createLine>} Line
 * @typedef {{ hear(event: LiveEvent): void, live(): void, refused(ask: Ask): void }} Ear
 */

const SOON_MS = 30 // a page asks for its topics one after another, and all at once are one question

/** One connection to `live`. It goes on by itself where it was, in all its topics. @param {Ear} ear @param {typeof import('../keep-open.js').keepOpen} keep */
export function createLine(ear, keep) {
  /** @type {Ask[]} */ let asks = []
  /** @type {Ask[]} */ let asked = []
  /** @type {WeakMap<Ask, string>} where each stands: one that is new begins anew, while the others go on */
  const places = new WeakMap()
  /** @type {boolean | null} */ let isUp = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
  const note = (/** @type {boolean} */ is) => {
    if (isUp === is) return // each try that fails says so
    isUp = is
    ear.live()
  }
  const question = () => {
    asked = asks
    const topics = asks.map((ask) => ({ ...ask, after: places.get(ask) }))
    return { url: '/api/live', method: 'POST', headers: JSON_BODY, body: JSON.stringify({ topics }) }
  }
  const stream = keep(question, {
    up: () => note(true),
    down: () => note(false),
    hear: (event, id) => {
      if (id !== undefined) for (const ask of asked) places.set(ask, id) // it says where all of them stand
      ear.hear(event)
    },
    refused: (status, fields) => {
      const named = status === 404 || status === 422 ? namedBy(fields, asked) : []
      for (const ask of named) ear.refused(ask)
      return named.length > 0
    },
  })
  return {
    /** Null before it has been tried. */
    isLive: () => isUp,
    /** Asks for these topics from now on, or for nothing any more. */
    ask: (/** @type {Ask[]} */ next) => {
      asks = next
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (asks.length > 0) return stream.open()
        stream.close()
        isUp = null
      }, SOON_MS)
    },
  }
}

const JSON_BODY = { 'content-type': 'application/json' }

/** Which topics a refusal names, as `topics.1.topic`: one that names none is of the whole question. @param {string[]} fields @param {Ask[]} asked */
function namedBy(fields, asked) {
  const indices = fields.flatMap((field) => /^topics\D(\d+)/.exec(field)?.[1] ?? [])
  return asked.filter((_, i) => indices.includes(String(i)))
}
