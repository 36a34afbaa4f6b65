const LINE_MAX_CHARS = 1024 * 1024 // what goes on longer without an end is cut

/** Cuts a stream into lines: returns those that `text` completes and keeps the rest for the next call. */
export function createLineSplitter(): (text: string) => string[] {
  let rest = ''
  return (text) => {
    const lines = (rest + text).split('\n')
    const last = lines.pop() ?? ''
    rest = last.length > LINE_MAX_CHARS ? '' : last
    return (rest === last ? lines : [...lines, last]).filter((line) => line !== '')
  }
}
