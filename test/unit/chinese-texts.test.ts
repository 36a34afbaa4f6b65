import { describe, expect, it } from '@jest/globals'
import { alertWordsIn } from '../../services/notification/words/alert-words.ts'
import { wordsIn } from '../../services/notification/words/words.ts'
import { refusals } from '../../shared/web/docs/refusals.ts'
import { documentsInChinese } from '../../shared/web/docs/say.ts'
import { docsWords } from '../../shared/web/docs/words.ts'
import { problemsInChinese } from '../../shared/web/problems-in-chinese.ts'
import { refusalsInChinese } from '../../simulators/payment-gateway/pages/refusals-in-chinese.ts'
import { pageWords } from '../../simulators/payment-gateway/pages/words.ts'
import { phoneWords } from '../../simulators/sms-gateway/phone-words.ts'
import { faultsOf, textsIn } from '../chinese.ts'

describe.each([
  ['refusals', problemsInChinese],
  ['the docs', [docsWords.zh, documentsInChinese, refusals.map(({ zh }) => zh)]],
  ['mails and SMS', [wordsIn('zh'), alertWordsIn('zh')]],
  ['the gateway’s pages', [pageWords.zh, refusalsInChinese]],
  ['the pages of phones', phoneWords.zh],
])('the Chinese of %s', (_name, texts) => {
  it('is set as Chinese is: full-width signs, a space beside Latin letters and digits, orders counted with 笔', () => {
    expect(textsIn(texts).flatMap(faultsOf)).toEqual([])
  })
})
