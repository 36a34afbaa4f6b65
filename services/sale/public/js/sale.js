import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { ListPage } from './list-page.js'
import { SalePage } from './sale-page.js'

const id = location.pathname.replace(/\/$/, '').split('/')[2]

document.title = `${t('sales.title')} · Orderline`
frame('sale')
render(id === undefined ? html`<${ListPage} />` : html`<${SalePage} id=${id} />`, byId('main'))
