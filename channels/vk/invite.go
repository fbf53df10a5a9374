package vk

import (
	"context"
	"strconv"

	"github.com/SevereCloud/vksdk/v2/api"
)

// Introduce learns by which name people find the community, and says so once, so that another community's token is
// noticed.
func (v *VK) Introduce(ctx context.Context) {
	if v.name.Load() != nil {
		return
	}
	var groups api.GroupsGetByIDResponse
	err := v.insist(ctx, always, func() (err error) {
		groups, err = v.client.GroupsGetByID(api.Params{}.WithContext(ctx)) // the token's own
		return failure(err)
	})
	if err != nil || len(groups) == 0 {
		return
	}
	if own := int64(groups[0].ID); own != v.options.GroupID {
		v.health.foreign(own)
		v.options.Log.WarnContext(ctx, "vk token is another community's: write its number in the settings, or take the key of yours", "token", own, "settings", v.options.GroupID)
		return
	}
	name := groups[0].ScreenName
	if name == "" {
		name = v.club()
	}
	if v.name.Swap(&name) == nil {
		v.options.Log.InfoContext(ctx, "vk community", "link", "https://vk.me/"+name)
	}
}

// Invite is a link that opens the chat with the community; the first message there brings the source.
func (v *VK) Invite(source string) string {
	name := v.club()
	if known := v.name.Load(); known != nil {
		name = *known
	}
	return "https://vk.me/" + name + "?ref=" + source
}

// club is a name that every community has.
func (v *VK) club() string { return "club" + strconv.FormatInt(v.options.GroupID, 10) }
