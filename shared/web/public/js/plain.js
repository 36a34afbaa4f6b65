import { frame } from './frame.js'

// All of the page has come with it.
frame('refusal')
document.getElementById('again')?.addEventListener('click', () => location.reload())
