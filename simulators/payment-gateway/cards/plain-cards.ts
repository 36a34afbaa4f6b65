import type { Card } from './card.ts'

/** Cards that simply work: by brand, and by the country they come from. Source: https://docs.stripe.com/testing#cards */
export function* plainCards(): Generator<[string, Card]> {
  for (const [name, brand, last4, funding = 'credit', country = 'US'] of brands)
    yield [`pm_card_${name}`, { type: 'card', brand, country, funding, last4 }]
  for (const [country, last4] of countries)
    yield [`pm_card_${country.toLowerCase()}`, { type: 'card', brand: 'visa', country, funding: 'credit', last4 }]
}

type Row = readonly [name: string, brand: string, last4: string, funding?: Card['funding'], country?: string]

const brands: readonly Row[] = [
  ['visa', 'visa', '4242'],
  ['visa_debit', 'visa', '5556', 'debit'],
  ['mastercard', 'mastercard', '4444'],
  ['mastercard_debit', 'mastercard', '8210', 'debit'],
  ['mastercard_prepaid', 'mastercard', '5100', 'prepaid'],
  ['amex', 'amex', '0005'],
  ['discover', 'discover', '1117'],
  ['diners', 'diners', '0004'],
  ['jcb', 'jcb', '0505', 'credit', 'JP'],
  ['unionpay', 'unionpay', '0005', 'credit', 'CN'],
  ['visa_cartesBancaires', 'visa', '1001', 'credit', 'FR'],
  ['mastercard_cartesBancaires', 'mastercard', '1001', 'credit', 'FR'],
  ['visa_debit_eftposAuCoBranded', 'visa', '0001', 'debit', 'AU'],
  ['mastercard_debit_eftposAuCoBranded', 'mastercard', '0080', 'debit', 'AU'],
  ['debit_visaFsaProductCode', 'visa', '0072', 'debit'],
  ['debit_visaHsaProductCode', 'visa', '0072', 'debit'],
  ['mastercard_debit_mastercardFsaProductCode', 'mastercard', '8897', 'debit'],
  ['ae_mastercard', 'mastercard', '0022', 'credit', 'AE'],
  ['gb_debit', 'visa', '0005', 'debit', 'GB'],
  ['gb_mastercard', 'mastercard', '4449', 'credit', 'GB'],
  ['th_credit', 'visa', '0003', 'credit', 'TH'],
  ['th_debit', 'visa', '0008', 'debit', 'TH'],
  ['amex_threeDSecureNotSupported', 'amex', '0005'],
]

/** ISO country and the last digits of its card. */
const countries: readonly (readonly [string, string])[] = [
  ...pairs('US 4242 AR 0021 BR 0002 CA 0000 CL 0001 CO 0003 CR 0005 EC 0000 MX 8001 PA 0000 PY 0066 PE 0068 UY 0003'),
  ...pairs('AE 0001 AT 0008 BE 0004 BG 0000 BY 0005 HR 0009 CY 0008 CZ 0002 DK 0001 EE 0009 FI 0001 FR 0003 DE 0016'),
  ...pairs('GI 0005 GR 0030 HU 0005 IE 0005 IT 0008 LV 0005 LI 0004 LT 0000 LU 0006 MT 0007 NL 0002 NO 0007 PL 0005'),
  ...pairs('PT 0007 RO 0001 SI 0006 SK 0001 ES 0007 SE 0008 CH 0009 GB 0000 AU 0006 CN 0002 HK 0004 IN 0008 JP 0003'),
  ...pairs('MY 0002 NZ 0008 SG 0003 TW 0008'),
]

function* pairs(text: string): Generator<readonly [string, string]> {
  for (const [, country = '', last4 = ''] of text.matchAll(/([A-Z]{2}) (\d{4})/g)) yield [country, last4]
}
