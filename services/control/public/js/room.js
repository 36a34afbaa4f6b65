import { h, setText } from '/assets/js/dom.js'
import { follow } from '/assets/js/stream.js'
import { t } from '/assets/js/text.js'
import { createAuditTile } from './audit-tile.js'
import { createBreakPanel } from './break-panel.js'
import { createLetterList } from './letter-list.js'
import { createLineChart } from './line-chart.js'
import { createLogView } from './log-view.js'
import { createMailbox } from './mailbox-list.js'
import { createOrderList } from './order-list.js'
import { createPipeline } from './pipeline.js'
import { merge } from './snapshot.js'
import { createWorkerTable } from './worker-table.js'

/**
 * @typedef {{ id: string, isLive: boolean, beatAgeMs: number, upMs: number, handled: number, retried: number, buried: number, inFlight: number }} Worker
 * @typedef {{ service: string, waiting: number, oldestAgeMs: number | null, inFlight: number, retrying: number, dead: number | null, isCountCapped: boolean, workers: Worker[], handledPerS: Record<string, number> }} Queue
 * @typedef {{ t: number, placed: number, paid: number, p50Ms: number | null, p95Ms: number | null }} Point
 * @typedef {{ time: number, level: number, service: string, msg: string, order?: string, orderId?: string } & Record<string, unknown>} Fact
 * @typedef {{ at: number, tookMs: number, isAtRest: boolean, accepted: number, final: number, lost: number, oversold: number, doubleCharged: number, others: { check: string, id: string, detail: string }[] }} Verdict
 * @typedef {{ processes: { name: string, state: string, pid?: number }[], gateway: { outage: boolean, delayMs: number, loseAnswers: number } | null, mailbox: { down: boolean, delayMs: number } | null, burst: { wanted: number, accepted: number, failed: number } | null }} Scene
 * @typedef {{ id: string, number: string, state: string, customerName: string, totalCents: number, currency: string, placedAt: string }} Listed
 * @typedef {{ messages: { subject: string, to: string[], at: number, orderId?: string }[], total: number } | null} Mails
 * @typedef {{ at: number, isFirst: boolean, queues: Queue[] | null, orders: Record<string, number>, chart: Point[], facts: Record<string, Fact>, audit: Verdict | null, scene: Scene | null, mails: Mails, newest: Listed[], log: { lines: string[], skipped: number } }} Snapshot
 */

/** The whole control room, live from when it is made. */
export function createRoom(/** @type {{ isDemo: boolean, hasMailbox: boolean }} */ { isDemo, hasMailbox }) {
  const status = h('p', { class: 'pulse', role: 'status', 'data-look': 'connecting' }, t('room.connecting'))
  const log = createLogView(() => stream.restart())
  const orders = createOrderList(() => stream.restart())
  const [pipeline, workers, letters] = [createPipeline(), createWorkerTable(), createLetterList()]
  const [throughput, latency] = charts()
  const mailbox = hasMailbox ? [createMailbox()] : []
  const demo = isDemo ? [createAuditTile(), createBreakPanel()] : []
  const parts = [pipeline, workers, throughput, latency, orders, letters, log, ...mailbox, ...demo]
  const element = h(
    'div',
    { class: isDemo ? 'room with-demo' : 'room' },
    h('header', { class: 'room-head' }, h('h1', {}, t('room.title')), status),
    h('section', { class: 'at-picture', 'aria-label': t('picture.title') }, pipeline.element, workers.element),
    isDemo ? h('div', { class: 'at-demo' }, ...demo.map((part) => part.element)) : null,
    h('div', { class: 'at-charts' }, throughput.element, latency.element),
    h(
      'div',
      { class: 'at-lists' },
      orders.element,
      letters.element,
      log.element,
      ...mailbox.map((part) => part.element),
    ),
  )
  const say = (/** @type {string} */ look) => {
    status.dataset.look = look
    setText(status, t(`room.${look}`))
  }
  const url = () => {
    const state = orders.state()
    return `/api/admin/live?${new URLSearchParams({ log: log.filter(), ...(state && { state }) })}`
  }
  /** @type {Snapshot | null} */ let seen = null
  const stream = follow(url, {
    up: () => {},
    down: () => say('gone'),
    hear: (/** @type {Snapshot} */ event) => {
      seen = merge(seen, event)
      say('live')
      for (const part of parts) part.show(seen)
    },
  })
  return element
}

/** @returns {[ReturnType<typeof createLineChart>, ReturnType<typeof createLineChart>]} */
function charts() {
  return [
    createLineChart({
      title: t('chart.throughput'),
      lines: [line('placed', 'soft'), line('paid', 'strong')],
      isWhole: true,
    }),
    createLineChart({
      title: t('chart.latency'),
      lines: [line('p95', 'soft', 'p95Ms'), line('p50', 'strong', 'p50Ms')],
      isWhole: false,
    }),
  ]
}

/** @param {string} name @param {string} look @param {string} key */
function line(name, look, key = name) {
  return { look, label: t(`chart.${name}`), read: (/** @type {any} */ point) => point[key] }
}
