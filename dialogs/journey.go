package dialogs

// Journey is what happens by itself: journey.yaml, language §10.
type Journey struct{}
