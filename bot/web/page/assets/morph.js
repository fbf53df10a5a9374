// A live part that is drawn again leaves alone what the reader is at: the field they type in, what they have opened.
// A button that was pressed has the focus too, and becomes the next one.
Object.defineProperty(Idiomorph.defaults, "ignoreActiveValue", { enumerable: true, get: () => !!document.activeElement?.matches("input, textarea, select") });
Idiomorph.defaults.callbacks.beforeNodeMorphed = node => !node.matches?.("[data-keep], [data-draft]");
Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details, dialog"));
