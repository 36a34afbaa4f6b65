import type { Language } from '../../shared/customer-events.ts'
import type { PricedLine } from '../../shared/events.ts'
import { type Html, html } from '../../shared/html.ts'
import type { Frame } from './compose-mail.ts'
import { formatMoney } from './money.ts'
import type { Amount, Tone, Wording } from './wording.ts'
import { wordsIn } from './words/words.ts'

/** A wording as HTML, with its links. Tables and inline styles, for mail programs know little else. */
export function renderHtml(wording: Wording, frame: Frame): string {
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${wording.subject}</title>
</head>
<body style="margin:0;padding:0;background:#f4f1ec;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f1ec;">
<tr><td align="center" style="padding:32px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;${FONT}">
${brand(frame)}
${card(wording, frame)}
${footer(frame)}
</table>
</td></tr>
</table>
</body>
</html>
`.markup
}

// No quotes: escaped, they would be noise inside a style attribute.
const FONT =
  'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#2b2a27;'
const colours: Record<Tone, string> = { good: '#2e7d5b', bad: '#b3452f', calm: '#3b5b8c' }

function brand({ number, language }: Frame): Html {
  const about = number === null ? '' : wordsIn(language).order(number)
  return html`<tr><td style="padding:0 8px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>
<td style="font-size:18px;font-weight:700;letter-spacing:.02em;">Orderline</td>
<td align="right" style="font-size:14px;color:#77736b;">${about}</td>
</tr></table>
</td></tr>`
}

function card(wording: Wording, frame: Frame): Html {
  const colour = colours[wording.tone]
  const { name, language, link } = frame
  const words = wordsIn(language)
  return html`<tr><td style="background:#ffffff;border-top:4px solid ${colour};border-radius:6px;padding:32px;">
<p style="margin:0 0 8px;font-size:13px;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:${colour};">${words.kinds[wording.kind]}</p>
<h1 style="margin:0 0 24px;font-size:26px;line-height:1.2;font-weight:700;">${wording.headline}</h1>
${paragraph(words.hello(name))}
${wording.paragraphs.map(paragraph)}
${listing(wording, frame)}
${link === null ? '' : button(link, wording.invitation ?? words.seeOrder, colour)}
</td></tr>`
}

const paragraph = (text: string): Html => html`<p style="margin:0 0 16px;">${text}</p>\n`

function button(link: string, words: string, colour: string): Html {
  return html`<p style="margin:24px 0 0;"><a href="${link}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:${colour};color:#ffffff;font-weight:600;text-decoration:none;">${words}</a></p>`
}

function listing({ lines, amount }: Wording, { currency, language }: Frame): Html {
  if (lines.length === 0 && amount === null) return html``
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:8px;">
${lines.map((line) => lineRow(line, currency, language))}
${amount === null ? [] : [amountRow(amount, language)]}
</table>`
}

const CELL = 'padding:10px 0;border-top:1px solid #e6e1d8;vertical-align:top;'

function lineRow({ name, quantity, unitPriceCents }: PricedLine, currency: string, language: Language): Html {
  return html`<tr>
<td style="${CELL}">${name}<br><span style="font-size:14px;color:#77736b;">${quantity} × ${formatMoney(unitPriceCents, currency, language)}</span></td>
<td align="right" style="${CELL}white-space:nowrap;">${formatMoney(quantity * unitPriceCents, currency, language)}</td>
</tr>`
}

function amountRow({ label, cents, currency }: Amount, language: Language): Html {
  return html`<tr>
<td style="${CELL}font-weight:700;">${label}</td>
<td align="right" style="${CELL}font-weight:700;white-space:nowrap;">${formatMoney(cents, currency, language)}</td>
</tr>`
}

function footer({ unsubscribe, footing }: Frame): Html {
  const link =
    unsubscribe === null ? '' : html`<br><a href="${unsubscribe}" style="color:#77736b;">${footing.unsubscribe}</a>`
  return html`<tr><td style="padding:16px 8px;font-size:13px;color:#77736b;">
${footing.about}${link}
</td></tr>`
}
