import { span, t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { Tray } from './tray.js'

/** @import { TourNow } from '../../station.js' */
/** @import { SignUp } from './sign-up.js' */
/** @import { SignUps } from './use-sign-ups.js' */

/** Three desks, each with its stopwatch; and what comes to whoever came by the queue. */
export function Desks(/** @type {{ tour: TourNow, shown: SignUps }} */ { tour, shown }) {
  const { ways, broken } = shown
  const desks = [...Object.entries(ways), ...(broken === null ? [] : [['broken', broken]])]
  const longest = Math.max(1, ...desks.map(([, one]) => takenBy(/** @type {SignUp | null} */ (one))))
  return html`
    <ol class="desks" style=${{ '--desks': desks.length }}>
      ${desks.map(([way, one]) => html`<${Desk} key=${way} way=${way} now=${one} longest=${longest} />`)}
    </ol>
    <${Tray} now=${broken ?? ways.queue} tour=${tour} />`
}

const takenBy = (/** @type {SignUp | null} */ now) => now?.answer?.tookMs ?? (now === null ? 0 : Date.now() - now.since)

/** @param {{ way: string, now: SignUp | null, longest: number }} props */
function Desk({ way, now, longest }) {
  useTicking(now !== null && now.answer === null)
  const ms = takenBy(now)
  return html`
    <li class="desk" data-way=${way} data-look=${now === null ? 'idle' : now.answer === null ? 'waits' : 'answered'}>
      <h3>${t(`tour.registration.way.${way}`)}</h3>
      <p class="small">${t(`tour.registration.way.${way}.about`)}</p>
      <p class="stopwatch">${now === null ? '–' : span(ms)}</p>
      <i class="share" style=${{ '--share': ms / longest }}></i>
    </li>`
}

const TICK_MS = 50

/** Draws again and again while a watch runs. */
function useTicking(/** @type {boolean} */ isOn) {
  const [, tick] = useState(0)
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [isOn])
}
