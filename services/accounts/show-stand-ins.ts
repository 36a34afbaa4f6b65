import type { Config } from '../../shared/config.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { PUBLIC } from '../../shared/web/safe-headers.ts'
import { type StandIns, standIns } from './stand-ins-answer.ts'

/** `GET /api/accounts/stand-ins`: where what would be sent to customers can be read instead. */
export function showStandIns({ MAILBOX_URL, SMS_GATEWAY_URL }: Config): Endpoint {
  const answer: StandIns = {
    mails: MAILBOX_URL === undefined ? null : '/control#/mails',
    phones: SMS_GATEWAY_URL === undefined ? null : `${SMS_GATEWAY_URL}/phones`,
  }
  return {
    method: 'get',
    path: '/api/accounts/stand-ins',
    what: 'Show where mails and SMS can be read in the demo',
    answer: { status: 200, what: 'The pages; null for what is really sent', schema: standIns },
    problems: [],
    serve: (_req, res) => void res.set(PUBLIC).json(answer),
  }
}
