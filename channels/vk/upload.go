package vk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"

	"careline/channels"
	"careline/channels/wire"
)

// bring posts a file to one of VK's upload servers, which are not counted with the calls. The library's way cannot be
// ended, and forgets the file's name.
func (c *client) bring(ctx context.Context, address, field string, f file, into any) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, f.Name)
	if err == nil {
		_, err = part.Write(f.data)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return fmt.Errorf("writing a file: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, &body)
	if err != nil {
		return wire.Broken("answer", "VK names no address to bring a file to")
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := c.read(request)
	if err != nil {
		return err
	}
	if err := unbrought(answer); err != nil {
		return err
	}
	if !unmarshal(answer, into) {
		return wire.Broken("answer", "not an answer of an upload server")
	}
	return nil
}

// lasting are the upload servers' errors that the same file would meet again.
var lasting = []string{"no_file", "wrong_size", "unsupported_extension"}

// unbrought is the error that an upload server's answer tells of; what is not about the file is trouble of VK's own,
// and passes.
func unbrought(answer []byte) error {
	var told struct {
		Error any `json:"error"`
	}
	if !unmarshal(answer, &told) || told.Error == nil {
		return nil
	}
	if reason, ok := told.Error.(string); ok && slices.Contains(lasting, reason) {
		return &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "VK does not take this file: " + reason}
	}
	return wire.Broken("upload", "an upload server has trouble of its own")
}

// read is the body of an answer. Its error holds no part of the address, which may have a key in it.
func (c *client) read(request *http.Request) ([]byte, error) {
	response, err := c.Client.Do(request)
	if err != nil {
		return nil, failure(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return nil, wire.Unreached(err)
	case response.StatusCode != http.StatusOK:
		return nil, wire.Broken(strconv.Itoa(response.StatusCode), "not the answer that was asked for")
	}
	return body, nil
}

// number writes a JSON number as it was.
func number(v any) string {
	text, _ := json.Marshal(v)
	return string(bytes.Trim(text, `"`))
}
