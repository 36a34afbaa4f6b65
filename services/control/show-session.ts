import { type EventName, eventNames, receiversOf, type Service, spare } from '../../shared/routes.ts'
import { sendersOf } from '../../shared/senders.ts'
import { type State, states } from '../../shared/states.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { faults } from './demo/faults.ts'
import { type Faults, type Look, type Session, sessionAnswer } from './session-answer.ts'

type Known = Pick<Session, 'isDemo' | 'hasMailbox'> & Pick<Faults, 'phonesUrl'> & { services: readonly Service[] }

/** `GET /api/admin/session`: whether the one who asks is let in, and all that does not change while they look. */
export function showSession({ isDemo, hasMailbox, phonesUrl, services }: Known): Endpoint {
  const session: Session = {
    ...{ isDemo, hasMailbox, services: [...services], main: services.filter(isNeeded), routes: routesAmong(services) },
    states: states.map((name) => ({ name, look: LOOKS[name] })),
    faults: isDemo ? { ...faults, phonesUrl } : null,
  }
  return {
    method: 'get',
    path: '/api/admin/session',
    what: 'Show what the control room can do',
    isAdmin: true,
    answer: { status: 200, what: 'You are in', schema: sessionAnswer },
    problems: [],
    serve: (_req, res) => void res.json(session),
  }
}

const isNeeded = (service: Service) => !spare.some((one) => one === service)

/** An order goes on, went well, came to nothing, or was undone. */
const LOOKS: Record<State, Look> = {
  placed: 'open',
  reserved: 'open',
  paying: 'open',
  paid: 'well',
  rejected: 'bad',
  declined: 'bad',
  expired: 'bad',
  cancelled: 'bad',
  refunded: 'undone',
}

function routesAmong(services: readonly Service[]): Session['routes'] {
  const isThere = (service: Service) => services.includes(service)
  const to = (event: EventName) => receiversOf(event).filter(isThere)
  return eventNames.flatMap((event) =>
    sendersOf(event)
      .filter(isThere)
      .map((from) => ({ event, from, to: to(event) })),
  )
}
