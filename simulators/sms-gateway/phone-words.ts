import type { Language } from '../../shared/customer-events.ts'
import type { Status } from './line.ts'

/** What the page of phones says, but for the SMS. */
export type PhoneWords = {
  title: string
  none: string
  footer: string
  all: string
  reply: string
  send: string
  stopped: string
  status: Record<Status | 'received', string>
}

export const phoneWords: Record<Language, PhoneWords> = {
  en: {
    title: 'Phones',
    none: 'No phone has had an SMS yet.',
    footer: 'These phones are only here: no SMS leaves this machine.',
    all: 'All phones',
    reply: 'Your answer',
    send: 'Send',
    stopped: 'Has said STOP: it gets no more SMS.',
    status: {
      queued: 'waiting',
      sending: 'on its way',
      sent: 'sent',
      delivered: 'delivered',
      undelivered: 'not delivered',
      failed: 'failed',
      received: 'answered',
    },
  },
  zh: {
    title: '手机',
    none: '还没有手机收到短信。',
    footer: '这些手机只在这里：没有短信离开这台机器。',
    all: '所有手机',
    reply: '您的回复',
    send: '发送',
    stopped: '已回复 STOP：不再收到短信。',
    status: {
      queued: '等待中',
      sending: '发送中',
      sent: '已发送',
      delivered: '已送达',
      undelivered: '未送达',
      failed: '失败',
      received: '回复',
    },
  },
}
