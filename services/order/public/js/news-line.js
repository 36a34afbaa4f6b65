import { h, setText } from '/assets/js/dom.js'
import { dateAndClock, language, t } from '/assets/js/text.js'

/** @typedef {{ id: string, title: string, text: string, language?: string }} News */

const KEY = 'news:read'

/** The newest that the shop has to say, in one line; whoever has read it puts it away, in all tabs and for good. */
export function newsLine() {
  const title = h('b')
  const text = h('span', { class: 'text' })
  const time = h('time')
  const line = h('p', { class: 'news', role: 'status', hidden: true })
  let newest = { at: '', id: '' }
  const away = () => {
    localStorage.setItem(KEY, newest.id)
    line.hidden = true
  }
  line.append(title, text, time, h('button', { type: 'button', 'aria-label': t('news.away'), onclick: away }, '×'))
  return {
    element: line,
    hear: (/** @type {string} */ at, /** @type {News} */ news) => {
      if (!isForUs(news) || at < newest.at) return
      newest = { at, id: news.id }
      setText(title, news.title)
      setText(text, news.text)
      setText(time, dateAndClock(at))
      time.setAttribute('datetime', at)
      line.hidden = localStorage.getItem(KEY) === news.id
    },
  }
}

/** What has no language is for all. @param {News} news */
const isForUs = (news) => (news.language ?? language) === language
