import { html } from '/assets/vendor/htm-preact.js'
import { Controls } from './controls.js'
import { machineOf } from './machine.js'
import { nameOf, sayStanding } from './say-standing.js'
import { standingOfProcess } from './standing.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Known } from './room-store.js' */
/** @import { Acts } from './use-acts.js' */

/**
 * A process that hears no events: Redis, or the stand-in for something outside, which says how it behaves.
 * @param {{ name: string, known: Known, session: Session, acts: Acts }} props
 */
export function Satellite({ name, known, session, acts }) {
  const standing = standingOfProcess(name, known, session)
  const machine = machineOf(name, known, session)
  return html`
    <section class="satellite" data-process=${name} data-state=${machine.state} data-look=${standing.look} aria-label=${nameOf(name)}>
      <h3>${nameOf(name)}</h3>
      <p class="worker">${sayStanding(wellSaid(standing, name, session))}</p>
      <${Controls} machine=${machine} acts=${acts} />
    </section>`
}

/** A simulator that is up and well says that it works, as its switch does. @param {ReturnType<typeof standingOfProcess>} standing @param {string} name @param {Session} session */
function wellSaid(standing, name, session) {
  const isSimulator = session.faults?.simulators.some((one) => one.process === name)
  return isSimulator && standing.look === 'up' ? { ...standing, key: 'mode.well' } : standing
}
