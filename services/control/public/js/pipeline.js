import { comma, span, t } from '/assets/js/text.js'
import { html, useMemo, useState } from '/assets/vendor/htm-preact.js'
import { Lane } from './lanes.js'
import { machinesIn } from './machine.js'
import { Satellite } from './satellite.js'
import { nameOf } from './say-standing.js'
import { ServiceStation } from './service-station.js'
import { neighboursOf, saidBy, waysAmong } from './topology.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Picture } from './merge-picture.js' */
/** @import { Known } from './room-store.js' */
/** @import { Acts } from './use-acts.js' */
/** @typedef {{ known: Known, session: Session, acts: Acts }} Props */

/**
 * The pipeline as the routes have it: the main line, with the ways between; whom its services need outside; and those that
 * no order waits for. Whoever is pointed at is shown with all that it hears and tells.
 * @param {Props} props
 */
export function Pipeline({ known, session, acts }) {
  const { services, main, routes } = session
  const { picture } = known
  const [lit, light] = useState(/** @type {string | null} */ (null))
  const ways = useMemo(() => waysAmong(main, routes), [])
  const point = (/** @type {Event} */ { target }) =>
    light(target instanceof Element ? (target.closest('[data-service]')?.getAttribute('data-service') ?? null) : null)
  const station = (/** @type {string} */ service) => html`
    <${ServiceStation} key=${service} service=${service} known=${known} session=${session} acts=${acts} lit=${lit} />`
  const asOf = picture?.isRedisAway && listsAsOf(picture)
  return html`
    <div class="pipeline-box" onMouseOver=${point} onMouseLeave=${() => light(null)} onFocusIn=${point} onFocusOut=${() => light(null)}>
      <p class="notice" role="status" hidden=${!picture?.isRedisAway}>${t('room.redisGone')} ${asOf}</p>
      <div class="pipeline" role="group" aria-label=${t('picture.label')} style=${{ '--stops': main.length }}>
        <${Lane} place="over" ways=${ways} main=${main} lit=${lit} />
        ${main.map(station)}
        <${Lane} place="under" ways=${ways} main=${main} lit=${lit} />
        <${Satellites} known=${known} session=${session} acts=${acts} lit=${lit} />
      </div>
      <div class="side-line">${services.filter((one) => !main.includes(one)).map(station)}</div>
    </div>`
}

/** Under the station that needs them, what stands in for the world outside; on the left, what all of them need. @param {Props & { lit: string | null }} props */
function Satellites({ known, session, acts, lit }) {
  const { main, services, faults } = session
  const simulators = faults?.simulators ?? []
  const names = machinesIn(known, session)
  const isElsewhere = (/** @type {string} */ name) =>
    services.some((one) => one === name) || simulators.some(({ process }) => process === name)
  const draw = (/** @type {string} */ name) => html`
    <${Satellite} key=${name} name=${name} known=${known} session=${session} acts=${acts} />`
  const ofAll = names.filter((name) => !isElsewhere(name))
  return html`
    <div class="satellites ground" style=${{ '--from': 1, '--wide': Math.max(1, firstNeedy(main, simulators)) }}>${ofAll.map(draw)}<p class="route-words">${lit === null ? t('picture.point') : routesOf(lit, session)}</p></div>
    ${main.map((service, i) => {
      const own = simulators.filter((one) => one.service === service && names.includes(one.process))
      if (own.length === 0) return null
      return html`<div class="satellites" style=${{ '--from': i + 1, '--wide': 1 }}>${own.map(({ process }) => draw(process))}</div>`
    })}`
}

/** How many stations, from the left, need nobody outside. @param {readonly string[]} main @param {{ service: string }[]} simulators */
const firstNeedy = (main, simulators) =>
  Math.min(main.length, ...simulators.map(({ service }) => main.indexOf(service)))

/** Whom it tells what is drawn; here are the words. @param {string} service @param {Session} session */
function routesOf(service, { routes }) {
  const said = [...new Set(saidBy(service, routes).map(({ event }) => event))].join(comma)
  const heard = [...new Set(neighboursOf(service, routes).hears)].map(nameOf).join(comma)
  return t('picture.ways', { name: nameOf(service), heard: heard || '–', said: said || t('picture.says.nothing') })
}

/** While Redis is away the lists are shown as they were known last. */
function listsAsOf(/** @type {Picture} */ { at, listsAt }) {
  return listsAt === null ? '' : t('room.listsAsOf', { ago: span(at - listsAt) })
}
