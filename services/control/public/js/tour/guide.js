import { t } from '/assets/js/text.js'
import { html, useEffect, useLayoutEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { Ending } from './ending.js'
import { Outcome } from './outcome.js'
import { Prediction, wordsOfGuess } from './prediction.js'
import { noteProgress } from './progress.js'
import { useKeys } from './use-keys.js'

/** @import { Break, Outcome as OutcomeName, Shown, TourNow } from './station.js' */
/** @typedef {{ id: string, tour: TourNow, shown: Shown }} Props */

/** Whether what is chosen was broken, and repaired: while it is about to be, what came of it before is no answer. @typedef {'no' | 'begins' | 'begun' | 'repaired'} Begun */

/** At the left of each station: one sentence, one button at a time, why; then the prediction, the break, and what came of it. */
export function Guide(/** @type {Props} */ { id, tour, shown }) {
  const way = useWay(id, shown)
  const { phase, now } = way
  useKeys(id, { kill: way.kill, repair: way.repair })
  const heading = useFocusKept(phase)
  return html`
    <section class="guide" aria-label=${t(`tour.${id}`)} data-phase=${phase}>
      <h2 tabindex="-1" ref=${heading}>${t(`tour.${id}`)}</h2>
      ${phase !== 'seen' && html`<p class="sentence">${t(`tour.${id}.about`)}</p>`}
      ${phase === 'do' && html`<button class="primary main-deed" disabled=${way.isBusy || shown.deed.isBusy} onClick=${way.begin}>${t(`tour.${id}.do`)}</button>`}
      ${phase === 'guess' && html`<${Prediction} id=${id} shown=${shown} way=${way} />`}
      ${phase === 'broken' && html`<button class="primary main-deed" data-key="r" onClick=${way.repair}>${t('tour.repair')} <kbd>R</kbd></button>`}
      <p class="failure" role="status" hidden=${way.failure === ''}>${way.failure}</p>
      ${phase !== 'do' && phase !== 'guess' && now && html`<${Outcome} id=${id} words=${wordsOfGuess(shown)} now=${now} guess=${way.guess} begun=${way.begun} />`}
      ${phase === 'seen' && html`<${Ending} id=${id} tour=${tour} shown=${shown} again=${shown.breaks.length > 1 ? way.again : null} />`}
      <details class="why">
        <summary><span class="name">${t('tour.why')}</span></summary>
        ${[1, 2, 3].map((one) => html`<p>${t(`tour.${id}.why.${one}`)}</p>`)}
      </details>
    </section>`
}

/**
 * Where somebody is at a station: to do something, to say what will come of a break, to repair it, or to see what came of it.
 * @typedef {ReturnType<typeof useWay>} Way
 */
function useWay(/** @type {string} */ id, /** @type {Shown} */ shown) {
  const [chosen, choose] = useState(shown.breaks[0]?.id ?? '')
  const [guesses, setGuesses] = useState(/** @type {Record<string, OutcomeName>} */ ({}))
  const [begun, setBegun] = useState(/** @type {Begun} */ ('no'))
  const { failure, isBusy, attempt, forget } = useAttempt()
  const found = shown.breaks.find((one) => one.id === chosen)
  const now = found && begun === 'begins' ? { ...found, isBroken: true, outcome: null, seen: null } : found
  const guess = guesses[chosen]
  const phase = phaseOf(shown, now, begun)
  const { isDone } = shown.deed
  const came = phase === 'seen' && now?.outcome ? { [now.id]: now.outcome === guess } : {}
  useEffect(() => noteProgress(id, { ...(isDone && { isDone }), ...came }), [isDone, phase, now?.id])
  useEffect(() => void (phase === 'seen' && forget()), [phase]) // what could not be done has come about all the same
  const kill = () => {
    if (phase !== 'guess' || guess === undefined || now === undefined || isBusy) return
    setBegun('begins')
    attempt(
      () => now.run().then(() => setBegun('begun')),
      () => setBegun('no'),
    )
  }
  /** It is over, and whoever breaks it once more says once more what will come of it. */
  const end = () => {
    if (begun !== 'no') setGuesses(({ [chosen]: _said, ...others }) => others)
    setBegun('no')
  }
  const repair = () => {
    if (phase !== 'broken') return
    const hasEnded = now?.isBroken === false // without an outcome: something else was in its way
    attempt(() => shown.repair().then(() => (hasEnded ? end() : setBegun('repaired'))))
  }
  return {
    ...{ phase, now, guess, chosen, failure, isBusy, kill, repair, begun },
    begin: () => attempt(shown.deed.run),
    /** @param {OutcomeName} outcome */
    say: (outcome) => setGuesses({ ...guesses, [chosen]: outcome }),
    choose: (/** @type {string} */ wanted) => {
      choose(wanted)
      end()
    },
    /** To the next thing that can be broken. */
    again: () => {
      const at = shown.breaks.findIndex((one) => one.id === chosen)
      choose(shown.breaks[(at + 1) % shown.breaks.length]?.id ?? '')
      end()
    },
  }
}

/** @param {Shown} shown @param {Break | undefined} now @param {Begun} begun @returns {'do' | 'guess' | 'broken' | 'seen'} */
function phaseOf(shown, now, begun) {
  if (!shown.deed.isDone) return 'do'
  if (now === undefined || begun === 'no') return 'guess'
  return now.isBroken || now.outcome === null ? 'broken' : 'seen'
}

/** Whoever pressed a button that is gone with its phase goes on from the station's name, not from the top of the page. */
function useFocusKept(/** @type {string} */ phase) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null))
  const last = useRef(phase)
  useLayoutEffect(() => {
    if (last.current !== phase && document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true })
    last.current = phase
  }, [phase])
  return heading
}

/** Says why something could not be done. */
function useAttempt() {
  const [failure, setFailure] = useState('')
  const [isBusy, setBusy] = useState(false)
  const attempt = async (/** @type {() => Promise<unknown>} */ work, undo = () => {}) => {
    setFailure('')
    setBusy(true)
    await work().catch((error) => {
      undo()
      setFailure(t('done.failed', { why: error.message }))
    })
    setBusy(false)
  }
  return { failure, isBusy, attempt, forget: () => setFailure('') }
}
