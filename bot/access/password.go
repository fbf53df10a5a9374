package access

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"careline/store"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"
)

// cost of a password's hash, one of those that OWASP recommends: 46 MiB, and some 50 ms of one core.
var cost = argon2id.Params{Memory: 46 * 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobodys is the hash that a password is compared with when nobody has the login: it takes as long, and is never right.
const nobodys = "$argon2id$v=19$m=47104,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// How long a password is: characters at least, bytes at most.
const (
	ShortestPassword = 10
	longestPassword  = 512
)

// commonest are passwords that guessers try first, one a line.
//
//go:embed commonest.txt
var commonest string

// WeakError tells why a password is not taken.
type WeakError struct{ Why Weakness }

// Weakness of a password. The desk tells it by the text desk.password.WEAKNESS.
type Weakness string

// The weaknesses.
const (
	TooShort Weakness = "short"
	TooLong  Weakness = "long"
	IsLogin  Weakness = "login"
	IsCommon Weakness = "common"
	IsSame   Weakness = "same" // as the one that has to be changed
)

func (e *WeakError) Error() string { return "the password is not taken: " + string(e.Why) }

// Login is how a login is kept and compared: without the spaces around it, in lower case.
func Login(text string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(text)))
}

// judge tells whether a password is good enough for the login.
func judge(login, password string) error {
	password = norm.NFKC.String(password)
	plain := strings.ToLower(strings.TrimSpace(password))
	switch {
	case len(password) > longestPassword:
		return &WeakError{TooLong}
	case utf8.RuneCountInString(password) < ShortestPassword:
		return &WeakError{TooShort}
	case slices.Contains(strings.Fields(commonest), plain), len(slices.Compact([]rune(plain))) < 2:
		return &WeakError{IsCommon}
	case strings.Contains(plain, login) && utf8.RuneCountInString(plain)-utf8.RuneCountInString(login) < 4, strings.Contains(login, plain):
		return &WeakError{IsLogin}
	}
	return nil
}

// matches compares a password with a hash; an empty one is nobody's and takes as long. Few are compared at once: each
// takes much memory.
func (a *Access) matches(ctx context.Context, password, hash string) (bool, error) {
	if hash == "" {
		hash = nobodys
	}
	if len(password) > longestPassword {
		password = "" // nobody has an empty one
	}
	if err := a.hashing.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer a.hashing.Release(1)
	right, err := argon2id.ComparePasswordAndHash(norm.NFKC.String(password), hash)
	if err != nil {
		return false, fmt.Errorf("comparing a password: %w", err)
	}
	return right, nil
}

func (a *Access) hash(ctx context.Context, password string) (string, error) {
	if err := a.hashing.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer a.hashing.Release(1)
	hash, err := argon2id.CreateHash(norm.NFKC.String(password), &cost)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return hash, nil
}

// Repassword changes the visitor's own password. All their other sessions end.
func (a *Access) Repassword(ctx context.Context, old, password string) error {
	if err := a.Confirm(ctx, old); err != nil {
		return err
	}
	who, _ := From(ctx)
	if err := a.setPassword(ctx, who.ID, password); err != nil {
		return err
	}
	return a.let(ctx, who.ID, In)
}

// Confirm asks the visitor for their password once more, before something that a stolen session should not do.
func (a *Access) Confirm(ctx context.Context, password string) error {
	who, in := From(ctx)
	if !in {
		return ErrStage
	}
	tries := passwordTries(ctx, who.Login)
	if err := a.begin(ctx, tries); err != nil {
		return err
	}
	account, err := a.named(ctx, who.Login)
	if err != nil {
		return err
	}
	right, err := a.matches(ctx, password, account.Password)
	if err != nil {
		return err
	}
	if !right {
		return a.refuse(ctx, tries, who.ID)
	}
	return a.forgive(ctx, tries)
}

// setPassword gives the account the password that its owner chose, and ends all its sessions.
func (a *Access) setPassword(ctx context.Context, id, password string) error {
	account, err := a.enabled(ctx, id)
	if err != nil {
		return err
	}
	if err := judge(account.Login, password); err != nil {
		return err
	}
	if same, err := a.matches(ctx, password, account.Password); err != nil || same {
		if same {
			err = &WeakError{IsSame}
		}
		return err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.store.Tx(ctx, func(tx store.Tx) error {
		account, err := locked(ctx, tx, id)
		if err != nil {
			return err
		}
		account.Password, account.Temporary, account.ChangedAt = hash, false, a.now()
		if err := tx.SaveAccount(ctx, account); err != nil {
			return err
		}
		if err := tx.EndSignInsOf(ctx, id, ""); err != nil {
			return err
		}
		return tx.NoteDeeds(ctx, []store.Deed{{At: a.now(), AccountID: id, Action: string(PasswordTaken), Address: Address(ctx)}})
	})
}

// secret is one that nobody guesses and everybody can type: 80 bits in four groups.
func secret() string {
	s := strings.ToLower(rand.Text()[:16])
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}
