import { html } from '/assets/vendor/htm-preact.js'
import { AnnounceForm } from './announce-form.js'
import { Backstage } from './backstage.js'

/** On the list of sales: the way to another one. */
export function RunSales() {
  return html`<${Backstage} show=${() => html`<${AnnounceForm} />`} />`
}
