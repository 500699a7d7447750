// Passkeys: asks the server what to ask the authenticator, and sends what that answers by the form it stands on.
// Without it, or in a browser that knows no passkeys, the forms stay hidden; the mailed link is always there.

const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser

const ceremonies = { get: startAuthentication, create: startRegistration }

/** @param {HTMLFormElement} form */
const answer = async (form) => {
  const asked = await fetch(`${form.getAttribute('action')}/options`, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
  })
  if (!asked.ok) throw new Error(String(asked.status))
  const response = await ceremonies[form.dataset.passkey]({ optionsJSON: await asked.json() })
  form.elements.answer.value = JSON.stringify(response)
  form.submit()
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.hidden = !browserSupportsWebAuthn()
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const fault = form.querySelector('[role=alert]')
    fault.hidden = true
    answer(form).catch(() => {
      fault.hidden = false
    })
  })
}
