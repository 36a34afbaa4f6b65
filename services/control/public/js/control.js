import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { ControlPage } from './control-page.js'

frame('control')
render(html`<${ControlPage} />`, byId('main'))
