import { AdminGate } from '/assets/js/admin-gate.js'
import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { LogsPage } from './logs-page.js'

frame('logs')
document.title = `${t('logs.title')} · Orderline`
const show = (/** @type {unknown} */ _answer, /** @type {(hasLeft: boolean) => void} */ leave) =>
  html`<${LogsPage} onLocked=${() => leave(false)} />`
render(html`<${AdminGate} ask="/api/admin/logs/completeness" locked="logs.locked" show=${show} />`, byId('main'))
