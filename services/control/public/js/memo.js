import { Component } from '/assets/vendor/htm-preact.js'

/**
 * A component that is drawn anew only when something it is given is another thing than before.
 * @template {object} P
 * @param {(props: P) => any} draw
 */
export function memo(draw) {
  return class extends Component {
    shouldComponentUpdate(/** @type {Record<string, unknown>} */ next) {
      const now = /** @type {Record<string, unknown>} */ (this.props)
      return Object.keys(next).some((name) => next[name] !== now[name])
    }
    render() {
      return draw(/** @type {P} */ (this.props))
    }
  }
}
