/** The goods a new shop starts with: order shows and prices them, inventory has them in stock. */
export type SeedProduct = {
  sku: string
  name: string
  description: string
  priceCents: number
  stock: number
}

export const CURRENCY = 'EUR'

export const catalogue: readonly SeedProduct[] = [
  {
    sku: 'MUG-001',
    name: 'Stoneware mug',
    description: 'Hand-glazed, 350 ml, keeps tea warm through a code review.',
    priceCents: 1_800,
    stock: 100_000,
  },
  {
    sku: 'TEE-001',
    name: 'Organic cotton T-shirt',
    description: 'Heavy jersey, straight cut, washed once so it stays the size you bought.',
    priceCents: 2_900,
    stock: 50_000,
  },
  {
    sku: 'CAP-001',
    name: 'Canvas cap',
    description: 'Five panels, brass buckle, shades one pair of eyes.',
    priceCents: 2_400,
    stock: 20_000,
  },
  {
    sku: 'BAG-001',
    name: 'Weekender bag',
    description: 'Waxed canvas, 35 litres, fits under an aeroplane seat.',
    priceCents: 12_900,
    stock: 5_000,
  },
  {
    sku: 'NTB-001',
    name: 'Dot-grid notebook',
    description: 'A5, 160 numbered pages, lies flat on the first day.',
    priceCents: 1_450,
    stock: 80_000,
  },
  {
    sku: 'PEN-001',
    name: 'Brass ballpoint',
    description: 'Turned from one rod, takes standard refills, gets better with age.',
    priceCents: 3_600,
    stock: 30_000,
  },
  {
    sku: 'LMP-001',
    name: 'Desk lamp',
    description: 'Dimmable warm light on a jointed arm, with a switch you can find in the dark.',
    priceCents: 8_900,
    stock: 4_000,
  },
  {
    sku: 'KBD-001',
    name: 'Low-profile keyboard',
    description: '75 keys, hot-swap switches, a cable that is long enough.',
    priceCents: 11_900,
    stock: 3_000,
  },
  {
    sku: 'BTL-001',
    name: 'Steel water bottle',
    description: '750 ml, double wall, a lid that one hand can open.',
    priceCents: 2_700,
    stock: 40_000,
  },
  {
    sku: 'CFE-001',
    name: 'Espresso beans',
    description: '1 kg, Huehuetenango, roasted on Tuesdays.',
    priceCents: 2_350,
    stock: 60_000,
  },
  {
    sku: 'PLT-001',
    name: 'Rubber plant',
    description: '60 cm in a clay pot, forgives a missed week.',
    priceCents: 3_900,
    stock: 500,
  },
  {
    sku: 'PRT-001',
    name: 'Signed print',
    description: 'Risograph in two colours, edition of twenty, when they are gone they are gone.',
    priceCents: 6_500,
    stock: 20,
  },
]
