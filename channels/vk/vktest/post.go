package vktest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Answered is what the bot's address said to one post.
type Answered struct {
	Code  int
	Body  string
	retry time.Time // Retry-After, if it came with a status that means it
}

var mayWait = []int{http.StatusGone, http.StatusTooManyRequests, http.StatusServiceUnavailable}

func post(ctx context.Context, client *http.Client, url string, body []byte, tries int) (a Answered, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	request.Header.Set("Content-Type", "application/json")
	if tries > 0 {
		request.Header.Set("X-Retry-Counter", strconv.Itoa(tries))
	}
	response, err := client.Do(request)
	if err != nil {
		return a, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	a.Code, a.Body = response.StatusCode, string(text)
	if slices.Contains(mayWait, a.Code) {
		a.retry, _ = http.ParseTime(response.Header.Get("Retry-After"))
	}
	return a, err
}

// Confirm asks the Callback API's address again who is there, as VK does from time to time.
func (s *Server) Confirm() (Answered, error) {
	s.mu.Lock()
	url, secret := s.hook.url, s.hook.secret
	s.mu.Unlock()
	return s.confirm(url, secret)
}

func (s *Server) confirm(url, secret string) (Answered, error) {
	ask := map[string]any{"type": "confirmation", "group_id": s.o.GroupID}
	if secret != "" {
		ask["secret"] = secret
	}
	return s.Post(url, string(encode(ask)))
}

// Post brings any body to any address once, as whoever it is.
func (s *Server) Post(url, body string) (Answered, error) {
	client := &http.Client{Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	return post(context.Background(), client, url, []byte(body), 0)
}
