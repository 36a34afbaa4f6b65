import { post, Refusal } from '/assets/js/api.js'
import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { Backstage } from './backstage.js'
import { CrowdSender } from './crowd-sender.js'
import { FaultButtons } from './fault-buttons.js'

/** @import { Session } from '../../../../control/session-answer.ts' */
/** @import { SaleAnswer } from '../../../sale-answer.ts' */
/** @typedef {(path: string, body: object, words: string, endsUs?: boolean) => Promise<void>} Act `endsUs`: no answer is as good as one */

/** On the page of a sale: ends it, sends a crowd, breaks something. Each button says afterwards what it did. */
export function RunSale(/** @type {{ sale: SaleAnswer }} */ { sale }) {
  return html`<${Backstage} show=${(/** @type {Session} */ session) => html`<${Controls} sale=${sale} session=${session} />`} />`
}

function Controls(/** @type {{ sale: SaleAnswer, session: Session }} */ { sale, session }) {
  const [said, setSaid] = useState('')
  /** @type {Act} */
  const act = async (path, body, words, endsUs = false) => {
    const failed = (/** @type {Error} */ error) =>
      endsUs && error instanceof Refusal && error.status === 0 ? words : t('done.failed', { why: error.message })
    setSaid(await post(path, body).then(() => words, failed))
  }
  const end = () => act(`/api/admin/sales/${sale.id}/end`, {}, t('run.ended'))
  return html`
    <div class="run">
      <p class="said-of-run" role="status">${said}</p>
      ${session.isDemo && html`<${CrowdSender} sale=${sale} act=${act} /><${FaultButtons} act=${act} />`}
      <div class="actions">
        <button class="quiet danger" disabled=${sale.state === 'ended'} onClick=${end}>${t('run.end')}</button>
        <a class="quiet" href="/control">${t('nav.control')}</a>
        <a class="quiet" href="/sale">${t('run.another')}</a>
      </div>
    </div>`
}
