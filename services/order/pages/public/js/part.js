import { get } from './api.js'
import { h, setText } from './dom.js'
import { t } from './text.js'

/**
 * A part of the room that is read again and again. It stands still while somebody points at it or works in it,
 * and says so itself when it cannot be read.
 * @param {{ className: string, title: string, path: () => string, everyMs: number, render: (answer: any) => void, extra?: HTMLElement[] }} options
 * @param {...HTMLElement} content
 */
export function createPart({ className, title, path, everyMs, render, extra = [] }, ...content) {
  const failure = h('p', { class: 'failure', role: 'status', hidden: true })
  const box = h('div', { class: 'part-box' }, ...content)
  const element = h(
    'section',
    { class: `part ${className}` },
    h('div', { class: 'section-head' }, h('h2', {}, title), ...extra),
    failure,
    box,
  )
  let seen = ''
  const read = async (isForced = false) => {
    if (!isForced && (document.hidden || box.matches(':hover, :focus-within'))) return
    try {
      const answer = await get(path())
      failure.hidden = true
      const text = JSON.stringify(answer)
      if (text !== seen) render(answer)
      seen = text
    } catch (error) {
      failure.hidden = false
      setText(failure, t('part.failed', { why: error instanceof Error ? error.message : String(error) }))
    }
  }
  void read(true)
  setInterval(() => element.isConnected && read(), everyMs)
  return { element, refresh: () => read(true) }
}
