/** A text as it stands in HTML. */
export function text(raw: string): string {
  return raw.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

/** The same, with what stands between backticks as code. */
export function prose(raw: string): string {
  return text(raw).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

/** A path that may break after each of its parts. */
export function breakable(path: string): string {
  return text(path).replaceAll('/', '/<wbr>')
}
