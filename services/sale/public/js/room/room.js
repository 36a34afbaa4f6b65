import { clock, t } from '/assets/js/text.js'
import { useEnd } from '/assets/js/use-end.js'
import { html } from '/assets/vendor/htm-preact.js'
import { SayForm } from './say-form.js'
import { useRoom } from './use-room.js'

/** @import { SaleAnswer } from '../../../sale-answer.ts' */
/** @import { Ticket } from '../tickets.js' */
/** @import { Said } from './said.js' */

/** What those say to each other who wait. Anybody reads it; whoever has a ticket speaks. */
export function Room(/** @type {{ sale: SaleAnswer, ticket: Ticket | null }} */ { sale, ticket }) {
  const { all, isLive } = useRoom(sale.id)
  const isOver = sale.state === 'ended'
  if (isOver && (all === null || all.length === 0)) return null
  return html`
    <section class="talk" aria-labelledby="talk-title">
      <div class="section-head">
        <h2 id="talk-title">${t('talk.title')}</h2>
        <p class="small" role="status">${isLive ? '' : t('talk.away')}</p>
      </div>
      <${Lines} all=${all} />
      ${ticket !== null && !isOver && html`<${SayForm} sale=${sale.id} ticket=${ticket} />`}
      ${ticket === null && !isOver && html`<p class="small">${t('talk.needsTicket')}</p>`}
    </section>`
}

function Lines(/** @type {{ all: Said[] | null }} */ { all }) {
  const end = useEnd(all)
  if (all === null || all.length === 0)
    return html`<p class="empty">${t(all === null ? 'sale.loading' : 'talk.none')}</p>`
  return html`
    <div ...${end} class="talk-lines" tabindex="0" role="log" aria-label=${t('talk.title')}><ol>
      ${all.map(
        ({ said, at, name, text }) => html`
        <li key=${said}>
          <b>${name}</b> <span class="text">${text}</span>
          ${at && html`<time datetime=${at}>${clock(at)}</time>`}
        </li>`,
      )}
    </ol></div>`
}
