const HAN = '[\\u4e00-\\u9fff]'
const rules: [fault: string, pattern: RegExp][] = [
  ['no space between Chinese and Latin letters or digits', new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9]${HAN}`)],
  ['a half-width sign between Chinese', new RegExp(`${HAN}[,;:!?]|${HAN}\\.(?![\\w.])|[,;:!?] ?${HAN}`)],
  ['half-width brackets around Chinese', new RegExp(`\\([^()]*${HAN}[^()]*\\)|${HAN}\\([^)]`)],
  ['a space beside a full-width sign', /[，。；：！？、（）……] | [，。；：！？、（）]/],
  ['half an ellipsis', new RegExp(`(?<=${HAN})…(?!…)|\\.\\.\\.`)],
  ['an order that is counted with something else than 笔', /[份个](新)?订单/],
]

/** What in a Chinese text is not as it is written; `text` may have {placeholders}, which stand for anything. */
export function faultsOf(text: string): string[] {
  const plain = text.replaceAll(/\$?\{\w*\}/g, '◦')
  return rules.filter(([, pattern]) => pattern.test(plain)).map(([fault]) => `${fault}: ${text}`)
}

/** Every text in a value, however deep; what a function says of examples. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return textsIn(value('{0}', '{1}', '{2}'))
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
