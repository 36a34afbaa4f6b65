import type { Look } from './look.ts'

const CUSTOMERS = ['shop', 'order', 'account', 'sale', 'alerts'] // whose pages have the way to the cart

/** What stands above every page; `kind` is the class of its body. The page brings it to life: frame.js. */
export function header(kind: string, { language, theme }: Look): string {
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

/** What stands below every page. */
export const footer = '<p>{{footer}}</p><p><a href="/docs">{{nav.api}}</a></p>'

const OTHERS = { en: { language: 'zh', name: '中文' }, zh: { language: 'en', name: 'English' } }
