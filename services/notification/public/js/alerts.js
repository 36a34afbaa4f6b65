import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { AlertsPage } from './alerts-page.js'

document.title = `${t('alerts.title')} · Orderline`
frame('alerts')
render(html`<${AlertsPage} />`, byId('main'))
