// Puts what stands beside a button into the clipboard.
document.addEventListener("click", async (event) => {
	const button = event.target.closest("[data-copy]");
	if (!button) return;
	const what = document.getElementById(button.dataset.copy);
	if (navigator.clipboard) await navigator.clipboard.writeText(what.textContent.trim());
	else { // over plain http
		getSelection().selectAllChildren(what);
		if (!document.execCommand("copy")) return; // it is selected, at least
	}
	const label = button.textContent;
	button.textContent = button.dataset.copied;
	setTimeout(() => { button.textContent = label; }, 2000);
});
document.addEventListener("click", (event) => {
	if (event.target.closest("[data-print]")) window.print();
});
