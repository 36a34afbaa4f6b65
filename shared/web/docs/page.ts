import type { Language } from '../../customer-events.ts'
import { escapeHtml as text } from '../../html.ts'
import { readAnswers } from './answers.ts'
import { beginning } from './beginning.ts'
import { type Described, describedIn } from './document.ts'
import { errorsOf } from './errors.ts'
import { type Group, groups } from './groups.ts'
import { breakable, prose } from './html.ts'
import { endpointOf } from './section.ts'
import { docsWords } from './words.ts'

/**
 * Renders the API's document as the main part of a page, which can be read without scripts. `shop` is the address at which
 * the examples ask.
 */
export function docsMain(document: object, shop: string, language: Language): string {
  const endpoints = describedIn(document)
  const words = docsWords[language]
  const answers = readAnswers()
  const known = groups.map((group) => ({ group, endpoints: endpoints.filter((one) => one.group === group) }))
  const shown = known.filter((one) => one.endpoints.length > 0)
  const show = (one: Described) => endpointOf(one, { shop, language, recorded: answers[one.id] })
  return `<div class="docs-head"><h1>${text(words.title)}</h1><p>${text(words.lead)}</p>
<p>${text(words.machines)} <a href="/openapi.json">openapi.json</a> · ${text(words.events)} <a href="/events">/events</a></p></div>
<button class="quiet contents-button" popovertarget="contents">${text(words.contents)}</button>
${contentsOf(shown, language)}
<div class="docs-text">
${beginning(endpoints, shop, language)}
${shown.map(({ group, endpoints }) => sectionOf(group, endpoints.map(show), words.groups[group])).join('\n')}
${errorsOf({ language, example: answers[`refusal-${language}`] })}
</div>`
}

type Shown = { group: Group; endpoints: Described[] }

function contentsOf(shown: Shown[], language: Language): string {
  const words = docsWords[language]
  const item = ({ id, method, path }: Described) =>
    `<li><a href="#${id}"><b>${method.toUpperCase()}</b> <span>${breakable(path.replace(/^\/api(?=\/)/, ''))}</span></a></li>`
  const part = ({ group, endpoints }: Shown) =>
    `<li><a class="group" href="#${group}">${text(words.groups[group])}</a><ul>${endpoints.map(item).join('')}</ul></li>`
  return `<nav id="contents" popover aria-label="${text(words.contents)}"><ul>
<li><a class="group" href="#begin">${text(words.begin)}</a></li>
${shown.map(part).join('\n')}
<li><a class="group" href="#errors">${text(words.errors)}</a></li></ul></nav>`
}

function sectionOf(group: Group, endpoints: string[], title: string): string {
  return `<section id="${group}" aria-labelledby="${group}-title"><h2 id="${group}-title">${prose(title)}</h2>
${endpoints.join('\n')}</section>`
}
