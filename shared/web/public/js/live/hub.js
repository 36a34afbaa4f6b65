import { createKept } from './kept.js'

/** @import { Ear, Line } from './line.js' */
/**
 * A topic that is wanted, with the key of its order; and what is told of it.
 * @typedef {{ topic: string, key?: string | undefined }} Ask
 * @typedef {{ topic: string, kind: string, at?: string, data: any }} LiveEvent
 * @typedef {{ hear(event: LiveEvent): void, live(is: boolean): void, refused(topic: string): void }} Member
 * @typedef {{ ask: Ask, line: Line, members: Set<Member>, kept: ReturnType<typeof createKept> }} Want
 */

const TOPICS_MAX = 20 // in one question, as the API has it

/**
 * Who wants to be told of what: each topic is asked for once, however many want it, on as few connections as will do.
 * @param {(ear: Ear) => Line} makeLine
 */
export function createHub(makeLine) {
  /** @type {Map<string, Want>} */
  const wants = new Map()
  /** @type {Set<Line>} */
  const lines = new Set()
  const wantsOf = (/** @type {Line} */ line) => [...wants.values()].filter((want) => want.line === line)
  const askAnew = (/** @type {Line} */ line) => {
    const mine = wantsOf(line)
    line.ask(mine.map(({ ask }) => ask))
    if (mine.length === 0) lines.delete(line)
  }
  /** What nobody wants any more is left out the next time. */
  const drop = (/** @type {Want} */ want) => {
    wants.delete(nameOf(want.ask))
    if (wantsOf(want.line).length === 0) askAnew(want.line)
  }
  const open = () => {
    const line = makeLine({
      hear: (event) => {
        for (const want of wantsOf(line)) if (want.ask.topic === event.topic) tell(want, event)
      },
      live: () => {
        for (const member of membersOf(wantsOf(line))) tellStanding(member, wants)
      },
      refused: ({ topic, key }) => {
        const want = wants.get(nameOf({ topic, key }))
        if (want === undefined) return
        wants.delete(nameOf(want.ask))
        askAnew(line)
        for (const member of want.members) member.refused(topic)
      },
    })
    lines.add(line)
    return line
  }
  const want = (/** @type {Ask} */ ask) => {
    const known = wants.get(nameOf(ask))
    if (known) return known
    const line = [...lines].find((one) => hasRoom(wantsOf(one), ask)) ?? open()
    const made = { ask: { ...ask }, line, members: new Set(), kept: createKept() }
    wants.set(nameOf(ask), made)
    askAnew(line)
    return made
  }
  return {
    /** Joins those who are told, and hears at once what is known already; until the returned function is called. */
    join: (/** @type {Ask[]} */ asks, /** @type {Member} */ member) => {
      for (const { members, kept } of asks.map(want)) {
        members.add(member)
        for (const event of kept.all()) member.hear(event)
      }
      tellStanding(member, wants)
      return () => {
        for (const one of wants.values()) if (one.members.delete(member) && one.members.size === 0) drop(one)
      }
    },
  }
}

const nameOf = (/** @type {Ask} */ { topic, key = '' }) => `${topic} ${key}`

/** The same topic by another key is asked for by itself. @param {Want[]} wants @param {Ask} more */
const hasRoom = (wants, more) => wants.length < TOPICS_MAX && wants.every(({ ask }) => ask.topic !== more.topic)

/** @param {Want[]} wants */
const membersOf = (wants) => new Set(wants.flatMap(({ members }) => [...members]))

/** Whether all that somebody is told comes in; nothing is said before that is known. @param {Member} member @param {Map<string, Want>} wants */
function tellStanding(member, wants) {
  const mine = [...wants.values()].filter(({ members }) => members.has(member)).map(({ line }) => line.isLive())
  if (mine.includes(false)) member.live(false)
  else if (!mine.includes(null)) member.live(true)
}

/** @param {Want} want @param {LiveEvent} event */
function tell({ members, kept }, event) {
  kept.add(event)
  for (const member of members) member.hear(event)
}
