import { AdminGate } from '/assets/js/admin-gate.js'
import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { Tour } from './tour/tour.js'

/** @import { Session } from '../../session-answer.ts' */

frame('tour')
const show = (/** @type {Session} */ session) => html`<${Tour} session=${session} />`
render(html`<${AdminGate} ask="/api/admin/session" locked="tour.locked" show=${show} />`, byId('main'))
