import { html } from '/assets/vendor/htm-preact.js'

/** @param {{ name: string, title: string, extra?: unknown, children?: unknown }} props `extra` stands beside the title */
export function Panel({ name, title, extra, children }) {
  return html`
    <section class=${`part ${name}`} id=${name}>
      <div class="section-head"><h2>${title}</h2>${extra}</div>
      <div class="part-box">${children}</div>
    </section>`
}
