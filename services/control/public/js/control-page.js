import { get, isRefusedEntry } from '/assets/js/api.js'
import { Door } from '/assets/js/door.js'
import { t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { Room } from './room.js'

/** @import { Session } from '../../session-answer.ts' */
/** @typedef {{ is: 'asking' | 'away' | 'locked' | 'left' } | { is: 'open', session: Session }} Gate */

const AGAIN_MS = 1_500

/** The control room; or its door; or, while the server is away, the wait for it. */
export function ControlPage() {
  const [gate, setGate] = useState(/** @type {Gate} */ ({ is: 'asking' }))
  const enter = async () => setGate(await knock())
  useEffect(() => void enter(), [])
  useEffect(() => {
    if (gate.is !== 'away') return
    const timer = setTimeout(enter, AGAIN_MS)
    return () => clearTimeout(timer)
  }, [gate])

  const leave = () => setGate({ is: 'left' })
  if (gate.is === 'open') return html`<${Room} session=${gate.session} onLeave=${leave} />`
  if (gate.is === 'locked' || gate.is === 'left')
    return html`<${Locked} hasLeft=${gate.is === 'left'} onOpen=${enter} />`
  return html`<p class="placeholder" role="status">${t(gate.is === 'away' ? 'room.gone' : 'room.connecting')}</p>`
}

/** @returns {Promise<Gate>} */
async function knock() {
  try {
    return { is: 'open', session: await get('/api/admin/session') }
  } catch (error) {
    return { is: isRefusedEntry(error) ? 'locked' : 'away' }
  }
}

/** The room without the token: only the door. */
function Locked(/** @type {{ hasLeft: boolean, onOpen: () => void }} */ { hasLeft, onOpen }) {
  return html`
    <div class="nothing">
      <h1 tabindex="-1" ref=${hasLeft ? focus : null}>${t(hasLeft ? 'room.left' : 'room.locked')}</h1>
      <p>${t('room.locked.about')}</p>
      <${Door} onOpen=${onOpen} />
    </div>`
}

/** Who has left by the button stands nowhere without it; there it is also read out. */
const focus = (/** @type {HTMLElement | null} */ heading) => heading?.focus()
