import type { Language } from '../../customer-events.ts'
import { escapeHtml as text } from '../../html.ts'
import { curlOf } from './curl.ts'
import type { Described } from './document.ts'
import { variables } from './variables.ts'
import { docsWords } from './words.ts'

/** Where the examples take what they need, as lines for a shell and as a table, as far as there are the endpoints that tell it. */
export function beginning(endpoints: Described[], shop: string, language: Language): string {
  const words = docsWords[language]
  const placing = endpoints.find(({ id }) => id === 'post-orders')
  const lines = [
    'ADMIN="authorization: Bearer $(cat data/admin-token)"',
    `PLACED=$(${placing === undefined ? '…' : curlOf(placing, shop)})`,
    'ORDER=$(jq -r .id <<< "$PLACED") KEY=$(jq -r .key <<< "$PLACED") NUMBER=$(jq -r .number <<< "$PLACED")',
  ]
  const sources: Record<string, string> = words.sources
  const known = endpoints.map(({ id }) => id)
  const shown = Object.entries(variables).filter(([, place]) => place === null || known.includes(place.from))
  const rows = shown.map(([name, place]) => {
    const source =
      place === null
        ? text(sources[name] ?? '')
        : `<code>${text(place.field)}</code> ${text(words.fieldOf)} <a href="#${place.from}">${place.from}</a>`
    return `<dt><code>$${name}</code></dt><dd>${source}</dd>`
  })
  return `<section id="begin" aria-labelledby="begin-title"><h2 id="begin-title">${text(words.begin)}</h2>
<p>${text(words.beginAbout)}</p>
<pre class="curl"><code>${text(lines.join('\n'))}</code></pre>
<dl class="variables">${rows.join('')}</dl>
<p>${text(words.answersAbout)}</p></section>`
}
