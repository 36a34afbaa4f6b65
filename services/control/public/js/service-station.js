import { comma, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Controls } from './controls.js'
import { machineOf } from './machine.js'
import { nameOf } from './say-standing.js'
import { standingOfService } from './standing.js'
import { SideStation, Station } from './station.js'
import { neighboursOf } from './topology.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Known } from './room-store.js' */
/** @import { Acts } from './use-acts.js' */

/**
 * A service with its list, its lamp, and what may be done to it. `lit` is who is pointed at, if anyone.
 * @param {{ service: string, known: Known, session: Session, acts: Acts, lit: string | null }} props
 */
export function ServiceStation({ service, known, session, acts, lit }) {
  const { picture } = known
  const queue = picture?.lists?.find((one) => one.service === service)
  const machine = machineOf(service, known, session)
  const neighbours = neighboursOf(service, session.routes)
  const isLit = lit !== null && [...neighbours.hears, ...neighbours.tells].some((one) => one === lit)
  const props = {
    ...{ service, queue, standing: standingOfService(service, known, session), state: machine.state },
    ...{ look: isLit ? 'lit' : '' },
  }
  const controls = html`
    <${Controls} machine=${machine} acts=${acts} pausedAt=${queue?.pausedAt ?? null} />`
  if (session.main.some((one) => one === service)) return html`<${Station} ...${props}>${controls}<//>`
  return html`<${SideStation} ...${props} ways=${sayWays(neighbours)}>${controls}<//>`
}

/** @param {{ hears: string[], tells: string[] }} neighbours */
function sayWays({ hears, tells }) {
  const list = (/** @type {string[]} */ names) => names.map(nameOf).join(comma)
  return [
    hears.length > 0 && t('picture.hears', { list: list(hears) }),
    tells.length > 0 && t('picture.tells', { list: list(tells) }),
  ]
    .filter(Boolean)
    .join(' · ')
}
