package bot

import (
	"regexp"
	"strings"

	"careline/channels"
	"careline/channels/telegram"
)

// TelegramSettings connect the clinic's bot.
type TelegramSettings struct {
	Token  string // empty = Telegram is not connected
	Mode   telegram.Mode
	Secret string // that Telegram repeats with every call of the webhook
	API    string // address of the Bot API, without a slash at the end
	Rates  channels.Rates
}

var (
	telegramTokenVar  = variable{"CARELINE_TELEGRAM_TOKEN", "the bot's token, as @BotFather gave it: digits, a colon, 35 letters; without it Telegram is off", ""}
	telegramModeVar   = variable{"CARELINE_TELEGRAM_MODE", "poll (we ask Telegram) or webhook (Telegram calls us)", "poll"}
	telegramSecretVar = variable{"CARELINE_TELEGRAM_WEBHOOK_SECRET", "16 to 256 characters of A-Z a-z 0-9 _ -, with which Telegram proves itself; only for webhook", ""}
	telegramAPIVar    = variable{"CARELINE_TELEGRAM_API_URL", "address of the Bot API; another one for your own Bot API server", telegram.API}
	telegramLimitsVar = variable{"CARELINE_TELEGRAM_LIMITS", "messages a second in all, a second to one chat, a minute to one group; 0 is no limit", "30,1,20"}
)

var (
	telegramToken  = regexp.MustCompile(`^[0-9]{5,20}:[A-Za-z0-9_-]{35}$`)
	telegramSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`)
)

// telegram reads everything about Telegram. No mistake repeats the token or the secret.
func (r *reader) telegram(public string) TelegramSettings {
	t := TelegramSettings{
		Token: r.read(telegramTokenVar), Mode: telegram.Mode(r.read(telegramModeVar)), Secret: r.read(telegramSecretVar),
		API: r.api(telegramAPIVar), Rates: r.telegramLimits(),
	}
	if t.Token != "" && !telegramToken.MatchString(t.Token) {
		r.bad(telegramTokenVar, "not the shape of a token")
	}
	if t.Secret != "" && !telegramSecret.MatchString(t.Secret) {
		r.bad(telegramSecretVar, "too short, too long, or of other characters")
	}
	if t.Mode != telegram.Poll && t.Mode != telegram.Webhook {
		r.bad(telegramModeVar, "%q is neither", t.Mode)
	}
	if t.Mode == telegram.Webhook && t.Token != "" {
		r.telegramWebhook(t, public)
	}
	return t
}

// telegramWebhook holds what Telegram needs to call us. Its own servers call https only; a Bot API server of
// one's own may call inside of one's network.
func (r *reader) telegramWebhook(t TelegramSettings, public string) {
	if t.Secret == "" {
		r.bad(telegramSecretVar, "not set, and %s is webhook", telegramModeVar.name)
	}
	switch {
	case public == "":
		r.bad(publicVar, "not set, and Telegram would not know where to call")
	case t.API == telegram.API && !strings.HasPrefix(public, "https://"):
		r.bad(publicVar, "not https, and Telegram calls nothing else")
	}
}

func (r *reader) telegramLimits() channels.Rates {
	n := r.numbers(telegramLimitsVar, 3)
	return channels.Rates{PerSecond: n[0], PerChat: between(n[1]), PerGroupMin: int(n[2])}
}
