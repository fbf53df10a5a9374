package vktest

import (
	"fmt"
	"strconv"
	"strings"
)

// getUsers leaves out who is unknown, as VK does.
func (s *Server) getUsers(p *params) (any, *refusal) {
	ids, ok := p.list("user_ids")
	if !ok || len(ids) > 1000 {
		return nil, &refusal{113, "Invalid user id"}
	}
	found := []User{}
	for _, id := range ids {
		u, known := s.users[id]
		if !known {
			continue
		}
		switch asked := p.text("fields"); {
		case !strings.Contains(asked, "domain"):
			u.Domain = ""
		case u.Domain == "":
			u.Domain = "id" + strconv.FormatInt(u.ID, 10)
		}
		found = append(found, u)
	}
	return found, nil
}

func (s *Server) getGroups(p *params) (any, *refusal) {
	type group struct {
		ID     int64  `json:"id"`
		Name   string `json:"name"`
		Screen string `json:"screen_name"`
		Type   string `json:"type"`
		Closed int    `json:"is_closed"`
	}
	if id := p.text("group_id"); id != "" && id != strconv.FormatInt(s.o.GroupID, 10) {
		return nil, bad("group_id is invalid")
	}
	return []group{{ID: s.o.GroupID, Name: "Клиника", Screen: fmt.Sprintf("club%d", s.o.GroupID), Type: "group"}}, nil
}
