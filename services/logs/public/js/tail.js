import { LineList } from '/assets/js/logs/line-list.js'
import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { useTail } from './use-tail.js'

/** @import { Wish } from './wish.js' */

/** The log as it grows. */
export function Tail(/** @type {{ wish: Wish, only: (text: string) => void }} */ { wish, only }) {
  const { lines, isLive } = useTail(wish)
  return html`
    <${LineList} lines=${lines} only=${only} isAtEnd />
    <p class="lines-foot small" role="status">${saying(lines.length, isLive)}</p>`
}

/** @param {number} count @param {boolean | null} isLive */
function saying(count, isLive) {
  if (isLive === null) return t('room.connecting')
  if (!isLive) return t('logs.away')
  return t(count === 0 ? 'log.waiting' : 'room.live')
}
