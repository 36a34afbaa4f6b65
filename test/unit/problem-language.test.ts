import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLogger } from '../../shared/logger.ts'
import { createApp, type HttpServer, listen } from '../../shared/web/http.ts'
import { invalid, Problem } from '../../shared/web/problem.ts'
import { inLanguage } from '../../shared/web/problem-language.ts'
import { problemOf } from '../order-rig.ts'

describe('a problem', () => {
  it('is said sentence by sentence, with what differs in its place', () => {
    const busy = new Problem(429, 'Too many requests', 'Too many sign-ins. Come back in 12 s.').with({
      'Retry-After': '12',
    })

    const { title, message, status, headers } = inLanguage(busy, 'zh')

    expect([status, title, message]).toEqual([429, '请求过多', '登录尝试过多。请在 12 秒后再试。'])
    expect(headers).toEqual({ 'Retry-After': '12', 'Content-Language': 'zh' })
  })

  it('keeps the names of fields, and says what is wrong with each', () => {
    const errors = [
      { field: 'email', message: 'must be an email address' },
      { field: 'items.0.sku', message: 'Too big: expected string to have <=64 characters' },
    ]

    const said = inLanguage(invalid(errors), 'zh')

    expect(said.message).toBe('email：请填写有效的邮箱地址；items.0.sku：最多 64 个字符')
    expect(said.errors?.map(({ field }) => field)).toEqual(['email', 'items.0.sku'])
  })

  it('stays as it is where a sentence of it is not known, and where English is read', () => {
    const odd = new Problem(409, 'Conflict', 'Sign in first. The moon is full.')

    expect(inLanguage(odd, 'zh').message).toBe('Sign in first. The moon is full.')
    expect(inLanguage(odd, 'en')).toBe(odd)
  })
})

describe('a refusal', () => {
  let server: HttpServer
  beforeAll(async () => {
    server = await listen(
      createApp(createLogger('test', 'silent'), () => {}),
      0,
      '127.0.0.1',
    )
  })
  afterAll(() => server.close())
  const ask = (language: string) => fetch(`${server.url}/nothing`, { headers: { 'accept-language': language } })

  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', '未找到', 'GET /nothing 不存在。'],
    ['de,zh;q=0.5', '未找到', 'GET /nothing 不存在。'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'Not found', 'There is nothing at GET /nothing.'],
    ['de', 'Not found', 'There is nothing at GET /nothing.'],
    ['*', 'Not found', 'There is nothing at GET /nothing.'],
  ])('to who reads %s is told so', async (language, title, detail) => {
    expect(await problemOf(await ask(language))).toMatchObject({ title, detail })
  })
})
