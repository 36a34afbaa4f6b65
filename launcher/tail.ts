const KEPT_CHARS = 8_000
const SHOWN_LINES = 12

/** The last that a process has printed, for when it has to be told why it died. */
export function createTail() {
  let text = ''
  return {
    add(more: string): void {
      text = (text + more.slice(-KEPT_CHARS)).slice(-KEPT_CHARS)
    },
    lines(): string[] {
      return text.trim().split('\n').slice(-SHOWN_LINES)
    },
  }
}
