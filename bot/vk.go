package bot

import (
	"log/slog"

	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels/vk"
	"careline/store"
)

// VK is the clinic's community, wired to its folder and settings.
func VK(s store.Store, f *folder.Folder, settings Settings, c clock.Clock, log *slog.Logger) (*vk.VK, error) {
	return vk.New(vk.Options{
		Token:        settings.VK.Token,
		GroupID:      settings.VK.Group,
		API:          settings.VK.API,
		Mode:         settings.VK.Mode,
		Secret:       settings.VK.Secret,
		Confirmation: settings.VK.Confirmation,
		Public:       settings.Public,
		Words:        f.Scripts.Catalogue().Word,
		Clinic:       f.Files,
		Cards:        f.Clinic.Channels.VK.Cards,
		Memory:       Memory{Channel: "vk", Store: s, Now: c.Now},
		Rates:        settings.VK.Rates,
		Now:          c.Now,
		Log:          log,
	})
}
