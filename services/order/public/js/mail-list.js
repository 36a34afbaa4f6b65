import { t, when } from '/assets/js/text.js'
import { html, render, useState } from '/assets/vendor/htm-preact.js'
import { MailHtml } from './mail-html.js'

/** @import { SentMail, SentSms } from '../../letters-answer.ts' */
/** @typedef {'text' | 'html' | 'raw'} Form */

const FORMS = /** @type {Form[]} */ (['text', 'html', 'raw'])

/** The mails and SMS about an order, each of which can be opened and read. Mails are left out where there is no mailbox. */
export function createMailList() {
  const element = document.createElement('div')
  element.className = 'letters'
  /** @type {SentMail[] | 'away' | null} */ let mails = null
  /** @type {SentSms[]} */ let sms = []
  const draw = () => render(html`<${Letters} mails=${mails} sms=${sms} />`, element)
  return {
    element,
    show: (/** @type {SentMail[] | 'away'} */ found) => {
      mails = found === 'away' && Array.isArray(mails) ? mails : found // what is known stays
      draw()
    },
    showSms: (/** @type {SentSms[]} */ found) => {
      sms = found
      draw()
    },
  }
}

/** @param {{ mails: SentMail[] | 'away' | null, sms: SentSms[] }} props */
function Letters({ mails, sms }) {
  const status = mails === 'away' ? t('order.mails.away') : mails?.length === 0 ? t('order.mails.none') : ''
  return html`
    <section id="mails" hidden=${mails === null}>
      <h2>${t('order.mails')}</h2>
      <div class="mails">${Array.isArray(mails) && mails.map((mail) => html`<${Mail} key=${mail.id} mail=${mail} />`)}</div>
      <p class="small" role="status">${status}</p>
    </section>
    <section class="sms" hidden=${sms.length === 0}>
      <h2>${t('sms.title')}</h2>
      <ul>${sms.map((one) => html`<${Sms} key=${one.id} sms=${one} />`)}</ul>
    </section>`
}

/** @param {{ mail: SentMail }} props */
function Mail({ mail }) {
  const { at, to, subject, text, html: markup, raw } = mail
  const [form, choose] = useState(/** @type {Form} */ ('text'))
  const button = (/** @type {Form} */ one) => html`
    <button class="tab" type="button" aria-pressed=${one === form} onClick=${() => choose(one)}>${t(`mails.as.${one}`)}</button>`
  return html`
    <details>
      <summary><span class="name">${subject}</span><time datetime=${at}>${when(at)}</time></summary>
      <p class="small">${t('order.mails.to', { to: to.join(', ') })}</p>
      <div class="mail-forms" role="group" aria-label=${t('mails.view')}>${FORMS.filter((one) => one !== 'html' || markup !== '').map(button)}</div>
      ${
        form === 'html'
          ? html`<${MailHtml} source=${markup} title=${t('mails.frame', { subject })} />`
          : html`<pre class="verbatim" tabindex="0">${form === 'raw' ? raw : text}</pre>`
      }
    </details>`
}

/** @param {{ sms: SentSms }} props */
function Sms({ sms: { at, to, text, state } }) {
  return html`
    <li>
      <p>${text}</p>
      <p class="small">${t(`sms.state.${state}`)} · ${t('sms.to', { to })} · <time datetime=${at}>${when(at)}</time></p>
    </li>`
}
