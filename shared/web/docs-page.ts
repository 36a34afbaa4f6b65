import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { type Schema, shapeOf } from './docs-shape.ts'
import { COMMON_REFUSALS } from './openapi.ts'

const schema = z.custom<Schema>()
const content = z.record(z.string(), z.object({ schema })).default({})
const parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema })
const operation = z.object({
  summary: z.string(),
  security: z.array(z.record(z.string(), z.unknown())).default([]),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
})

/** As much of the document as the page shows. */
const shown = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
})

/** Renders the API's document as one HTML page that needs nothing else. */
export function docsPage(document: object): string {
  const { info, paths } = shown.parse(document)
  const sections = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => sectionOf(method, path, operation)),
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(info.title)} API</title><style>${STYLE}</style></head>
<body><header><h1>${text(info.title)} API</h1>
<p>${text(info.description)} The same for machines: <a href="/openapi.json">openapi.json</a>.
What services say to each other is on the page of <a href="/events">events</a>.</p>
<p>What is no proper request, and what we cannot answer just now, is refused everywhere: ${COMMON_REFUSALS.map(named).join(', ')}.</p></header>
<main>${sections.join('\n')}</main></body>
</html>
`
}

function sectionOf(method: string, path: string, about: z.infer<typeof operation>): string {
  const { summary, security, parameters, requestBody, responses } = about
  const own = Object.entries(responses).filter(([status]) => !COMMON_REFUSALS.includes(Number(status)))
  const answers = own.map(
    ([status, { description, content }]) =>
      `<h3><span class="s${status[0]}">${status}</span> ${text(description)}</h3>${Number(status) < 400 ? shape(content) : ''}`,
  )
  return `<section><h2><b>${method.toUpperCase()}</b> <code>${text(path)}</code>${security.flatMap(Object.keys).map(badge).join('')}</h2>
<p>${text(summary)}</p>${table(parameters)}${requestBody ? `<h3>Body</h3>${shape(requestBody.content)}` : ''}
${answers.join('')}</section>`
}

const NAMES = new Map([['orderKey', 'order key']])
const badge = (scheme: string) => ` <em>${text(NAMES.get(scheme) ?? scheme)}</em>`
const named = (status: number) => `${status} ${STATUS_CODES[status]}`

function table(parameters: z.infer<typeof parameter>[]): string {
  const rows = parameters.map(({ name, in: place, required, schema }) => {
    const cells = [`<code>${text(name)}</code>`, place + (required ? '' : ', optional'), text(shapeOf(schema))]
    return `<tr><td>${[...cells, text(schema.description ?? '')].join('</td><td>')}</td></tr>`
  })
  return rows.length > 0 ? `<table>${rows.join('')}</table>` : ''
}

function shape(content: Record<string, { schema: Schema }>): string {
  return Object.values(content)
    .map(({ schema }) => `<pre>${text(shapeOf(schema))}</pre>`)
    .join('')
}

function text(raw: string): string {
  return raw.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1d2330, #dfe3ea); --soft: light-dark(#5b6475, #97a0b2);
  --paper: light-dark(#fff, #14171d); --box: light-dark(#f3f5f8, #1e232c); --line: light-dark(#dde1e8, #303745);
  --good: light-dark(#14713d, #62c98d); --bad: light-dark(#a3341f, #f08f78); --verb: light-dark(#2450b2, #8db2ff) }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 52rem; color: var(--ink); background: var(--paper);
  font: 16px/1.5 system-ui, sans-serif }
section { margin-top: 2.5rem; border-top: 1px solid var(--line) }
h2 { font-size: 1.15rem; margin: 1.2rem 0 .3rem } h2 b { color: var(--verb) }
h2 em { font: .75rem system-ui; color: var(--soft); border: 1px solid var(--line); border-radius: 1em; padding: .1em .6em }
h3 { font-size: .95rem; margin: .9rem 0 .2rem } p { margin: .2rem 0 } a { color: var(--verb) }
code, pre { font: .875rem/1.45 ui-monospace, monospace } .s2 { color: var(--good) } .s4, .s5 { color: var(--bad) }
pre { margin: .3rem 0; padding: .7rem .9rem; background: var(--box); border-radius: .5rem; overflow-x: auto }
table { border-collapse: collapse; margin: .5rem 0; font-size: .9rem } td { padding: .25rem .9rem .25rem 0; vertical-align: top }
`
