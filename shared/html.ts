/** Markup that is safe to send: made by `html`, which escapes whatever is not markup already. */
export type Html = { readonly markup: string }

type Part = string | number | Html | readonly Html[]

/** A template whose values are escaped: html`<b>${name}</b>`. */
export function html(literals: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = ''
  for (const [i, literal] of literals.entries()) markup += literal + markupOf(parts[i] ?? '')
  return { markup }
}

function markupOf(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** A text as it stands in markup, between tags and in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
