import { z } from 'zod'
import { personName } from '../../shared/person-name.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { names } from '../../shared/store/sql.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import { accountAnswer, answerOf } from './account-answer.ts'
import { type Account, accountColumns, preferredOf } from './accounts.ts'
import type { Cookies } from './cookies.ts'
import { accountIn, signedInAs } from './customer-door.ts'
import type { Client } from './db.ts'
import { language } from './sign-up-request.ts'

type Deps = { publish: Publish<Client>; cookies: Cookies }

const changes = z.object({
  name: personName.optional(),
  language: language.optional(),
  orders: z.object({ mail: z.boolean().optional(), sms: z.boolean().optional() }).optional(),
})

type Changes = z.infer<typeof changes>

/** `POST /api/account`: what customers may change by themselves; what is left out stays. */
export function changeAccount({ publish, cookies }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/account',
    what: 'Change the name, the language, or how news of orders come',
    isOfCustomer: true,
    body: changes,
    answer: { status: 200, what: 'The account', schema: accountAnswer },
    problems: [],
    serve: async (req, res) => {
      const session = signedInAs(cookies, req)
      const wanted = parseBody(changes, req.body)
      const account = await publish(async (tx, emit) => {
        const before = await accountIn(tx, session)
        const after = changed(before, wanted)
        if (isSame(before, after)) return before
        const stored = await write(tx, after)
        emit(preferredOf(stored))
        return stored
      })
      res.json(answerOf(account, session))
    },
  }
}

function changed(account: Account, { name, language, orders = {} }: Changes): Account {
  const { mail = account.ordersByMail === 1, sms = account.ordersBySms === 1 } = orders
  const by = { ordersByMail: mail ? 1 : 0, ordersBySms: sms ? 1 : 0 }
  return { ...account, name: name ?? account.name, language: language ?? account.language, ...by }
}

function isSame(one: Account, other: Account): boolean {
  return accountColumns.every((column) => one[column] === other[column])
}

async function write(tx: Client, { id, name, language, ordersByMail, ordersBySms }: Account): Promise<Account> {
  const [account] = await tx.$queryRaw<[Account]>`
    UPDATE "Account" SET name = ${name}, language = ${language}, "ordersByMail" = ${ordersByMail},
      "ordersBySms" = ${ordersBySms}, revision = revision + 1
    WHERE id = ${id} RETURNING ${names(accountColumns)}`
  return account
}
