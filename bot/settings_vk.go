package bot

import (
	"regexp"
	"strconv"
	"strings"

	"careline/channels"
	"careline/channels/vk"
)

// VKSettings connect the clinic's community.
type VKSettings struct {
	Token        string // empty = VK is not connected
	Group        int64  // number of the community
	Mode         vk.Mode
	Secret       string // that VK repeats with every event it brings
	Confirmation string // that VK wants to hear once
	API          string // address of the API, without a slash at the end
	Rates        channels.Rates
}

var (
	vkTokenVar        = variable{"CARELINE_VK_TOKEN", "the community's access key with the rights manage, messages, photos, docs; without it VK is off", ""}
	vkGroupVar        = variable{"CARELINE_VK_GROUP_ID", "the community's number: the digits of vk.com/club123456", ""}
	vkModeVar         = variable{"CARELINE_VK_MODE", "poll (we ask VK) or callback (VK calls us)", "poll"}
	vkSecretVar       = variable{"CARELINE_VK_SECRET", "16 to 50 letters and digits, the secret key of the Callback API; only for callback", ""}
	vkConfirmationVar = variable{"CARELINE_VK_CONFIRMATION", "the string that the server must return, as the Callback API's page shows it; only for callback", ""}
	vkAPIVar          = variable{"CARELINE_VK_API_URL", "address of VK's API; another one for a relay of your own", vk.API}
	vkLimitsVar       = variable{"CARELINE_VK_LIMITS", "calls a second; 0 is no limit", "20"}
)

var (
	vkToken        = regexp.MustCompile(`^[A-Za-z0-9._-]{40,400}$`)
	vkSecret       = regexp.MustCompile(`^[A-Za-z0-9]{16,50}$`)
	vkConfirmation = regexp.MustCompile(`^[A-Za-z0-9]{4,50}$`)
)

// vk reads everything about VK. No mistake repeats the key, the secret or the confirmation.
func (r *reader) vk(public string) VKSettings {
	v := VKSettings{
		Token: r.read(vkTokenVar), Group: r.vkGroup(), Mode: vk.Mode(r.read(vkModeVar)), Secret: r.read(vkSecretVar),
		Confirmation: r.read(vkConfirmationVar), API: r.api(vkAPIVar), Rates: channels.Rates{PerSecond: r.numbers(vkLimitsVar, 1)[0]},
	}
	if v.Token != "" && !vkToken.MatchString(v.Token) {
		r.bad(vkTokenVar, "not the shape of an access key")
	}
	if v.Secret != "" && !vkSecret.MatchString(v.Secret) {
		r.bad(vkSecretVar, "too short, too long, or of other characters")
	}
	if v.Confirmation != "" && !vkConfirmation.MatchString(v.Confirmation) {
		r.bad(vkConfirmationVar, "not the shape of such a string")
	}
	if v.Mode != vk.Poll && v.Mode != vk.Callback {
		r.bad(vkModeVar, "%q is neither", v.Mode)
	}
	if v.Token != "" {
		r.vkNeeds(v, public)
	}
	return v
}

// vkNeeds holds what a connected community cannot do without.
func (r *reader) vkNeeds(v VKSettings, public string) {
	if r.read(vkGroupVar) == "" {
		r.bad(vkGroupVar, "not set, and VK does not tell whose key it is")
	}
	if v.Mode != vk.Callback {
		return
	}
	if v.Secret == "" {
		r.bad(vkSecretVar, "not set, and %s is callback", vkModeVar.name)
	}
	if v.Confirmation == "" {
		r.bad(vkConfirmationVar, "not set, and %s is callback", vkModeVar.name)
	}
	switch {
	case public == "":
		r.bad(publicVar, "not set, and VK would not know where to call")
	case v.API == vk.API && !strings.HasPrefix(public, "https://"):
		r.bad(publicVar, "not https, and events would pass through the internet in the clear")
	}
}

func (r *reader) vkGroup() int64 {
	value := r.read(vkGroupVar)
	if value == "" {
		return 0
	}
	n, err := strconv.ParseInt(value, 10, 32)
	if err != nil || n <= 0 {
		r.bad(vkGroupVar, "%q is not such a number", value)
		return 0
	}
	return n
}
