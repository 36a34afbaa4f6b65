import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { createSampleButton } from './sample-order.js'

const OVER = ['paid', 'rejected', 'cancelled', 'refunded', 'expired']
const ROOM = '/control#/?arm=stop:payment' // the room shows this button, lit, and presses nothing

/**
 * What to try once an order has reached its end; only where things may be broken on purpose. Whoever has been to the room and is
 * back places the next one from here.
 */
export function createNextStep() {
  const isDemo = document.body.dataset.demo === 'yes'
  const title = h('h2', { id: 'next-title' })
  const element = h(
    'section',
    { class: 'next-step', 'aria-labelledby': 'next-title', hidden: true },
    title,
    h('p', { class: 'about' }, t('next.about')),
    h(
      'p',
      { class: 'actions' },
      h('a', { class: 'primary', href: ROOM }, t('next.stop')),
      createSampleButton('quiet', 'next.another'),
    ),
  )
  return {
    element,
    show: (/** @type {string} */ state) => {
      element.hidden = !isDemo || !OVER.includes(state)
      setText(title, t('next.title'))
    },
  }
}
