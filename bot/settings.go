// Package bot puts the parts of careline together: New, Run, and a clean stop.
package bot

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"careline/bot/web/api"
)

// Settings are what differs between one machine and another; everything that a marketer edits stands in the
// clinic's folder instead.
type Settings struct {
	Database string   // postgres://… or sqlite:PATH
	Listen   string   // host:port
	Public   string   // address under which patients reach us, https://chat.clinic.ru; for links in messages
	FramedBy []string // sites that may show the chat in a frame: https://clinic.ru
	// ProxyHeader is the header in which our own proxy names the client: X-Real-IP, X-Forwarded-For. Empty =
	// no proxy, and nobody's header is believed.
	ProxyHeader string
	Secret      []byte // seals what may not be kept in the clear
	Telegram    TelegramSettings
	VK          VKSettings
	WhatsApp    WhatsAppSettings
	MIS         api.Keys // with which the clinic's own system signs what it tells; none = it tells nothing
}

// variable is one setting of the environment. Each may also stand in a file that NAME_FILE names.
type variable struct {
	name, about, fallback string
}

// Variables lists the settings of the environment for manuals: name, meaning, default.
func Variables() [][3]string {
	var list [][3]string
	for _, v := range []variable{
		databaseVar, listenVar, publicVar, framedVar, proxyVar, secretVar,
		telegramTokenVar, telegramModeVar, telegramSecretVar, telegramAPIVar, telegramLimitsVar,
		vkTokenVar, vkGroupVar, vkModeVar, vkSecretVar, vkConfirmationVar, vkAPIVar, vkLimitsVar,
		whatsappVar, whatsappPhoneVar, whatsappLimitsVar, misVar,
	} {
		list = append(list, [3]string{v.name, v.about, v.fallback})
	}
	return list
}

// SettingsFrom reads the environment and tells everything that is wrong at once. A relative SQLite path
// is under dir.
func SettingsFrom(getenv func(string) string, dir string) (Settings, error) {
	r := reader{getenv: getenv}
	s := Settings{
		Database:    r.database(dir),
		Listen:      r.listen(),
		Public:      r.public(),
		FramedBy:    r.sites(),
		ProxyHeader: r.read(proxyVar),
	}
	s.Secret = r.secret(s.Database)
	s.Telegram = r.telegram(s.Public)
	s.VK = r.vk(s.Public)
	s.WhatsApp = r.whatsapp()
	s.MIS = r.mis()
	return s, errors.Join(r.wrong...)
}

type reader struct {
	getenv func(string) string
	wrong  []error
}

func (r *reader) bad(v variable, format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf("%s: %s; expected: %s", v.name, fmt.Sprintf(format, args...), v.about))
}

func (r *reader) read(v variable) string {
	direct, file := r.getenv(v.name), r.getenv(v.name+"_FILE")
	switch {
	case direct != "" && file != "":
		r.bad(v, "set twice, also by %s_FILE", v.name)
	case file != "":
		content, err := os.ReadFile(file)
		if err != nil {
			r.bad(v, "cannot read the file that %s_FILE names: %v", v.name, errors.Unwrap(err))
			return ""
		}
		return strings.TrimSpace(string(content))
	case direct == "":
		return v.fallback
	}
	return direct
}
