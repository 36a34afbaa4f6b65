import { describe, expect, it } from '@jest/globals'
import { words as english } from '../../shared/web/public/words/en.js'
import { words as chinese } from '../../shared/web/public/words/zh.js'
import { faultsOf } from '../chinese.ts'

/** @type {Record<string, string>} */
const inEnglish = english
/** @type {Record<string, string>} */
const inChinese = chinese
const holesIn = (/** @type {string} */ text) => [...new Set(text.match(/\{\w*\}/g))].toSorted().join(' ')

describe('the words of the pages', () => {
  it('are there in both languages, with the same that differs in each', () => {
    const odd = Object.entries(inEnglish).filter(([key, text]) => holesIn(text) !== holesIn(inChinese[key] ?? '{}'))

    expect(odd).toEqual([])
  })

  it('are set in Chinese as Chinese is: full-width signs, a space beside Latin and digits, orders counted with 笔', () => {
    expect(Object.values(inChinese).flatMap(faultsOf)).toEqual([])
  })
})
