import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { get, isRefusedEntry } from './api.js'
import { Door } from './door.js'
import { enter } from './enter.js'
import { t } from './text.js'

/**
 * `ask` is what only the admin is told, and `show` makes a page of it; `locked` is the key of what is said without. `leave` is
 * for who signs out, or is signed out.
 * @typedef {{ ask: string, locked: string, show: (answer: any, leave: (hasLeft: boolean) => void) => unknown }} Props
 * @typedef {{ is: 'asking' | 'away' | 'locked' | 'left' } | { is: 'open', answer: any }} Gate
 */

const AGAIN_MS = 1_500

/** A page for the admin; or its door; or, while the server is away, the wait for it. */
export function AdminGate(/** @type {Props} */ { ask, locked, show }) {
  const [gate, setGate] = useState(/** @type {Gate} */ ({ is: 'asking' }))
  const look = async () => setGate(await knock(ask))
  useEffect(() => void look(), [])
  useEffect(() => {
    if (gate.is !== 'away') return
    const timer = setTimeout(look, AGAIN_MS)
    return () => clearTimeout(timer)
  }, [gate])

  const leave = (/** @type {boolean} */ hasLeft) => (hasLeft ? setGate({ is: 'left' }) : void look())
  if (gate.is === 'open') return show(gate.answer, leave)
  if (gate.is === 'locked' || gate.is === 'left')
    return html`<${Locked} title=${gate.is === 'left' ? 'room.left' : locked} hasLeft=${gate.is === 'left'} onOpen=${look} />`
  return html`<p class="placeholder" role="status">${t(gate.is === 'away' ? 'room.gone' : 'room.connecting')}</p>`
}

/** @param {string} ask @returns {Promise<Gate>} */
async function knock(ask) {
  await enter()
  try {
    return { is: 'open', answer: await get(ask) }
  } catch (error) {
    return { is: isRefusedEntry(error) ? 'locked' : 'away' }
  }
}

/** The page without the token: only the door. */
function Locked(/** @type {{ title: string, hasLeft: boolean, onOpen: () => void }} */ { title, hasLeft, onOpen }) {
  return html`
    <div class="nothing">
      <h1 tabindex="-1" ref=${hasLeft ? focus : null}>${t(title)}</h1>
      <p>${t('room.locked.about')}</p>
      <${Door} onOpen=${onOpen} />
    </div>`
}

/** Who has left by the button stands nowhere without it; there it is also read out. */
const focus = (/** @type {HTMLElement | null} */ heading) => heading?.focus()
