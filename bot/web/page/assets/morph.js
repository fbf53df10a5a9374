// A live part that is drawn again leaves alone what the reader is at: the field they type in, what they have opened.
Idiomorph.defaults.ignoreActiveValue = true;
Idiomorph.defaults.callbacks.beforeNodeMorphed = node => !node.matches?.("[data-keep], [data-draft]");
Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details, dialog"));
