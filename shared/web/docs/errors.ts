import type { Language } from '../../customer-events.ts'
import { escapeHtml as text } from '../../html.ts'
import { problemsInChinese } from '../problems-in-chinese.ts'
import type { Recorded } from './answers.ts'
import { prose } from './html.ts'
import { refusals } from './refusals.ts'
import { answerOf } from './section.ts'
import { docsWords } from './words.ts'

type Shown = { language: Language; example: Recorded | undefined }

const titleIn = (title: string, language: Language) => (language === 'zh' ? (problemsInChinese[title] ?? title) : title)

/** Every refusal with what to do about it. */
export function errorsOf({ language, example }: Shown): string {
  const { errors, errorsAbout, status, when, what } = docsWords[language]
  const heads = [status, when, what].map((title) => `<th scope="col">${text(title)}</th>`)
  const rows = refusals.map((refusal) => {
    const { when, what } = refusal[language]
    const name = `<th scope="row"><a href="#error-${refusal.status}">${refusal.status}</a> ${text(titleIn(refusal.title, language))}</th>`
    return `<tr id="error-${refusal.status}">${name}<td>${prose(when)}</td><td>${prose(what)}</td></tr>`
  })
  return `<section id="errors" aria-labelledby="errors-title"><h2 id="errors-title">${text(errors)}</h2>
<p>${prose(errorsAbout)}</p>
${example === undefined ? '' : answerOf(example, language)}
<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`
}
