import { get, post, Refusal } from '/assets/js/api.js'
import { byId, h, setText } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { createRoom } from './room.js'

const AGAIN_MS = 1_500

frame('control')
void enter()

async function enter() {
  try {
    byId('main').replaceChildren(createRoom(await get('/api/admin/session')))
  } catch (error) {
    if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return lock()
    byId('main').replaceChildren(h('p', { class: 'placeholder', role: 'status' }, t('room.gone')))
    setTimeout(enter, AGAIN_MS)
  }
}

/** The room without the token: only the door. */
function lock() {
  const failure = h(
    'p',
    { class: 'failure', role: 'alert', hidden: !location.search.includes('refused') },
    t('room.refused'),
  )
  const input = h('input', { name: 'token', type: 'password', required: true, autocomplete: 'off' })
  const form = h(
    'form',
    { class: 'door' },
    h('label', { class: 'field' }, h('span', {}, t('room.token')), input),
    h('button', { class: 'primary', type: 'submit' }, t('room.enter')),
    failure,
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      await post('/control', { token: /** @type {HTMLInputElement} */ (input).value })
      history.replaceState(null, '', '/control')
      await enter()
    } catch (error) {
      failure.hidden = false
      setText(failure, error instanceof Refusal && error.status === 401 ? t('room.refused') : t('room.gone'))
    }
  })
  byId('main').replaceChildren(
    h('div', { class: 'nothing' }, h('h1', {}, t('room.locked')), h('p', {}, t('room.locked.about')), form),
  )
}
