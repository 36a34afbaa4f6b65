const SLOTS = 16_384
const POLYNOMIAL = 0x1021 // CRC-16/XMODEM

/** The slot of a Redis Cluster that a key belongs to; of what stands in its first braces, if anything does. */
export function slotOf(key: string): number {
  return crc16(/^\{([^}]+)\}/.exec(key.slice(key.indexOf('{')))?.[1] ?? key) % SLOTS
}

function crc16(text: string): number {
  let crc = 0
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1) & 0xffff
  }
  return crc
}
