import type { Emit } from '../../../shared/handler.ts'
import type { Logger } from '../../../shared/logger.ts'
import { newId } from '../../../shared/protocol/new-id.ts'
import type { Publish } from '../../../shared/protocol/outbox.ts'
import { type Columns, insert, names } from '../../../shared/store/sql.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { type Key, keyTaken, oneAtATime, readKey } from '../../../shared/web/idempotency-key.ts'
import type { Client } from '../db.ts'
import { type NewsAnswer, type NewsRequest, newsAnswer, newsHeaders, newsRequest } from './news-request.ts'

/** A piece of news; `at` in ms. `key` is what it was called by whoever posted it. */
type News = Pick<NewsAnswer, 'id' | 'title' | 'text' | 'language'> & {
  key: string | null
  fingerprint: string | null
  at: number
}

type Wanted = { news: News; key: Key | null }
type Deps = { publish: Publish<Client>; log: Logger }

/** `POST /api/admin/news`. Answered when it is on disk; whoever watches is told. */
export function postNews({ publish, log }: Deps): Endpoint {
  const post = oneAtATime(({ news }: Wanted) => publish((tx, emit) => insertNews(tx, news, emit)))
  return {
    method: 'post',
    path: '/api/admin/news',
    what: 'Tell all who watch the shop',
    isAdmin: true,
    headers: newsHeaders,
    body: newsRequest,
    answer: { status: 201, what: 'It is on disk.', schema: newsAnswer },
    problems: [409],
    serve: async (req, res) => {
      const asked = parseBody(newsRequest, req.body)
      const key = readKey(req.get('idempotency-key'), asked)
      const { title, text, language = null } = asked
      const named = { key: key?.key ?? null, fingerprint: key?.fingerprint ?? null }
      const news = await post({ news: { id: newId(), ...named, title, text, language, at: Date.now() }, key })
      if (news === null) throw keyTaken()
      log.info({ subject: news.id }, 'news.posted')
      res.status(201).json(answerOf(news))
    },
  }
}

const columns: Columns<News> = ['id', 'key', 'fingerprint', 'title', 'text', 'language', 'at']

/** The news, or those that this key stands for already; null where these were others. */
async function insertNews(tx: Client, news: News, emit: Emit): Promise<News | null> {
  const inserted = await tx.$executeRaw`${insert('News', columns, [news])} ON CONFLICT DO NOTHING`
  if (inserted === 0) return earlier(tx, news)
  emit({ name: 'news.posted', subject: news.id, data: toldOf(news) })
  return news
}

async function earlier(tx: Client, { key, fingerprint }: News): Promise<News | null> {
  const [news] = await tx.$queryRaw<News[]>`
    SELECT ${names(columns)} FROM "News" WHERE key = ${key} AND fingerprint = ${fingerprint}`
  return news ?? null
}

function toldOf({ title, text, language }: News): NewsRequest {
  return { title, text, ...(language !== null && { language }) }
}

function answerOf({ id, title, text, language, at }: News): NewsAnswer {
  return { id, title, text, language, at: new Date(Number(at)).toISOString() }
}
