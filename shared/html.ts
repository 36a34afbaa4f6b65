/** Markup that is safe to send: made by `html`, which escapes whatever is not markup already. */
export type Html = { readonly markup: string }

type Part = string | number | Html | readonly Html[]

/** A template whose values are escaped: html`<b>${name}</b>`. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = literals[0] ?? ''
  for (let i = 0; i < parts.length; i++) markup += markupOf(parts[i] ?? '') + literals[i + 1] // a mail has some thirty
  return { markup }
}

function markupOf(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** A text as it stands in markup, between tags and in quotes. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? character) : text
}

const SPECIAL = /[&<>"']/

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
