import { h } from '/assets/js/dom.js'

/**
 * A part of the room that is drawn anew when what it shows has changed. It stands still while somebody points at it
 * or works in it, unless it must not.
 * @param {{ className: string, title: string, render: (value: any) => void, extra?: HTMLElement[] }} options
 * @param {...HTMLElement} content
 */
export function createPart({ className, title, render, extra = [] }, ...content) {
  const box = h('div', { class: 'part-box' }, ...content)
  const element = h(
    'section',
    { class: `part ${className}` },
    h('div', { class: 'section-head' }, h('h2', {}, title), ...extra),
    box,
  )
  /** @type {unknown} */ let drawn
  return {
    element,
    draw: (/** @type {unknown} */ value, isForced = false) => {
      if (value === undefined || value === drawn) return
      if (!isForced && box.matches(':hover, :focus-within')) return
      drawn = value
      render(value)
    },
  }
}
