import type { Language } from '../../../shared/customer-events.ts'
import type { Html } from '../../../shared/html.ts'
import type { Response } from '../../../shared/web/http.ts'
import { sendDocument } from '../../html.ts'
import { pageWords } from './words.ts'

type Shown = { status?: number; language: Language; title: string; body: Html; leadsTo?: (string | undefined)[] }

/**
 * Sends a page that runs nothing and fetches nothing. `leadsTo`: where its form may end, for browsers follow a form's
 * redirects only where the page allows it.
 */
export function sendPage(res: Response, { status = 200, language, title, body, leadsTo = [] }: Shown): void {
  const origins = leadsTo.flatMap((url) => (url === undefined ? [] : [new URL(url).origin]))
  const { footer } = pageWords[language]
  sendDocument(res, status, { lang: language, title, style: STYLE, body, footer, leadsTo: origins })
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1a1f36; --paper: #fff; --soft: #f6f8fa; --line: #d5dbe1; --strong: #4338ca; --bad: #b42318 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ee; --paper: #1b1f2a; --soft: #12151d; --line: #3a4150; --strong: #a5a1ff; --bad: #ff9b90 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; background: var(--soft); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { width: min(28rem, 100% - 2rem); margin: 6vh auto 1rem; padding: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .25rem; font-size: 1.25rem }
.amount { margin: .25rem 0 1rem; font-size: 2rem; font-weight: 650 }
table { width: 100%; border-collapse: collapse; margin: 0 0 1rem }
td { padding: .25rem 0; border-top: 1px solid var(--line) }
td:last-child { text-align: right; white-space: nowrap }
label { display: flex; gap: .6rem; align-items: baseline; padding: .45rem 0 }
fieldset { min-width: 0; margin: 0 0 1rem; padding: .25rem .9rem; border: 1px solid var(--line); border-radius: .5rem }
legend { padding: 0 .3rem }
small { opacity: .8; overflow-wrap: anywhere }
input[name=other] { flex: 1; min-width: 0; min-height: 2.5rem; padding: .3rem .6rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--paper); color: inherit; font: inherit }
.bad { margin: 0 0 1rem; padding: .6rem .8rem; border: 1px solid var(--bad); border-radius: .5rem; color: var(--bad) }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center }
button, .button { min-height: 2.75rem; padding: .55rem 1.1rem; border: 1px solid var(--strong); border-radius: .5rem; background: var(--paper); color: var(--strong); font: inherit; font-weight: 600; cursor: pointer; text-decoration: none }
button.first { flex: 1; border-color: #4338ca; background: #4338ca; color: #fff }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px }
footer { text-align: center; font-size: .85rem; opacity: .75 }
`

/** Cents as people write them. */
export function money(cents: number, currency: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: currency.toUpperCase() }).format(cents / 100)
}
