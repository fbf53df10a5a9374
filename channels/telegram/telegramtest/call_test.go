package telegramtest_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// answered is what the Bot API said.
type answered struct {
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		Migrate    int64 `json:"migrate_to_chat_id"`
	}
}

// call makes a plain JSON call, as the lean sender does.
func call(t *testing.T, s *telegramtest.Server, method string, params any) (a answered) {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(s.URL()+"/bot"+s.Token()+"/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	if a.OK != (response.StatusCode == http.StatusOK) || a.Code != 0 && a.Code != response.StatusCode {
		t.Errorf("status %d says %+v", response.StatusCode, a)
	}
	return a
}

type object = map[string]any

func inline(buttons ...object) object { return object{"inline_keyboard": [][]object{buttons}} }

// ids of the updates that an answer of getUpdates holds.
func (a answered) ids(t *testing.T) (ids []int64) {
	t.Helper()
	var list []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(a.Result, &list); err != nil {
		t.Fatalf("%v: %s", err, a.Result)
	}
	for _, u := range list {
		ids = append(ids, u.ID)
	}
	return ids
}
