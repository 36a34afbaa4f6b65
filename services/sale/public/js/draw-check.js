import { number, t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { judge, placesInLine, placesOf, sha256 } from './draw.js'
import { readEntries } from './read-entries.js'

/** @import { Finding } from './draw.js' */
/** @import { Ticket } from './tickets.js' */
/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @typedef {{ sale: SaleAnswer, ticket: Ticket | null }} Props */
/** @typedef {{ at: 'rest' } | { at: 'reading', count: number } | { at: 'failed', why: string } | { at: 'done', finding: Finding, isSeed: boolean | null }} Check */

/** Anybody may recompute who stands where: from the tickets, and for a draw from the seed, whose hash was told before. */
export function DrawCheck(/** @type {Props} */ { sale, ticket }) {
  const [check, setCheck] = useState(/** @type {Check} */ ({ at: 'rest' }))
  const isDraw = sale.order === 'draw'
  const canCheck = isDraw ? sale.seed !== null : sale.joined > 0
  const run = async () => {
    setCheck({ at: 'reading', count: 0 })
    setCheck(await recompute(sale, ticket, (count) => setCheck({ at: 'reading', count })))
  }
  return html`
    <section class="draw-check" aria-labelledby="check-title">
      <h2 id="check-title">${t(isDraw ? 'check.title.draw' : 'check.title')}</h2>
      <p>${t(isDraw ? 'check.about.draw' : 'check.about')}</p>
      ${isDraw && html`<${Seed} name="seedHash" value=${ticket?.seedHash ?? sale.seedHash} /><${Seed} name="seed" value=${sale.seed} />`}
      <div class="actions">
        <button class="quiet" onClick=${run} disabled=${!canCheck || check.at === 'reading'}>${t('check.go')}</button>
      </div>
      <div class="check-said" role="status"><ul>${sayCheck(check).map((words) => html`<li>${words}</li>`)}</ul></div>
    </section>`
}

function Seed(/** @type {{ name: string, value: string | null }} */ { name, value }) {
  return html`<p class="seed"><span class="small">${t(`check.${name}`)}</span> <code>${value ?? t('check.seed.later')}</code></p>`
}

/** @param {SaleAnswer} sale @param {Ticket | null} ticket @param {(count: number) => void} tell @returns {Promise<Check>} */
async function recompute({ id, order, seed, seedHash }, ticket, tell) {
  try {
    if (crypto.subtle === undefined) return { at: 'failed', why: t('check.insecure') }
    const entries = await readEntries(id, tell)
    if (order === 'line') return done(judge(entries, placesInLine(entries), ticket?.ticket ?? null), null)
    const tickets = entries.map((entry) => entry.ticket)
    const finding = judge(entries, await placesOf(seed ?? '', tickets), ticket?.ticket ?? null)
    return done(finding, (await sha256(seed ?? '')) === (ticket?.seedHash ?? seedHash))
  } catch (error) {
    return { at: 'failed', why: error instanceof Error ? error.message : String(error) }
  }
}

/** @param {Finding} finding @param {boolean | null} isSeed @returns {Check} */
const done = (finding, isSeed) => ({ at: 'done', finding, isSeed })

/** @param {Check} check @returns {string[]} */
function sayCheck(check) {
  if (check.at === 'rest') return []
  if (check.at === 'reading') return [t('check.reading', { count: number(check.count) })]
  if (check.at === 'failed') return [t('check.failed', { why: check.why })]
  const { count, own, misplaced, overtaken } = check.finding
  return [
    ...(check.isSeed === null ? [] : [t(check.isSeed ? 'check.seed.agrees' : 'check.seed.differs')]),
    t(misplaced === 0 ? 'check.agrees' : 'check.misplaced', { count: number(count), misplaced: number(misplaced) }),
    t(overtaken === 0 ? 'check.fair' : 'check.overtaken', { overtaken: number(overtaken) }),
    ...(own === null ? [] : [t('check.own', { place: number(own) })]),
  ]
}
