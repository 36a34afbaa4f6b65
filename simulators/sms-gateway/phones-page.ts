import type { Language } from '../../shared/customer-events.ts'
import { type Html, html } from '../../shared/html.ts'
import type { Request, Response } from '../../shared/web/http.ts'
import { lookOf } from '../../shared/web/pages/look.ts'
import { sendDocument } from '../html.ts'
import type { Book, Sms } from './book.ts'
import { statusOf } from './message-object.ts'
import { phoneWords } from './phone-words.ts'

const PHONES = 20
const NEWEST = 3
const WHOLE = 100
const REFRESH_S = 3

/** All phones, each with its newest SMS; it looks again by itself. */
export function showPhones(req: Request, res: Response, book: Book): void {
  const { language } = lookOf(req)
  const words = phoneWords[language]
  const phones = book.phones().toReversed().slice(0, PHONES)
  const cards = phones.map(
    (phone) => html`<section><h2><a href="/phones/${encodeURIComponent(phone)}">${phone}</a></h2>
${bubbles(book.list(phone).slice(-NEWEST), language)}</section>`,
  )
  const body = html`<h1>${words.title}</h1>${phones.length === 0 ? html`<p>${words.none}</p>` : cards}`
  send(res, language, words.title, body, REFRESH_S)
}

/** One phone, which can answer. */
export function showPhone(req: Request, res: Response, book: Book): void {
  const { language } = lookOf(req)
  const words = phoneWords[language]
  const phone = String(req.params.number)
  const answer = `/_phones/${encodeURIComponent(phone)}/reply`
  const word = (text: string) => html`<button name="word" value="${text}">${text}</button>`
  const body = html`<p><a href="/phones">← ${words.all}</a></p><h1>${phone}</h1>
${bubbles(book.list(phone).slice(-WHOLE), language)}
${book.isStopped(phone) ? html`<p class="bad">${words.stopped}</p>` : ''}
<form method="post" action="${answer}"><label>${words.reply}<input name="body" maxlength="160" autocomplete="off"></label>
<p class="row"><button class="first">${words.send}</button>${word('STOP')}${word('START')}</p></form>`
  send(res, language, phone, body)
}

function bubbles(texts: readonly Sms[], language: Language): Html {
  return html`<ol>${texts.map((sms) => bubble(sms, language))}</ol>`
}

function bubble(sms: Sms, language: Language): Html {
  const { kind, at, body } = sms.was
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(at)
  const code = sms.now?.code === undefined ? '' : ` (${sms.now.code})`
  return html`<li class="${kind}"><span>${body}</span><small>${time} · ${phoneWords[language].status[statusOf(sms)]}${code}</small></li>`
}

function send(res: Response, language: Language, title: string, body: Html, refreshS?: number): void {
  res.set({ 'Cache-Control': 'no-store', Vary: 'Accept-Language, Cookie' })
  const page = { lang: language, title, style: STYLE, body, footer: phoneWords[language].footer }
  sendDocument(res, 200, { ...page, ...(refreshS !== undefined && { refreshS }) })
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1a1f36; --paper: #fff; --soft: #eef1f5; --line: #d5dbe1; --strong: #1d4ed8; --bad: #b42318 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ee; --paper: #1b1f2a; --soft: #12151d; --line: #3a4150; --strong: #93b4ff; --bad: #ff9b90 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--soft); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { display: grid; gap: 1rem; width: min(30rem, 100% - 1.5rem); margin: 1rem auto }
h1, h2, p { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere }
h1 { font-size: 1.4rem }
a { color: var(--strong) }
section { padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem }
ol { display: grid; gap: .6rem; margin: .6rem 0; padding: 0; list-style: none }
li { max-width: 85%; overflow-wrap: anywhere }
li span { display: block; padding: .5rem .8rem; border-radius: 1rem; background: var(--soft); border: 1px solid var(--line); white-space: pre-wrap }
li.reply { margin-left: auto; text-align: right }
li.reply span { background: #1d4ed8; color: #fff }
small { opacity: .8 }
label { display: block }
input { width: 100%; min-height: 2.75rem; padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--paper); color: inherit; font: inherit }
.row { display: flex; gap: .6rem; margin-top: .6rem }
button { min-height: 2.75rem; padding: .4rem 1rem; border: 1px solid var(--strong); border-radius: .6rem; background: var(--paper); color: var(--strong); font: inherit; font-weight: 600; cursor: pointer }
button.first { flex: 1; background: #1d4ed8; color: #fff }
.bad { color: var(--bad) }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px }
footer { padding: 1rem; text-align: center; font-size: .85rem; opacity: .8 }
`
