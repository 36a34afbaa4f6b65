import { get } from '/assets/js/api.js'
import { language } from '/assets/js/text.js'
import { useAgain } from '/assets/js/use-again.js'
import { useState } from '/assets/vendor/htm-preact.js'

/** @import { Outside } from '../../../../../tour/outside-answer.ts' */
/** @import { SignedUp, Way } from '../../../../../tour/sign-up/sign-up-answer.ts' */
/** @import { TourNow } from '../../station.js' */
/**
 * Somebody who signs up: since when (ms), what they were answered, what came to them, and when all was settled (ms after they had
 * come). `lights` are what the shop says of it.
 * @typedef {{ since: number, answer: SignedUp | null, outside: Outside | null, lights: Lights | null, settledMs: number | null }} SignUp
 * @typedef {{ mail: string, sms: string | null }} Lights
 */

const LOOK_MS = 300

/** Signs somebody up when asked to, and follows what comes to them. @returns {[SignUp | null, () => Promise<SignedUp>]} */
export function useSignUp(/** @type {TourNow} */ tour, /** @type {Way} */ way) {
  const [now, setNow] = useState(/** @type {SignUp | null} */ (null))
  const answer = now?.answer
  useAgain(
    async (isOld) => {
      if (!answer) return null
      const news = await look(answer, tour).catch(() => null) // away: it is asked again
      if (news !== null && !isOld()) setNow((before) => before && more(before, answer, news))
      return LOOK_MS
    },
    [answer],
  )
  const signUp = async () => {
    const nobody = { answer: null, outside: null, lights: null, settledMs: null }
    setNow({ since: Date.now(), ...nobody })
    try {
      const answer = await tour.store.post('/api/admin/tour/sign-up', { page: tour.page, way, language })
      setNow({ since: Date.now(), ...nobody, answer })
      return answer
    } catch (error) {
      setNow(null)
      throw error
    }
  }
  return [now, signUp]
}

/** @param {SignUp} before @param {SignedUp} answer @param {Pick<SignUp, 'lights' | 'outside'>} news @returns {SignUp} */
const more = (before, answer, news) => ({ ...before, ...news, settledMs: before.settledMs ?? settledIn(answer, news) })

/** What has come is asked after what the shop says of it: all that it calls sent is there. @param {SignedUp} answer @param {TourNow} tour */
async function look({ email, phone, registration }, { store }) {
  const lights = registration === null ? null : await get(`/api/accounts/registrations/${registration}`)
  const outside = await store.get(`/api/admin/tour/outside?${new URLSearchParams({ email, phone })}`)
  return { lights, outside }
}

/** Mail and SMS are off the shop's hands; without a queue they are when it answers. @param {SignedUp} answer @param {Pick<SignUp, 'lights' | 'outside'>} news */
function settledIn({ at }, { lights, outside }) {
  if (lights !== null && (lights.mail === 'waiting' || lights.sms === 'waiting')) return null
  const arrivals = [...(outside?.mails ?? []), ...(outside?.sms ?? [])].map((one) => one.at - at)
  return arrivals.length < 2 ? null : Math.max(...arrivals)
}
