import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { LineList } from './line-list.js'
import { useTail } from './use-tail.js'

/** @import { Wish } from './wish.js' */

/** The log as it grows. */
export function Tail(
  /** @type {{ wish: Wish, only: (text: string) => void, onLocked: () => void }} */ { wish, only, onLocked },
) {
  const { lines, isLive } = useTail(wish, onLocked)
  return html`
    <${LineList} lines=${lines} only=${only} isAtEnd />
    <p class="lines-foot small" role="status">${isLive ? t(lines.length === 0 ? 'log.waiting' : 'room.live') : t('logs.away')}</p>`
}
