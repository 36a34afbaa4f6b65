import { frame } from '/assets/js/frame.js'
import { createCartLink } from './cart-link.js'

frame('shop', createCartLink('/#cart'))
