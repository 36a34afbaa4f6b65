import { get, post, Refusal } from '/assets/js/api.js'
import { createAttempt } from '/assets/js/attempt.js'
import { byId, h } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { freshen } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { keepCurrent } from './keep-current.js'
import { standingOf } from './order-standing.js'
import { createOrderView } from './order-view.js'
import { arrive, isToGo, keepForTrip, stay, wantToGo } from './trip.js'

/** @import { ShownOrder, TimelineAnswer } from '../../order-answer.ts' */
/**
 * @typedef {TimelineAnswer} Entry
 * @typedef {ShownOrder} Order
 * @typedef {ShownOrder['items'][number]} Item
 * @typedef {import('../../letters-answer.ts').SentMail} Mail
 * @typedef {import('../../letters-answer.ts').SentSms} Sms
 */

const id = location.pathname.split('/').at(-1) ?? ''
const path = `/api/orders/${encodeURIComponent(id)}`
const { key, isBack } = arrive(id)
/** @type {Record<string, string>} without a key it is for the admin, or for whose it is: their cookies go along by themselves */
const headers = key === undefined ? {} : { 'order-key': key }
const AGAIN_MS = 1_000
const MAILS_MS = [150, 400, 800, 1_500, 3_000, 6_000] // after each step; a mail follows it by a moment

frame('order')
addEventListener('hashchange', () => location.reload()) // another key was put into the same address
byId('main').replaceChildren(h('p', { class: 'placeholder', role: 'status' }, t('order.loading')))
void open()

async function open() {
  if (key === undefined) await freshen() // it may belong to whoever is signed in
  try {
    show(await get(path, headers))
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return byId('main').replaceChildren(nothing())
    byId('main').replaceChildren(h('p', { class: 'placeholder', role: 'status' }, t('order.away')))
    setTimeout(open, AGAIN_MS)
  }
}

function nothing() {
  return h(
    'div',
    { class: 'nothing' },
    h('h1', {}, t('order.unknown')),
    h('p', {}, t('order.unknown.about')),
    h('p', {}, h('a', { class: 'primary', href: '/' }, t('order.toShop'))),
  )
}

function show(/** @type {Order} */ order) {
  const view = createOrderView(order, deeds(), order.canRefund ? refund : null)
  document.title = `${order.number} · Orderline`
  byId('main').replaceChildren(view.element)
  /** @type {Map<number, Entry>} */
  const entries = new Map(order.timeline.map((entry) => [entry.seq, entry]))
  const mails = createMailReader(view)
  const tell = () => {
    const told = [...entries.values()].sort((a, b) => a.seq - b.seq)
    view.showTimeline(told)
    mails.soon()
    sendOn(order, told)
  }
  tell()
  const learn = (/** @type {Entry[]} */ told) => {
    const fresh = told.filter(({ seq }) => !entries.has(seq)) // what is told begins with what the page knows already
    for (const entry of fresh) entries.set(entry.seq, entry)
    if (fresh.length > 0) tell()
  }
  const read = () => get(path, headers).then(({ timeline }) => timeline)
  void keepCurrent({ ask: { topic: `order:${id}`, key }, read, learn, isAway: view.isAway })
}

/** What the customer can do. @returns {import('./order-view.js').Deeds} */
function deeds() {
  const attempt = createAttempt()
  const pay = async (/** @type {string} */ method) => {
    if (method === 'hosted') wantToGo(id)
    else stay(id)
    await post(`${path}/pay`, { method }, { ...headers, 'idempotency-key': attempt.keyOf({ method }) })
    attempt.isDone()
  }
  const cancel = () => post(`${path}/cancel`, {}, headers)
  const readTrace = () => get(`${path}/trace`, headers)
  return { pay, cancel, readTrace, leave: () => keepForTrip(id, key), isBack }
}

/** @type {import('./order-view.js').Refund} */
const refund = (body, more) => post(`/api/admin/orders/${encodeURIComponent(id)}/refunds`, body, more)

/** Who wanted to pay on the gateway's page is sent there as soon as it has an address: once, or there were no way back. */
function sendOn(/** @type {Order} */ order, /** @type {Entry[]} */ entries) {
  const { challenge } = standingOf(order, entries)
  if (challenge?.kind !== 'hosted' || !isToGo(id)) return
  keepForTrip(id, key)
  location.assign(challenge.url)
}

/** Looks for mails and SMS a few times after each step; where there is no mailbox, the shop says so and that is that. */
function createMailReader(/** @type {{ showMails(mails: Mail[] | 'away'): void, showSms(sms: Sms[]): void }} */ view) {
  let round = 0
  let isThere = true
  const readMails = () =>
    get(`${path}/mails`, headers).then(
      ({ mails }) => mails,
      (error) => (error.status === 404 ? null : 'away'),
    )
  const read = async () => {
    const mails = isThere ? await readMails() : null
    isThere = mails !== null
    if (isThere) view.showMails(mails)
    const sms = await get(`${path}/sms`, headers).then(
      (answer) => answer.sms,
      () => null,
    )
    if (sms !== null) view.showSms(sms) // else what is shown of them stays
  }
  const soon = async () => {
    const mine = ++round
    for (const waitMs of MAILS_MS) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      if (mine !== round) return
      await read()
    }
  }
  return { soon }
}
