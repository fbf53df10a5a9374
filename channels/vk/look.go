package vk

import (
	"context"
	"slices"
	"strings"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/object"
)

const callbackPage = "Управление → Работа с API → Callback API"

// look asks what VK thinks of the callback, and has it bring all that we need. A token that may not ask is no trouble.
func (v *VK) look(ctx context.Context) error {
	servers, err := v.client.GroupsGetCallbackServers(api.Params{"group_id": v.options.GroupID}.WithContext(ctx))
	if err = failure(err); mayNot(err) {
		v.health.wants("")
		return nil
	}
	if err != nil {
		return err
	}
	advice := "VK does not know the callback " + v.address() + "; add it in " + callbackPage + " with the secret key, and tick there the events of messages"
	if i := slices.IndexFunc(servers.Items, func(s object.GroupsCallbackServer) bool { return s.URL == v.address() }); i >= 0 {
		if advice, err = v.inspect(ctx, servers.Items[i]); err != nil {
			return err
		}
	}
	if v.health.wants(advice) && advice != "" {
		v.options.Log.WarnContext(ctx, advice)
	}
	return nil
}

// mayNot tells that the token has no right to manage the community.
func mayNot(err error) bool {
	return refusedWith(err, api.ErrPermission, api.ErrAccess, api.ErrGroupAuth, api.ErrMethodPermission)
}

// inspect is what to do about our callback, or nothing.
func (v *VK) inspect(ctx context.Context, s object.GroupsCallbackServer) (advice string, err error) {
	if s.Status == "failed" || s.Status == "unconfigured" {
		return "VK cannot reach the callback " + v.address() + ", or it did not answer with the confirmation string; check the proxy and its certificate, and press «Подтвердить» in " + callbackPage, nil
	}
	now, err := v.client.GroupsGetCallbackSettings(api.Params{"group_id": v.options.GroupID, "server_id": s.ID}.WithContext(ctx))
	if err = failure(err); err != nil {
		if mayNot(err) {
			err = nil
		}
		return "", err
	}
	now.Events.MessageEdit = true // VK always says that it is off
	unticked := missing(now.Events)
	if len(unticked) == 0 {
		return "", nil
	}
	want := api.Params{"group_id": v.options.GroupID, "server_id": s.ID}
	for _, kind := range asked {
		want[kind] = true
	}
	if _, err = v.client.GroupsSetCallbackSettings(want.WithContext(ctx)); failure(err) == nil {
		v.options.Log.InfoContext(ctx, "vk callback is made complete", "events", strings.Join(unticked, ", "))
		return "", nil
	}
	if err = failure(err); mayNot(err) {
		return "VK does not tell of all that people do; in " + callbackPage + " → Типы событий tick " + strings.Join(unticked, ", "), nil
	}
	return "", err
}
