import { describe, expect, it } from '@jest/globals'
import { MOUNTAINS, overloadOf, PACES, sizeOf } from '../../services/control/public/js/tour/stations/peaks/mountain.js'

describe('the station of peaks', () => {
  it('offers mountains that the server takes, and an overload of a tenth for each pace', () => {
    for (const seconds of Object.values(MOUNTAINS)) expect(sizeOf(seconds)).toBeLessThanOrEqual(600)
    for (const pace of PACES.filter((one) => one <= 25)) {
      expect(sizeOf(overloadOf(pace))).toBe(pace * 22)
      expect(sizeOf(overloadOf(pace))).toBeLessThanOrEqual(600)
    }
  })

  it('sends no more than is taken at the highest pace either', () => {
    expect(sizeOf(overloadOf(Math.max(...PACES)))).toBeLessThanOrEqual(600)
  })
})
