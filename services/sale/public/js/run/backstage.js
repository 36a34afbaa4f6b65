import { Door } from '/assets/js/door.js'
import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { useAdmin } from './use-admin.js'

/** @import { Session } from '../../../../control/session-answer.ts' */

/**
 * What stands behind a sale, for whoever runs the shop. All others see that it is there, and its door.
 * @param {{ show: (session: Session) => unknown }} props
 */
export function Backstage({ show }) {
  const { gate, knock } = useAdmin()
  const onToggle = (/** @type {{ currentTarget: HTMLDetailsElement }} */ { currentTarget }) =>
    void (currentTarget.open && gate.is === 'shut' && knock())
  return html`
    <details class="backstage" open=${gate.is !== 'shut'} onToggle=${onToggle}>
      <summary><span class="name">${t('run.title')}</span></summary>
      ${gate.is === 'locked' && html`<p>${t('run.locked')}</p><${Door} onOpen=${knock} />`}
      ${gate.is === 'away' && html`<p class="notice">${t('room.gone')}</p><button class="quiet" onClick=${knock}>${t('form.again')}</button>`}
      ${gate.is === 'asking' && html`<p class="empty" role="status">${t('room.connecting')}</p>`}
      ${gate.is === 'open' && show(gate.session)}
    </details>`
}
