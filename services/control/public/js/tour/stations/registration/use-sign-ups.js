import { span, t } from '/assets/js/text.js'
import { useState } from '/assets/vendor/htm-preact.js'
import { useSignUp } from './sign-up.js'

/** @import { Outcome, Shown, TourNow } from '../../station.js' */
/** @import { SignUp } from './sign-up.js' */
/** @typedef {Shown & { ways: Record<'serial' | 'parallel' | 'queue', SignUp | null>, broken: SignUp | null }} SignUps */

const NOTICED_MS = 500 // a delay below is one of those that there are anyway

/** Three who sign up, each in another way, while mail and SMS take their time; then one at the shop's door, while something is broken. @returns {SignUps} */
export function useSignUps(/** @type {TourNow} */ tour) {
  const [serial, signUpSerially] = useSignUp(tour, 'serial')
  const [parallel, signUpInParallel] = useSignUp(tour, 'parallel')
  const [queue, signUpByQueue] = useSignUp(tour, 'queue')
  const [broken, signUpBroken] = useSignUp(tour, 'queue')
  const [which, setWhich] = useState(/** @type {string | null} */ (null))
  const [isOff, setOff] = useState(false)
  const isAway = isOff && tour.known.picture?.scene?.modes['sms-gateway'] !== 'well' // or somebody else has repaired it
  const run = async () => {
    await turn(tour, 'slow', 'slow')
    await signUpSerially()
    await signUpInParallel()
    await signUpByQueue()
  }
  const breakOf = (/** @type {string} */ id, /** @type {() => Promise<unknown>} */ hurt) => ({
    id,
    isBroken: which === id && (broken?.settledMs ?? null) === null,
    ...(which === id
      ? { outcome: outcomeOf(queue, broken), seen: sayOf(queue, broken) ?? sayWaiting(which, broken, isAway) }
      : { outcome: null }),
    run: async () => {
      setWhich(id)
      await hurt()
    },
  })
  const away = async () => {
    await turn(tour, 'slow', 'down')
    setOff(true)
    await signUpBroken()
  }
  const between = async () => {
    await turn(tour, 'well', 'slow')
    const { email } = await signUpBroken()
    await untilMail(tour, email)
    await tour.demo({ action: 'kill', name: 'notification' })
  }
  const taken = async () => {
    await turn(tour, 'well', 'slow') // the letter is out by then, and is not sent again
    await tour.dieAt('notification', 'sms taken')
    await signUpBroken()
  }
  return {
    ...{
      ways: { serial, parallel, queue },
      broken,
      repair: () => turn(tour, 'well', 'well').then(() => setOff(false)),
    },
    deed: { isBusy: queue !== null, isDone: queue !== null && queue.settledMs !== null, run },
    breaks: [{ ...breakOf('away', away), lasts: true }, breakOf('between', between), breakOf('taken', taken)],
    about: [(broken ?? queue)?.answer?.registration ?? ''],
    figure: broken?.answer && broken.settledMs !== null ? span(broken.answer.tookMs) : null,
  }
}

/** How the mail server and the SMS gateway behave. @param {TourNow} tour @param {string} mail @param {string} sms */
async function turn({ demo }, mail, sms) {
  await Promise.all([demo({ action: 'mailbox', mode: mail }), demo({ action: 'sms', mode: sms })])
}

const PATIENCE_MS = 10_000
const LOOK_MS = 50

/** Until the letter is there, and the SMS still on its way. */
async function untilMail(/** @type {TourNow} */ { store }, /** @type {string} */ email) {
  for (const since = Date.now(); Date.now() - since < PATIENCE_MS; ) {
    const { mails } = await store.get(`/api/admin/tour/outside?${new URLSearchParams({ email })}`)
    if (mails?.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** @param {SignUp | null} before @param {SignUp | null} broken @returns {Outcome | null} */
function outcomeOf(before, broken) {
  if (!before?.settledMs || !broken?.settledMs) return null
  const { mails, sms } = broken.outside ?? {}
  if ((mails?.length ?? 0) > 1 || (sms?.length ?? 0) > 1) return 'twice'
  if (mails?.length === 0 || sms?.length === 0) return 'lost'
  return broken.settledMs > before.settledMs + NOTICED_MS ? 'late' : 'nothing'
}

/** @param {SignUp | null} before @param {SignUp | null} broken */
function sayOf(before, broken) {
  if (outcomeOf(before, broken) === null || !broken?.settledMs || !broken.answer) return null
  const count = { mails: broken.outside?.mails?.length ?? 0, sms: broken.outside?.sms?.length ?? 0 }
  return t('tour.registration.seen', { ...count, took: span(broken.answer.tookMs), settled: span(broken.settledMs) })
}

/** The letter is there, and the SMS is not, or is not known to be: what it waits for. @param {string} which @param {SignUp | null} broken @param {boolean} isAway */
function sayWaiting(which, broken, isAway) {
  if (!broken?.answer || !broken.outside?.mails?.length || broken.lights?.sms !== 'waiting') return null
  const isThere = (broken.outside.sms?.length ?? 0) > 0
  const why = isThere ? 'taken' : isAway ? 'away' : which === 'away' ? 'back' : 'worker'
  return t(`tour.registration.waits.${why}`, { took: span(broken.answer.tookMs) })
}
