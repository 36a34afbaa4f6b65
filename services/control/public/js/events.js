import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { EventsPage } from './events-page.js'

frame('events')
render(html`<${EventsPage} />`, byId('main'))
