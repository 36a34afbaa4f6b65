import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'

/**
 * Cancels an order, and asks once more in place: what it does with money cannot be taken back. `show` says whether it can be
 * cancelled, and what would follow.
 * @param {() => Promise<unknown>} cancel
 */
export function createCancel(cancel) {
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'quiet danger', id: 'cancel' }, t('order.cancel'))
  const question = h('p', { id: 'cancel-question' })
  const sure = h('button', { class: 'primary bad', id: 'cancel-sure' }, t('order.cancel.sure'))
  const keep = h('button', { class: 'quiet', id: 'cancel-keep' }, t('order.cancel.keep'))
  const asking = h(
    'div',
    { class: 'asking', role: 'group', 'aria-labelledby': 'cancel-question', hidden: true },
    question,
    sure,
    keep,
  )
  const ask = (/** @type {boolean} */ is) => {
    asking.hidden = !is
    button.hidden = is
    failure.hidden = true
    if (is) keep.focus()
    else button.focus()
  }
  const go = async () => {
    if (sure.ariaDisabled) return
    sure.ariaDisabled = 'true' // a button that is disabled would lose the focus
    setText(sure, t('order.cancelling'))
    const refusal = await cancel().then(
      () => null,
      (error) => (error.status === 0 ? t('order.cancel.away') : error.message),
    )
    sure.ariaDisabled = null
    setText(sure, t('order.cancel.sure'))
    ask(false)
    failure.hidden = refusal === null
    setText(failure, refusal ?? '')
  }
  button.addEventListener('click', () => ask(true))
  keep.addEventListener('click', () => ask(false))
  sure.addEventListener('click', go)
  asking.addEventListener('keydown', ({ key }) => key === 'Escape' && ask(false))
  const element = h('div', { class: 'cancelling' }, button, asking, failure)
  return {
    element,
    show: (/** @type {boolean} */ can, /** @type {string} */ consequence) => {
      if (!can && element.contains(document.activeElement)) document.getElementById('main')?.focus()
      element.hidden = !can
      setText(question, t('order.cancel.question', { consequence }))
    },
  }
}
