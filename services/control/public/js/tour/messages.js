import { span, t } from '/assets/js/text.js'
import { html, useLayoutEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { stepsAbout } from './about.js'
import { dotsOf } from './dots.js'
import { Letter } from './letter.js'

/** @import { Dot } from './dots.js' */
/** @import { HeardStep, TourNow } from './station.js' */
/** @typedef {{ tour: TourNow, about?: readonly string[], stops: readonly string[] }} Props */

const ROWS = 12
const NEAR_PX = 40 // about a row

/**
 * Messages on their way between services, each a dot in a row of its own, by the steps that programs really came past. One can
 * hold the picture, go through it step by step, and open each message as it lay in its list.
 */
export function Messages(/** @type {Props} */ { tour, about, stops }) {
  const all = stepsAbout(tour.steps, about)
  const { steps, held, hold } = useHeld(all)
  const [opened, open] = useState(/** @type {string | null} */ (null))
  const dots = dotsOf(steps).filter(({ from, to }) => stops.includes(from) && stops.includes(to))
  const rows = useEndInSight(dots.at(-1)?.key)
  return html`
    <div class="messages" style=${{ '--stops': stops.length }}>
      <${Heads} stops=${stops} last=${steps.at(-1)} />
      <ol class="rows" ref=${rows}>
        ${dots.slice(-ROWS).map((dot) => html`<${Row} key=${dot.key} dot=${dot} stops=${stops} onOpen=${() => open(dot.key)} />`)}
      </ol>
      ${dots.length === 0 && html`<p class="empty">${t('tour.noMessage')}</p>`}
      <${Holding} all=${all} held=${held} hold=${hold} />
      <${Letter} dot=${dots.find(({ key }) => key === opened) ?? null} onClose=${() => open(null)} />
    </div>`
}

/** The steps up to where the picture is held, all of them while it is not. */
function useHeld(/** @type {readonly HeardStep[]} */ all) {
  const [held, hold] = useState(/** @type {number | null} */ (null))
  const steps = held === null ? all : all.filter(({ key }) => key <= held)
  return { steps, held, hold }
}

/** The newest message is in sight, unless somebody has scrolled to earlier ones. */
function useEndInSight(/** @type {string | undefined} */ newest) {
  const rows = useRef(/** @type {HTMLElement | null} */ (null))
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    const note = () => {
      const { scrollTop, scrollHeight, clientHeight } = /** @type {HTMLElement} */ (rows.current)
      isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
    }
    rows.current?.addEventListener('scroll', note)
    return () => rows.current?.removeEventListener('scroll', note)
  }, [])
  useLayoutEffect(() => {
    if (isAtEnd.current && rows.current) rows.current.scrollTop = rows.current.scrollHeight
  }, [newest])
  return rows
}

/** The services, and which one has just come past a step. */
function Heads(/** @type {{ stops: readonly string[], last: HeardStep | undefined }} */ { stops, last }) {
  return html`
    <ol class="heads">
      ${stops.map(
        (stop) => html`
        <li data-now=${last?.service === stop} data-died=${last?.service === stop && last.isLast}>
          ${t(`service.${stop}`)}
        </li>`,
      )}
    </ol>`
}

/** One message: a ring at its sender for as long as that remembers it, and the dot where it is now. */
function Row(/** @type {{ dot: Dot, stops: readonly string[], onOpen: () => void }} */ { dot, stops, onOpen }) {
  const { name, from, to, place, pushes } = dot
  const [start, end] = [stops.indexOf(from), stops.indexOf(to)]
  const label = t('tour.dot', {
    name,
    from: t(`service.${from}`),
    to: t(`service.${to}`),
    place: t(`tour.place.${place}`),
  })
  return html`
    <li class="row" data-place=${place} style=${{ '--from': start, '--to': end, '--at': start + (end - start) * SHARE[place] }}>
      <i class="way" data-way=${end < start ? 'left' : end === start ? 'self' : 'right'}></i>
      <i class="memory" title=${t('tour.remembers', { name: t(`service.${from}`) })}></i>
      <button class="dot-at" aria-label=${label} title=${label} onClick=${onOpen}></button>
      <span class="what">${name}${pushes > 1 && html` <b title=${t('tour.pushes', { count: pushes })}>×${pushes}</b>`} <small>${t(`tour.place.${place}`)}</small></span>
    </li>`
}

/** How far on its way. */
const SHARE = { list: 0.5, hand: 0.82, kept: 1, done: 1, settled: 1, gone: 0.82 }

/** @typedef {{ all: readonly HeardStep[], held: number | null, hold: (key: number | null) => void }} Hold */

/** Holds the picture, and goes through it step by step; the shop goes on meanwhile. */
function Holding(/** @type {Hold} */ { all, held, hold }) {
  const at = held === null ? all.length - 1 : all.findLastIndex(({ key }) => key <= held)
  const to = (/** @type {number} */ place) => hold(all[place]?.key ?? null)
  const step = all[at]
  const since = step && all[0] ? span(step.at - all[0].at) : ''
  return html`
    <div class="holding" role="group" aria-label=${t('tour.holding')}>
      <button class="quiet" aria-pressed=${held !== null} disabled=${all.length === 0} onClick=${() => (held === null ? to(at) : hold(null))}>${t(held === null ? 'tour.hold' : 'tour.goOn')}</button>
      <button class="quiet" aria-label=${t('tour.stepBack')} disabled=${at <= 0} onClick=${() => to(at - 1)}>‹</button>
      <button class="quiet" aria-label=${t('tour.stepOn')} disabled=${held === null || at >= all.length - 1} onClick=${() => to(at + 1)}>›</button>
      <span class="small" role=${held === null ? null : 'status'}>${step && t('tour.stepNow', { at: at + 1, of: all.length, name: t(`service.${step.service}`), step: step.name, since })}</span>
    </div>`
}
