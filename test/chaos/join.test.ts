import { describe, expect, it, jest } from '@jest/globals'
import { join } from '../../chaos/join.ts'
import type { PostBoxes } from '../../chaos/post-boxes.ts'
import { noReceipts } from '../../chaos/receipts.ts'
import type { SignUp } from '../../chaos/sign-ups.ts'
import { EMAIL, PASSWORD, useAccounts } from '../accounts-rig.ts'

const accounts = useAccounts()
const HOUR_MS = 3_600_000

const forgetful: SignUp = {
  form: { name: 'Ada', email: EMAIL, password: PASSWORD, language: 'en' },
  ...{ key: 'sign-up-1', again: null, isRepeated: false, isOrderingFirst: false, isVerifying: false, isHasty: false },
  ...{ wantsSms: false, isResetting: true, isLeaving: false },
}

/** As if a mail had come with each link; when the first has come, the clock of accounts is two hours ahead. */
const boxes: PostBoxes = {
  linkTo: async (_address, _kind, _signal, but = new Set()) => {
    const token = await accounts.tokenIn('customer.linkAsked', but.size + 1)
    if (but.size === 0) jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * HOUR_MS)
    return token
  },
  codeFor: async () => null,
}

async function goThere(areClocksRight: boolean) {
  const receipts = noReceipts()
  const url = () => accounts.url
  const signal = new AbortController().signal
  const member = await join(forgetful, { url, gatewayUrl: url, boxes, areClocksRight, signal, receipts })
  jest.restoreAllMocks()
  return { password: member?.password, complaints: receipts.complaints }
}

describe('a customer of the chaos whose link for a new password is too old', () => {
  it('has another one sent, as the refusal says, where clocks are stepped', async () => {
    expect(await goThere(false)).toEqual({ password: `${PASSWORD}, anew`, complaints: [] })
  })

  it('complains where they are right', async () => {
    const { password, complaints } = await goThere(true)
    expect(password).toBe(PASSWORD)
    expect(complaints).toEqual([expect.stringContaining('a new password was answered with 404')])
  })
})
