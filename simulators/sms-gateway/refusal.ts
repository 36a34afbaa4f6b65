/** A request that is not carried out, in Twilio's words: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export type Refusal = { status: number; code: number; message: string }

const refusing =
  (status: number) =>
  (code: number, message: string): Refusal => ({ status, code, message })

export const badRequest = refusing(400)
export const unauthorized = () => refusing(401)(20_003, 'Authenticate')
export const tooMany = () => refusing(429)(20_429, 'Too Many Requests')
export const unavailable = () => refusing(503)(20_503, 'The service is switched off (POST /_switches).')
export const broken = () => refusing(500)(20_500, 'Internal Server Error')
export const unreadable = (status: number, message: string) => refusing(status)(20_001, message)
export const notFound = (path: string) => refusing(404)(20_404, `The requested resource ${path} was not found`)

/** The body of a refusal. */
export function bodyOf({ status, code, message }: Refusal): object {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
}
