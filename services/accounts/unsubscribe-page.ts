import type { Language } from '../../shared/customer-events.ts'

/** The pages are text, a button and a style of their own; they load nothing, and stand in nobody's frame. */
export const POLICY = [
  ...["default-src 'none'", "style-src 'unsafe-inline'"],
  ...["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
].join('; ')

const WORDS = {
  en: {
    title: 'Mails about orders',
    ask: 'Shall there be no more mails about your orders?',
    button: 'No more mails about orders',
    rest: 'Mails about your account itself, as for a new password, still come when you ask for them.',
    done: 'There will be no more mails about your orders.',
    back: 'On the page of your account you can have them again.',
  },
  zh: {
    title: '订单邮件',
    ask: '不再接收订单邮件吗？',
    button: '不再接收订单邮件',
    rest: '与账户本身有关的邮件（例如重设密码）在您需要时仍会发送。',
    done: '今后不会再发送订单邮件。',
    back: '您可以在账户页面重新开启。',
  },
} satisfies Record<Language, object>

/** Asks; the button posts to the very address of the page, and works without scripts. */
export function unsubscribePage(language: Language): string {
  const { title, ask, button, rest } = WORDS[language]
  const form = `<form method="post"><button name="List-Unsubscribe" value="One-Click">${button}</button></form>`
  return page(language, title, `<p>${ask}</p>${form}<p>${rest}</p>`)
}

export function unsubscribedPage(language: Language): string {
  const { title, done, back } = WORDS[language]
  return page(language, title, `<p>${done}</p><p><a href="/account">${back}</a></p>`)
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`
}

const STYLE = `:root { color-scheme: light dark }
body { margin: 0 auto; padding: 3rem 1rem; max-width: 34rem; font: 1rem/1.6 system-ui, sans-serif }
h1 { font-size: 1.4rem } button { font: inherit; padding: .6rem 1.2rem; cursor: pointer }`
