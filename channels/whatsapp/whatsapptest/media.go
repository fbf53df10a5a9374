package whatsapptest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/util/cbcutil"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"google.golang.org/protobuf/proto"
)

const (
	mediaHost = "mmg.whatsapp.net"
	mediaPath = "/v/t62/"
	macSize   = 10 // bytes of authentication after the ciphertext
)

// mediaConn tells the client where to bring media.
func mediaConn() waBinary.Node {
	return waBinary.Node{
		Tag:     "media_conn",
		Attrs:   waBinary.Attrs{"auth": "loopback", "ttl": 3600, "auth_ttl": 3600, "max_buckets": 12},
		Content: []waBinary.Node{{Tag: "host", Attrs: waBinary.Attrs{"hostname": mediaHost}}},
	}
}

// upload keeps what the client has encrypted.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	if f, _ := s.fault("upload", ""); f.kind != none {
		s.fails(w, f)
		return
	}
	sealed, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	path := mediaPath + r.PathValue("token") + "?ccb=1"
	s.mu.Lock()
	s.media[path] = sealed
	s.mu.Unlock()
	_ = json.NewEncoder(w).Encode(map[string]string{"url": "https://" + mediaHost + path, "direct_path": path})
}

func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	if f, _ := s.fault("download", ""); f.kind != none {
		s.fails(w, f)
		return
	}
	s.mu.Lock()
	sealed, known := s.media[r.URL.Path+"?ccb=1"]
	s.mu.Unlock()
	if !known {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(sealed)
}

// fails answers a request for media with the fault.
func (s *Server) fails(w http.ResponseWriter, f Fault) {
	if f.kind == refused {
		http.Error(w, http.StatusText(f.code), f.code)
		return
	}
	panic(http.ErrAbortHandler) // net/http's way to cut an answer off
}

// Expire forgets all media, as the network does after some weeks.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.media)
}

// sealed is an encrypted file on the media host.
type sealed struct {
	url, path          string
	key, plain, sealed []byte
	size               uint64
}

// keep encrypts a file of a person and puts it on the media host.
func (s *Server) keep(data []byte, kind whatsmeow.MediaType) sealed {
	key := random(32)
	iv, cipher, mac := mediaKeys(key, kind)
	body, err := cbcutil.Encrypt(cipher, iv, data)
	if err != nil {
		panic(err) // the length of the key is ours
	}
	body = append(body, authenticate(mac, iv, body)...)
	plain, hash := sha256.Sum256(data), sha256.Sum256(body)
	path := mediaPath + base64.URLEncoding.EncodeToString(hash[:]) + "?ccb=1"
	s.mu.Lock()
	s.media[path] = body
	s.mu.Unlock()
	return sealed{"https://" + mediaHost + path, path, key, plain[:], hash[:], uint64(len(data))}
}

func (f sealed) image(caption string) *waE2E.ImageMessage {
	return &waE2E.ImageMessage{
		URL: &f.url, DirectPath: &f.path, MediaKey: f.key, FileSHA256: f.plain, FileEncSHA256: f.sealed, FileLength: &f.size,
		Mimetype: proto.String("image/jpeg"), Caption: &caption,
	}
}

// readFile fills the message with the file that a body names; the server's lock must be held.
func (s *Server) readFile(m *Message, body *waE2E.Message) {
	if once := body.GetViewOnceMessageV2().GetMessage(); once != nil {
		body = once
	}
	var from whatsmeow.DownloadableMessage
	var kind whatsmeow.MediaType
	f := &File{}
	if i := body.GetImageMessage(); i != nil {
		from, kind, f.Kind, f.MIME, m.Caption = i, whatsmeow.MediaImage, "image", i.GetMimetype(), i.GetCaption()
	} else if d := body.GetDocumentMessage(); d != nil {
		from, kind, f.Kind, f.MIME, m.Caption = d, whatsmeow.MediaDocument, "document", d.GetMimetype(), d.GetCaption()
		f.Name = d.GetFileName()
	} else if v := body.GetVideoMessage(); v != nil {
		from, kind, f.Kind, f.MIME, m.Caption = v, whatsmeow.MediaVideo, "video", v.GetMimetype(), v.GetCaption()
	} else if a := body.GetAudioMessage(); a != nil {
		from, kind, f.Kind, f.MIME = a, whatsmeow.MediaAudio, "audio", a.GetMimetype()
		if a.GetPTT() {
			f.Kind = "voice"
		}
	} else {
		return
	}
	data, err := s.open(from, kind)
	if err != nil {
		s.oddities = append(s.oddities, f.Kind+": "+err.Error())
	}
	f.Data = data
	m.File = f
}

// open decrypts a file as a phone does that got the message.
func (s *Server) open(from whatsmeow.DownloadableMessage, kind whatsmeow.MediaType) ([]byte, error) {
	body, known := s.media[from.GetDirectPath()]
	hash := sha256.Sum256(body)
	if !known || len(body) < macSize || !strings.HasPrefix(from.GetDirectPath(), mediaPath) {
		return nil, errors.New("not on the media host")
	}
	iv, cipher, mac := mediaKeys(from.GetMediaKey(), kind)
	body, tail := body[:len(body)-macSize], body[len(body)-macSize:]
	if !hmac.Equal(hash[:], from.GetFileEncSHA256()) || !hmac.Equal(authenticate(mac, iv, body), tail) {
		return nil, errors.New("not what the message names")
	}
	data, err := cbcutil.Decrypt(cipher, iv, append([]byte(nil), body...))
	if err != nil {
		return nil, err
	}
	if plain := sha256.Sum256(data); !hmac.Equal(plain[:], from.GetFileSHA256()) {
		return nil, errors.New("not what was encrypted")
	}
	return data, nil
}

func mediaKeys(key []byte, kind whatsmeow.MediaType) (iv, cipher, mac []byte) {
	all := hkdfutil.SHA256(key, nil, []byte(kind), 112)
	return all[:16], all[16:48], all[48:80]
}

func authenticate(key, iv, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(iv)
	h.Write(body)
	return h.Sum(nil)[:macSize]
}
