"use strict";
// Passkeys: asks the browser to make or prove one and sends its answer in the form. Without this file the password alone opens the page.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = (asked) => navigator.credentials.create({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: known(asked.excludeCredentials) } });
  const prove = (asked) => navigator.credentials.get({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) } });
  const answer = ({ rawId, type, response }) => {
    const parts = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) parts[name] = text(response[name]);
    }
    return JSON.stringify({ id: text(rawId), rawId: text(rawId), type, response: parts, clientExtensionResults: {} });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const asked = JSON.parse(form.dataset.passkey);
    if (!window.PublicKeyCredential || location.hostname !== (asked.rpId ?? asked.rp.id)) continue;
    form.hidden = false;
    document.querySelector("[data-without-passkeys]")?.remove();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const told = form.querySelector("[data-told]");
      told.hidden = true;
      try {
        form.elements.credential.value = answer(await (asked.rp ? make(asked) : prove(asked)));
        form.submit();
      } catch {
        told.hidden = false;
      }
    });
  }
})();
