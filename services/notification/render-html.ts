import type { PricedLine } from '../../shared/events.ts'
import type { Contact } from './contacts.ts'
import { type Html, html } from './html.ts'
import { formatMoney } from './money.ts'
import type { Amount, Tone, Wording } from './wording.ts'

/** A wording as HTML, with the link to the order. Tables and inline styles, for mail programs know little else. */
export function renderHtml(wording: Wording, contact: Contact, link: string): string {
  return html`<!doctype html>
<html lang="en">
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
${brand(contact)}
${card(wording, contact, link)}
${footer(contact)}
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

function brand({ number }: Contact): Html {
  return html`<tr><td style="padding:0 8px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>
<td style="font-size:18px;font-weight:700;letter-spacing:.02em;">Orderline</td>
<td align="right" style="font-size:14px;color:#77736b;">Order ${number}</td>
</tr></table>
</td></tr>`
}

function card(wording: Wording, contact: Contact, link: string): Html {
  const colour = colours[wording.tone]
  return html`<tr><td style="background:#ffffff;border-top:4px solid ${colour};border-radius:6px;padding:32px;">
<p style="margin:0 0 8px;font-size:13px;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:${colour};">${wording.kind}</p>
<h1 style="margin:0 0 24px;font-size:26px;line-height:1.2;font-weight:700;">${wording.headline}</h1>
${paragraph(`Hello ${contact.name},`)}
${wording.paragraphs.map(paragraph)}
${listing(wording, contact)}
${button(link, wording.invitation ?? 'See your order', colour)}
</td></tr>`
}

const paragraph = (text: string): Html => html`<p style="margin:0 0 16px;">${text}</p>\n`

function button(link: string, words: string, colour: string): Html {
  return html`<p style="margin:24px 0 0;"><a href="${link}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:${colour};color:#ffffff;font-weight:600;text-decoration:none;">${words}</a></p>`
}

function listing({ lines, amount }: Wording, { currency }: Contact): Html {
  if (lines.length === 0 && amount === null) return html``
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:8px;">
${lines.map((line) => lineRow(line, currency))}
${amount === null ? [] : [amountRow(amount)]}
</table>`
}

const CELL = 'padding:10px 0;border-top:1px solid #e6e1d8;vertical-align:top;'

function lineRow({ name, quantity, unitPriceCents }: PricedLine, currency: string): Html {
  return html`<tr>
<td style="${CELL}">${name}<br><span style="font-size:14px;color:#77736b;">${quantity} × ${formatMoney(unitPriceCents, currency)}</span></td>
<td align="right" style="${CELL}white-space:nowrap;">${formatMoney(quantity * unitPriceCents, currency)}</td>
</tr>`
}

function amountRow({ label, cents, currency }: Amount): Html {
  return html`<tr>
<td style="${CELL}font-weight:700;">${label}</td>
<td align="right" style="${CELL}font-weight:700;white-space:nowrap;">${formatMoney(cents, currency)}</td>
</tr>`
}

function footer({ number }: Contact): Html {
  return html`<tr><td style="padding:16px 8px;font-size:13px;color:#77736b;">
This mail was sent automatically about your order ${number}.
</td></tr>`
}
