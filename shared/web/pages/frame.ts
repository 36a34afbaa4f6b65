import type { Look } from './look.ts'

const CUSTOMERS = ['shop', 'order', 'account', 'sale', 'alerts'] // whose pages have the way to the cart

/** What a file says of a page: lines of its head, the class of its body and its other attributes, and its main part. */
export type Sheet = { head: string; kind: string; attributes: string; main: string }

/** The whole of a page: its own between what stands on every one. `words` and `modules` are loaded at once. */
export function framed({ head, kind, attributes, main }: Sheet, look: Look, [words, ...modules]: string[]): string {
  const theme = look.theme === null ? '' : ` data-theme="${look.theme}"`
  const links = [words, ...modules].map((address) => `<link rel="modulepreload" href="${address}" />`)
  return `<!doctype html>
<html lang="${look.language}"${theme} data-words="${words}">
<head>
${HEAD}
${head}
${links.join('\n')}
</head>
<body class="${kind}"${attributes}>
<header id="top">${header(kind, look)}</header>
<main id="main" tabindex="-1">${main}</main>
<footer id="bottom">${FOOTER}</footer>
${PLAIN.includes(kind) ? '' : '<noscript>{{noscript}}</noscript>\n'}</body>
</html>
`
}

const PLAIN = ['docs', 'events', 'refusal'] // which can be read without scripts, or say themselves what needs them

const HEAD = `<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
<link rel="stylesheet" href="/assets/style.css" />`

/** What stands above every page. The page brings it to life: frame.js. */
function header(kind: string, { language, theme }: Look): string {
  const link = (name: string, href: string) =>
    `<a href="${href}"${kind === name ? ' aria-current="page"' : ''}>{{nav.${name}}}</a>`
  const sales = kind === 'sale' ? link('sale', '/sale') : ''
  const links = [link('shop', '/'), sales, link('tour', '/tour'), link('control', '/control')]
  const cart = CUSTOMERS.includes(kind) ? '<a class="tool cart-link" href="/#cart">{{cart.name}}</a>' : ''
  const other = OTHERS[language]
  const themeNow = `{{theme.${theme ?? 'auto'}}}`
  return [
    '<a class="skip" href="#main">{{skip}}</a><div class="bar">',
    '<a class="brand" href="/"><img src="/assets/mark.svg" alt="" width="28" height="28" /><span>Orderline</span></a>',
    `<nav aria-label="{{nav.label}}">${links.join('')}</nav><div class="tools">`,
    `<button class="tool" id="language" lang="${other.language}">${other.name}</button>`,
    `<button class="tool theme" id="theme" title="${themeNow}" aria-label="${themeNow}">`,
    `<span class="sun" aria-hidden="true"></span></button>${cart}</div></div>`,
  ].join('')
}

const FOOTER = '<p>{{footer}}</p><p><a href="/docs">{{nav.api}}</a></p>'

const OTHERS = { en: { language: 'zh', name: '中文' }, zh: { language: 'en', name: 'English' } }
