import { STATUS_CODES } from 'node:http'
import type { Language } from '../../customer-events.ts'
import { escapeHtml as text } from '../../html.ts'
import type { Recorded } from './answers.ts'
import { curlOf, hasExample } from './curl.ts'
import type { Content, Described, Parameter } from './document.ts'
import { breakable, prose } from './html.ts'
import { say } from './say.ts'
import { shapeOf } from './shape.ts'
import { trialOf } from './trial.ts'
import { docsWords } from './words.ts'

type Shown = { shop: string; language: Language; recorded: Recorded | undefined }

/** One endpoint: what it is for, a command and what it was answered, what is sent and what comes back. */
export function endpointOf(endpoint: Described, { shop, language, recorded }: Shown): string {
  const { id, method, path, summary, schemes, requestBody, answer } = endpoint
  const words = docsWords[language]
  return `<article id="${id}"><h3><a href="#${id}"><b>${method.toUpperCase()}</b> <code>${breakable(path)}</code></a>${badges(schemes, language)}</h3>
<p>${text(say(summary, language))}</p>
${parametersOf(endpoint.parameters, language)}
${hasExample(endpoint) ? `<pre class="curl"><code>${text(curlOf(endpoint, shop))}</code></pre>` : ''}
${recorded === undefined ? '' : answerOf(recorded, language)}
${trialPlace(endpoint, language)}
${requestBody ? shaped(words.body, requestBody.content) : ''}
${shaped(`${words.answer} · ${answer.status} · ${say(answer.description, language)}`, answer.content)}
${refusalsOf(endpoint.refusals, language)}</article>`
}

/** Where scripts offer to ask this very shop. */
function trialPlace(endpoint: Described, language: Language): string {
  const what = say(endpoint.summary, language)
  const name = `${endpoint.method.toUpperCase()} ${endpoint.path}`
  const told = JSON.stringify(trialOf(endpoint))
  return `<div class="try" data-endpoint="${text(name)}" data-what="${text(what)}" data-try="${text(told)}"></div>`
}

function badges(schemes: string[], language: Language): string {
  const { orderKey, session, admin } = docsWords[language]
  const names: Record<string, string> = { orderKey, session, admin }
  return schemes.map((scheme) => ` <em>${text(names[scheme] ?? scheme)}</em>`).join('')
}

function parametersOf(parameters: Parameter[], language: Language): string {
  const { places, required, parameters: title } = docsWords[language]
  const named: Record<string, string> = places
  const rows = parameters.map(({ name, in: place, required: isRequired, schema }) => {
    const about = schema.description === undefined ? '' : ` · ${prose(say(schema.description, language))}`
    const where = `${named[place] ?? place}${isRequired ? ` · ${required}` : ''}`
    return `<dt><code>${text(name)}</code> <small>${text(where)}</small></dt><dd>${text(shapeOf(schema))}${about}</dd>`
  })
  return rows.length === 0 ? '' : `<h4>${text(title)}</h4><dl>${rows.join('')}</dl>`
}

/** What was answered, with its status. */
export function answerOf({ status, body, text: said }: Recorded, language: Language): string {
  const shown = body === undefined ? said : JSON.stringify(body, null, 2)
  const head = `<b class="s${String(status)[0]}">${status} ${STATUS_CODES[status]}</b>`
  return `<pre class="answer"><code>${head}${shown === undefined ? ` · ${text(docsWords[language].nothing)}` : `\n${text(shown)}`}</code></pre>`
}

function shaped(title: string, content: Content): string {
  const shapes = Object.values(content).map(({ schema }) => `<pre><code>${text(shapeOf(schema))}</code></pre>`)
  if (shapes.length === 0) return ''
  return `<details><summary>${text(title)}</summary>${shapes.join('')}</details>`
}

function refusalsOf(statuses: number[], language: Language): string {
  const links = statuses.map((status) => `<a href="#error-${status}">${status}</a>`)
  return links.length === 0 ? '' : `<p class="refused">${text(docsWords[language].refused)} ${links.join(' ')}</p>`
}
