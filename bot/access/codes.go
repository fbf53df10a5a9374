package access

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"careline/store"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"rsc.io/qr"
)

const (
	codePeriod    = 30 // seconds
	codeSkew      = 1  // periods that the telephone's clock may be off
	recoveryCodes = 10
)

// Enrolment is a secret that the visitor's telephone is to have. It counts only when Enrol has seen a code of it.
type Enrolment struct {
	Secret string // as it is typed by hand
	URL    string // otpauth://…, as the QR code holds it
	Sealed string // to be handed to Enrol
}

// Offer makes a new secret for the visitor; issuer is the clinic's name as the telephone shows it.
func (a *Access) Offer(ctx context.Context, issuer string) (Enrolment, error) {
	who, in := From(ctx)
	if !in {
		return Enrolment{}, ErrStage
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "careline", AccountName: who.Login})
	if err != nil {
		return Enrolment{}, fmt.Errorf("making a secret for codes: %w", err)
	}
	sealed, err := a.sealer.Seal([]byte(who.ID + " " + key.Secret()))
	if err != nil {
		return Enrolment{}, fmt.Errorf("sealing a secret for codes: %w", err)
	}
	return a.Resume(ctx, issuer, base64.RawURLEncoding.EncodeToString(sealed))
}

// Resume is the Enrolment with that Sealed, to be shown again; ErrStage when it is not the visitor's.
func (a *Access) Resume(ctx context.Context, issuer, sealed string) (Enrolment, error) {
	who, in := From(ctx)
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || !in {
		return Enrolment{}, ErrStage
	}
	plain, err := a.sealer.Open(b)
	if err != nil {
		return Enrolment{}, ErrStage
	}
	secret, own := strings.CutPrefix(string(plain), who.ID+" ")
	if !own {
		return Enrolment{}, ErrStage
	}
	issuer = strings.ReplaceAll(issuer, ":", " ")
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + who.Login,
		RawQuery: "secret=" + secret + "&issuer=" + url.PathEscape(issuer)}
	return Enrolment{Secret: secret, URL: address.String(), Sealed: sealed}, nil
}

// Enrol asks the visitor for codes from now on, if the code is one of the enrolment's secret. It returns the recovery
// codes, which are told only here; ErrWrong when the code is another.
func (a *Access) Enrol(ctx context.Context, e Enrolment, code string) ([]string, error) {
	who, in := From(ctx)
	if !in {
		return nil, ErrStage
	}
	step, right := stepOf(e.Secret, code, 0, a.now())
	if !right {
		return nil, ErrWrong
	}
	sealed, err := a.sealer.Seal([]byte(e.Secret))
	if err != nil {
		return nil, fmt.Errorf("sealing a secret for codes: %w", err)
	}
	codes, hashes := make([]string, recoveryCodes), make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = secret()
		hashes[i] = hashed(codes[i])
	}
	return codes, a.change(ctx, who.ID, CodesOn, func(tx store.Tx, s *store.Account) error {
		s.TOTP, s.TOTPStep, s.Recovery = sealed, step, hashes
		return nil
	})
}

// useCode tells whether the code is right, and sees to it that it never is again.
func (a *Access) useCode(ctx context.Context, tx store.Tx, account *store.Account, code string) (bool, error) {
	code = strings.ToLower(strings.Join(strings.Fields(code), ""))
	if hash := hashed(code); slices.Contains(account.Recovery, hash) {
		account.Recovery = slices.DeleteFunc(slices.Clone(account.Recovery), func(h string) bool { return h == hash })
		return true, tx.SaveAccount(ctx, *account)
	}
	if len(code) != 6 || len(account.TOTP) == 0 {
		return false, nil
	}
	secret, err := a.sealer.Open(bytes.Clone(account.TOTP))
	if err != nil {
		return false, fmt.Errorf("reading a secret for codes: %w", err)
	}
	step, right := stepOf(string(secret), code, account.TOTPStep, a.now())
	if !right {
		return false, nil
	}
	account.TOTPStep = step
	return true, tx.SaveAccount(ctx, *account)
}

// stepOf is the period that the code belongs to, one after the last that was used.
func stepOf(secret, code string, last int64, now time.Time) (step int64, right bool) {
	code = strings.Join(strings.Fields(code), "")
	current := now.Unix() / codePeriod
	for s := max(current-codeSkew, last+1); s <= current+codeSkew; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, right = s, true
		}
	}
	return step, right
}

// Picture is the QR code of the secret, as SVG. It is drawn black on white whatever the page looks like: telephones read
// it so.
func (e Enrolment) Picture() (string, error) {
	code, err := qr.Encode(e.URL, qr.M)
	if err != nil {
		return "", fmt.Errorf("drawing a QR code: %w", err)
	}
	const quiet = 4
	side := code.Size + 2*quiet
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="240" height="240" shape-rendering="crispEdges" aria-hidden="true">`, side, side)
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}
