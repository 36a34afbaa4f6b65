import { AdminGate } from '/assets/js/admin-gate.js'
import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { Room } from './room.js'

/** @import { Session } from '../../session-answer.ts' */

frame('control')
const show = (/** @type {Session} */ session, /** @type {(hasLeft: boolean) => void} */ leave) =>
  html`<${Room} session=${session} onLeave=${() => leave(true)} />`
render(html`<${AdminGate} ask="/api/admin/session" locked="room.locked" show=${show} />`, byId('main'))
