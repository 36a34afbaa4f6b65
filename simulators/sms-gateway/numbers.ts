import { badRequest, type Refusal } from './refusal.ts'

type Saying = readonly [code: number, message: (number: string) => string]

/** Twilio's numbers for tests, by what is refused to them: https://www.twilio.com/docs/iam/test-credentials#test-sms-messages */
const to: Record<string, Saying> = {
  '+15005550001': [21_211, (number) => `Invalid 'To' Phone Number: ${number}`],
  '+15005550002': [21_612, (number) => `The 'To' phone number: ${number}, is not currently reachable via SMS.`],
  '+15005550003': [21_408, (number) => `Permission to send an SMS has not been enabled for the region of ${number}.`],
  '+15005550004': [21_610, () => STOPPED],
  '+15005550009': [21_614, (number) => `'To' number: ${number}, is not a valid mobile number`],
}
const from: Record<string, Saying> = {
  '+15005550001': [21_212, (number) => `The 'From' number ${number} is not a valid phone number.`],
  '+15005550007': [21_606, (number) => `The 'From' phone number ${number} is not one of your numbers.`],
  '+15005550008': [
    21_611,
    (number) => `This 'From' number ${number} has exceeded the maximum number of queued messages`,
  ],
}

const STOPPED = 'Attempt to send to unsubscribed recipient'
const PHONE = /^\+[1-9]\d{6,14}$/

/** Why an SMS cannot go to this number; null where it can. */
export function refusalTo(number: string, isStopped: boolean): Refusal | null {
  if (!PHONE.test(number)) return badRequest(21_211, `Invalid 'To' Phone Number: ${number}`)
  return isStopped ? badRequest(21_610, STOPPED) : refusalIn(to, number)
}

/** Why an SMS cannot come from this number; null where it can. */
export function refusalFrom(number: string): Refusal | null {
  if (!PHONE.test(number)) return badRequest(21_212, `The 'From' number ${number} is not a valid phone number.`)
  return refusalIn(from, number)
}

function refusalIn(numbers: Record<string, Saying>, number: string): Refusal | null {
  const saying = numbers[number]
  return saying === undefined ? null : badRequest(saying[0], saying[1](number))
}

/** What can become of an SMS on its way: https://www.twilio.com/docs/api/errors */
export const troubles: Record<number, string> = {
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
}

/** Our own numbers for tests: what is sent to +1 500 555 300x is taken, and fails later with code 3000x. */
export function troubleOf(number: string): number | null {
  const code = 30_000 + Number(/^\+1500555300(\d)$/.exec(number)?.[1] ?? 0)
  return code in troubles ? code : null
}
