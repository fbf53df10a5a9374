// Short words in the corner. Anybody may say one: dispatch careline:toasts with {toasts: [{text, bad}]}.
const box = document.getElementById("toasts");

function leave(toast, after) {
	setTimeout(() => toast.matches(":hover") ? leave(toast, 1000) : toast.remove(), after);
}

document.addEventListener("careline:toasts", event => {
	for (const { text, bad } of event.detail.toasts) {
		const toast = document.createElement("p");
		toast.className = bad ? "toast bad" : "toast";
		toast.textContent = text;
		box.append(toast);
		leave(toast, bad ? 12000 : 6000);
	}
});
for (const toast of box.children) leave(toast, 6000);
