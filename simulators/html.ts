import { createHash } from 'node:crypto'
import { escapeHtml, type Html } from '../shared/html.ts'
import type { Response } from '../shared/web/http.ts'

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
${refreshS === undefined ? '' : `<meta http-equiv="refresh" content="${refreshS}">\n`}<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body.markup}
</main>
<footer>${escapeHtml(footer)}</footer>
</body>
</html>
`
}

const policyOf = (style: string) => [
  ...["default-src 'none'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`],
  ...["base-uri 'none'", "frame-ancestors 'none'"],
]
