// Short words in the corner. Anybody may say one: dispatch careline:toasts with {toasts: [{text, bad, quiet}]}.
const box = document.getElementById("toasts");

function leave(toast, after) {
	setTimeout(() => toast.matches(":hover") ? leave(toast, 1000) : toast.remove(), after);
}

document.addEventListener("careline:toasts", event => {
	for (const { text, bad, quiet } of event.detail.toasts) {
		const toast = document.createElement("p");
		toast.className = bad ? "toast bad" : "toast";
		toast.textContent = text;
		if (quiet) toast.ariaHidden = "true"; // it is said elsewhere
		box.append(toast);
		leave(toast, bad ? 12000 : 6000);
	}
});
for (const toast of box.children) leave(toast, 6000);
