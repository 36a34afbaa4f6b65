import type { Language } from '../../../shared/customer-events.ts'

/** What our mails about alerts say; products are called as they are. */
type AlertWords = {
  ask: Record<'back' | 'cheaper', Said>
  tell: Record<'back' | 'cheaper', Said>
  confirm: string
  onlyThen: string[]
  once: string
  price: string
  seeIt: string
  about: string
  stop: string
}

type Said = { subject: (name: string) => string; headline: string; about: (name: string) => string }

const en: AlertWords = {
  ask: {
    back: {
      subject: (name) => `Please confirm: tell me when it is back (${name})`,
      headline: 'Shall we tell you when it is back?',
      about: (name) => `Somebody, most likely you, wants a mail to this address when this is in stock again: ${name}.`,
    },
    cheaper: {
      subject: (name) => `Please confirm: tell me when it costs less (${name})`,
      headline: 'Shall we tell you when it costs less?',
      about: (name) => `Somebody, most likely you, wants a mail to this address when this costs less: ${name}.`,
    },
  },
  tell: {
    back: {
      subject: (name) => `Back in stock: ${name}`,
      headline: 'It is back',
      about: (name) => `You wanted to be told when this is in stock again: ${name}. It is, as long as it lasts.`,
    },
    cheaper: {
      subject: (name) => `Costs less now: ${name}`,
      headline: 'It costs less now',
      about: (name) => `You wanted to be told when this costs less: ${name}.`,
    },
  },
  confirm: 'Yes, tell me',
  onlyThen: [
    'Please confirm that within two days. You get one mail when it is so, and no other.',
    'If that was not you, you need not do anything.',
  ],
  once: 'That was the one mail that you wanted. You can ask for it again at any time.',
  price: 'Price now',
  seeIt: 'To the shop',
  about: 'This mail was sent automatically since it was asked for with this address.',
  stop: 'No more mails about products',
}

const zh: AlertWords = {
  ask: {
    back: {
      subject: (name) => `请确认：到货时通知我（${name}）`,
      headline: '到货时通知您吗？',
      about: (name) => `有人（很可能是您）希望在以下商品到货时收到邮件：${name}。`,
    },
    cheaper: {
      subject: (name) => `请确认：降价时通知我（${name}）`,
      headline: '降价时通知您吗？',
      about: (name) => `有人（很可能是您）希望在以下商品降价时收到邮件：${name}。`,
    },
  },
  tell: {
    back: {
      subject: (name) => `已到货：${name}`,
      headline: '您等的商品到货了',
      about: (name) => `您希望在以下商品到货时收到通知：${name}。现已到货，售完为止。`,
    },
    cheaper: {
      subject: (name) => `降价了：${name}`,
      headline: '您等的商品降价了',
      about: (name) => `您希望在以下商品降价时收到通知：${name}。`,
    },
  },
  confirm: '是的，请通知我',
  onlyThen: ['请在两天内确认。届时您只会收到一封邮件。', '如果不是您本人操作，请忽略此邮件。'],
  once: '您要的通知只有这一封。如有需要，可随时再次订阅。',
  price: '现价',
  seeIt: '前往商店',
  about: '有人使用此邮箱订阅了通知，因此自动发送此邮件。',
  stop: '不再接收商品通知',
}

const all: Record<Language, AlertWords> = { en, zh }

/** The words of a language about alerts. */
export const alertWordsIn = (language: Language): AlertWords => all[language]
