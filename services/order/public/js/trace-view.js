import { t, tOr } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { sayWaits } from './say-wait.js'
import { Waterfall } from './waterfall.js'
import { Ways } from './ways.js'

/** @import { Hop, Trace } from '../../trace/trace-answer.ts' */

const AGAIN_MS = 1_000
const AGAIN_LATER_MS = 5_000 // for what only the log has still to tell
const NEWS_MS = 2_500 // those who look at one order share an answer: the first ones may be of before the news
const LOG_LATE_MS = 120_000 // what it has not told so long after the end of a step it does not know

/**
 * How an order travels: who told whom, and when each service waited and worked; and beside it, in words, what it waits for now.
 * @param {() => Promise<Trace>} read
 */
export function createTraceView(read) {
  const element = document.createElement('div')
  const waiting = document.createElement('div')
  waiting.className = 'waiting'
  let round = 0
  let spoken = { kind: '', words: '' }
  /** @type {Trace | null} */ let trace = null
  const draw = () => {
    const hops = trace?.hops ?? []
    const kind = hops.map(({ to, waits }) => `${to} ${waits?.is}`).join()
    const waits = sayWaits(hops)
    if (kind !== spoken.kind) spoken = { kind, words: waits.join(' ') } // not with each second
    render(html`<${Travel} trace=${trace} />`, element)
    render(
      html`
      ${waits.map((words) => html`<p class="waits">${words}</p>`)}
      <p class="unseen" role="status">${spoken.words}</p>`,
      waiting,
    )
  }
  draw()
  const look = async () => {
    const mine = ++round
    const since = performance.now()
    const isFresh = () => performance.now() - since < NEWS_MS
    while (isFresh() || !isOver(trace)) {
      const told = document.hidden ? null : await read().catch(() => null)
      if (mine !== round) return // something has happened meanwhile, and another round looks
      trace = told ?? trace
      if (told !== null) draw()
      await new Promise((resolve) => setTimeout(resolve, isFresh() || !isHandled(trace) ? AGAIN_MS : AGAIN_LATER_MS))
    }
  }
  return {
    element,
    waiting,
    /** Something has happened to the order: looks until nothing of it is under way any more. */
    look: () => void look(),
  }
}

/** Nothing is under way. @param {Trace | null} trace */
const isHandled = (trace) => trace?.hops.every(({ outcome }) => outcome !== null) ?? false

/** The same, and the log has told all it can. @param {Trace | null} trace */
function isOver(trace) {
  return isHandled(trace) && (trace?.hops.every((hop) => hop.beganAt !== null || isLate(hop, trace.at)) ?? false)
}

const isLate = (/** @type {Hop} */ { doneAt, sentAt }, /** @type {number} */ at) =>
  at - (doneAt ?? sentAt) > LOG_LATE_MS

/** @param {{ trace: Trace | null }} props */
function Travel({ trace }) {
  if (trace === null) return html`<p class="small trace-loading">${t('trace.loading')}</p>`
  const { hops, isLogHere } = trace
  const silent = trace.silent.filter((service) => hops.some((hop) => hop.to === service && isDoubtful(hop)))
  const names = silent.map((service) => tOr(`service.${service}`, service)).join(t('list.comma'))
  return html`
    <${Ways} trace=${trace} />
    <h2>${t('trace.title')}</h2>
    <p class="small" hidden=${isLogHere}>${t('trace.noLog')}</p>
    <p class="small" hidden=${names === ''}>${t('trace.silent', { names })}</p>
    <${Waterfall} trace=${trace} />`
}

/** It may have been handled by now; where nobody works it has not. @param {Hop} hop */
const isDoubtful = ({ waits }) => waits !== null && waits.is !== 'unmanned' && waits.is !== 'stored'
