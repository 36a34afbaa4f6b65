import { describe, expect, it } from '@jest/globals'
import { createDoorman, doors, ownerOf } from '../../shared/doors.ts'

describe('a door', () => {
  it('is one path and all that is below it', () => {
    expect(ownerOf('/control')).toBe('control')
    expect(ownerOf('/control/assets/js/room.js')).toBe('control')
    expect(ownerOf('/controls')).toBeNull()
    expect(ownerOf('/')).toBe('order')
    expect(ownerOf('/assets/style.css')).toBeNull()
    expect(ownerOf('/api/admin')).toBeNull()
  })

  it('that is below another one stands before it', () => {
    const paths = Object.keys(doors)
    const late = paths.filter((path, i) =>
      paths.slice(0, i).some((door) => door !== '/' && path.startsWith(`${door}/`)),
    )
    expect(late).toEqual([])
  })

  it('of our own is not sent to whoever has the door above it', () => {
    expect(ownerOf('/api/account/orders')).toBe('order')
    expect(createDoorman('order')('/api/account/orders')).toBeNull()
    expect(createDoorman('accounts')('/api/account/orders')).toBe('order')
    expect(createDoorman('order')('/api/account/session')).toBe('accounts')
  })
})
