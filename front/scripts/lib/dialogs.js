// Native dialogs: a button with data-open-dialog="id" opens it; a touch beside it closes it.
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
    else if (event.target instanceof HTMLDialogElement) event.target.close();
  });
}
