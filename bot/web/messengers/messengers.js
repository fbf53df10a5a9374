// Puts what stands beside a button into the clipboard.
document.addEventListener("click", async (event) => {
	const button = event.target.closest("[data-copy]");
	if (!button) return;
	await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
	const label = button.textContent;
	button.textContent = button.dataset.copied;
	setTimeout(() => { button.textContent = label; }, 2000);
});
document.addEventListener("click", (event) => {
	if (event.target.closest("[data-print]")) window.print();
});
