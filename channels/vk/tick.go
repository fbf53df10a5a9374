package vk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2"
	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/events"
	"github.com/SevereCloud/vksdk/v2/object"
)

// asked are the kinds of events that are asked for.
var asked = []string{
	events.EventMessageNew, events.EventMessageEvent, events.EventMessageReply, events.EventMessageEdit, events.EventMessageAllow, events.EventMessageDeny,
}

const (
	fewTries  = 5           // patients wait behind them
	tickAgain = time.Minute // while somebody has to change the settings
)

// tick switches on in the community's settings what the long poll needs, or tells somebody to.
func (v *VK) tick(ctx context.Context) {
	var now api.GroupsGetLongPollSettingsResponse
	group := api.Params{"group_id": v.options.GroupID}
	err := v.insist(ctx, fewTries, func() (err error) {
		now, err = v.client.GroupsGetLongPollSettings(group.WithContext(ctx))
		return failure(err)
	})
	if err != nil {
		v.untold(ctx, err)
		return
	}
	unticked := missing(now.Events)
	if bool(now.IsEnabled) && len(unticked) == 0 {
		v.health.wants("")
		return
	}
	want := api.Params{"group_id": v.options.GroupID, "enabled": true, "api_version": vksdk.API}
	for _, kind := range asked {
		want[kind] = true
	}
	err = v.insist(ctx, fewTries, func() error {
		_, err := v.client.GroupsSetLongPollSettings(want.WithContext(ctx))
		return failure(err)
	})
	if err == nil {
		v.health.wants("")
		v.options.Log.InfoContext(ctx, "vk long poll is switched on", "events", strings.Join(unticked, ", "))
		return
	}
	advice := "VK does not tell of all that people do; in Управление → Работа с API → Long Poll API → Типы событий tick " + strings.Join(unticked, ", ")
	if !now.IsEnabled {
		advice = "the community's Long Poll API is switched off; switch it on in Управление → Работа с API → Long Poll API, and tick there " + strings.Join(asked, ", ")
	}
	if v.health.wants(advice) {
		v.options.Log.WarnContext(ctx, advice, "error", err)
	}
}

// untold is that a token may not read the settings: whoever made them may have made them right.
func (v *VK) untold(ctx context.Context, err error) {
	if ctx.Err() == nil && channels.KindOf(err) != channels.Misconfigured { // that, the poll tells
		v.options.Log.WarnContext(ctx, "vk does not tell how events are set up: see that these are ticked", "events", strings.Join(asked, ", "), "error", err)
	}
}

// missing are the kinds of events that are not ticked.
func missing(on object.GroupsLongPollEvents) []string {
	var ticked map[string]any
	raw, _ := json.Marshal(on)
	_ = json.Unmarshal(raw, &ticked)
	return slices.DeleteFunc(slices.Clone(asked), func(kind string) bool {
		value := fmt.Sprint(ticked[kind])
		return value == "true" || value == "1"
	})
}
