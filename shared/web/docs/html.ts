import { escapeHtml } from '../../html.ts'

/** A text as it stands in HTML, with what stands between backticks as code. */
export function prose(raw: string): string {
  return escapeHtml(raw).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

/** A path that may break after each of its parts. */
export function breakable(path: string): string {
  return escapeHtml(path).replaceAll('/', '/<wbr>')
}
