package picture

import "careline/dialogs"

// Glosses are the first words that each state of the dialog says, in the language, or the dialog that it runs by its title.
func Glosses(scripts *dialogs.Set, d *dialogs.Dialog, language string, title func(dialog string) string) map[string]string {
	all := map[string]string{}
	for _, s := range d.States {
		switch {
		case len(s.Say) > 0 && s.Say[0].ID != "":
			all[s.Name] = scripts.FirstWords(language, s.Say[0].ID)
		case s.Doing == dialogs.Runs:
			all[s.Name] = "→ " + title(s.Run.Name)
		}
	}
	return all
}
