import { createHash } from 'node:crypto'
import type { Response } from '../shared/web/http.ts'

/** Text that has become markup; everything else is escaped when it is put into some. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Markup, with every value in it escaped unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  return new Html(parts.map((part, index) => part + (index < values.length ? shown(values[index] ?? '') : '')).join(''))
}

function shown(value: string | number | Html | Html[]): string {
  if (Array.isArray(value)) return value.map(({ text }) => text).join('')
  return value instanceof Html ? value.text : escaped(String(value))
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

/** A page that runs nothing and fetches nothing. `leadsTo`: origins where its forms may end, for browsers ask for leave. */
export type Page = {
  lang: string
  title: string
  style: string
  body: Html
  footer: string
  leadsTo?: string[]
  refreshS?: number
}

/** Sends a page, with a policy that lets it do no more than it needs. */
export function sendDocument(res: Response, status: number, page: Page): void {
  const policy = [...policyOf(page.style), `form-action 'self' ${(page.leadsTo ?? []).join(' ')}`.trim()].join('; ')
  res.set({ 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer', 'X-Frame-Options': 'DENY' })
  res.status(status).type('html').send(documentOf(page))
}

function documentOf({ lang, title, style, body, footer, refreshS }: Page): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshS === undefined ? '' : `<meta http-equiv="refresh" content="${refreshS}">\n`}<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body.text}
</main>
<footer>${escaped(footer)}</footer>
</body>
</html>
`
}

const policyOf = (style: string) => [
  ...["default-src 'none'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`],
  ...["base-uri 'none'", "frame-ancestors 'none'"],
]
