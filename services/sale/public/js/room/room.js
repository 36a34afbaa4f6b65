import { clock, t } from '/assets/js/text.js'
import { html, useLayoutEffect, useRef } from '/assets/vendor/htm-preact.js'
import { SayForm } from './say-form.js'
import { useRoom } from './use-room.js'

/** @import { SaleAnswer } from '../../../sale-answer.ts' */
/** @import { Ticket } from '../tickets.js' */
/** @import { Said } from './said.js' */

const NEAR_END_PX = 40

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

/** Stays at its end while somebody is there, and where it is while somebody reads further up. */
function Lines(/** @type {{ all: Said[] | null }} */ { all }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null))
  const isAtEnd = useRef(true)
  const note = (
    /** @type {{ currentTarget: HTMLElement }} */ { currentTarget: { scrollHeight, scrollTop, clientHeight } },
  ) => {
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
  }
  useLayoutEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight
  }, [all])
  if (all === null || all.length === 0)
    return html`<p class="empty">${t(all === null ? 'sale.loading' : 'talk.none')}</p>`
  return html`
    <div ref=${list} class="talk-lines" tabindex="0" role="log" aria-label=${t('talk.title')} onScroll=${note}><ol>
      ${all.map(
        ({ said, at, name, text }) => html`
        <li key=${said}>
          <b>${name}</b> <span class="text">${text}</span>
          ${at && html`<time datetime=${at}>${clock(at)}</time>`}
        </li>`,
      )}
    </ol></div>`
}
