package booking

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"careline/store"
)

// invited begins the source of a chat whose person came by an invitation; the code follows.
const invited = "ref_"

const (
	// codeLetters leaves out what is read as something else: 0 o, 1 i l.
	codeLetters = "23456789abcdefghjkmnpqrstuvwxyz"
	codeLength  = 7
	codeTries   = 5
)

// Invitation is the source by which those come whom the patient invites. It is made at the first call and stays.
func (r *Reception) Invitation(ctx context.Context, tx store.Tx, patient string, now time.Time) (source string, err error) {
	for range codeTries {
		code, err := tx.Invite(ctx, store.Invitation{Code: r.code(), PatientID: patient, CreatedAt: now})
		if err == nil {
			return invited + code, nil
		} else if !errors.Is(err, store.ErrDuplicate) {
			return "", err
		}
	}
	return "", fmt.Errorf("every code that was tried is somebody's")
}

func (r *Reception) code() string {
	sum := sha256.Sum256([]byte(r.IDs()))
	letters := make([]byte, codeLength)
	for i := range letters {
		letters[i] = codeLetters[int(sum[i])%len(codeLetters)]
	}
	return string(letters)
}

// recommended gives points to whoever came by an invitation and has had a first visit, or sees to it for somebody they
// speak for, and to whoever invited them; and takes them back when that visit did not take place after all.
func (r *Reception) recommended(ctx context.Context, tx store.Tx, m Matter, a store.Appointment, now time.Time) error {
	points := r.Clinic.Loyalty.Invite
	newcomer, source, err := r.newcomer(ctx, tx, a)
	if err != nil || newcomer == "" || points == 0 {
		return err
	}
	inviter, err := tx.Inviter(ctx, strings.TrimPrefix(source, invited))
	if errors.Is(err, store.ErrNotFound) { // erased, or never anybody's
		return nil
	} else if err != nil {
		return err
	}
	if same, err := r.samePerson(ctx, tx, inviter, newcomer); err != nil || same {
		return err
	}
	came, err := r.came(ctx, tx, a, newcomer)
	if err != nil {
		return err
	}
	welcome := store.Point{PatientID: newcomer, Amount: points, Reason: store.ForComing, Ref: source, At: now}
	if _, err := settle(ctx, tx, welcome, came); err != nil {
		return err
	}
	thanks := store.Point{PatientID: inviter, Amount: points, Reason: store.ForInvitation, Ref: newcomer, At: now}
	changed, err := settle(ctx, tx, thanks, came)
	if err != nil || !changed {
		return err
	}
	return r.log(ctx, tx, m, now, "referral."+outcome(came), store.Appointment{ID: a.ID, PatientID: inviter}, strconv.Itoa(points))
}

// newcomer is who came by an invitation: the patient of the visit, or whoever booked it for them. Nobody is one who had
// a visit before their chat began.
func (r *Reception) newcomer(ctx context.Context, tx store.Tx, a store.Appointment) (patient, source string, err error) {
	chats, err := tx.ContactsOf(ctx, a.PatientID)
	if err != nil {
		return "", "", err
	}
	if len(chats) == 0 && a.ContactID != "" {
		if chats, err = tx.Contacts(ctx, []string{a.ContactID}); err != nil {
			return "", "", err
		}
	}
	if len(chats) == 0 {
		return "", "", nil
	}
	first := slices.MinFunc(chats, func(x, y store.Contact) int { return x.CreatedAt.Compare(y.CreatedAt) })
	if !strings.HasPrefix(first.Source, invited) {
		return "", "", nil
	}
	past, err := tx.AppointmentsOf(ctx, []string{first.PatientID}, time.UnixMicro(0), first.CreatedAt)
	if err != nil {
		return "", "", fmt.Errorf("reading past visits: %w", err)
	}
	if slices.ContainsFunc(past, func(a store.Appointment) bool { return a.Status == store.StatusFulfilled }) {
		return "", "", nil
	}
	return first.PatientID, first.Source, nil
}

// samePerson tells whether somebody has invited themselves, under another name of the store.
func (r *Reception) samePerson(ctx context.Context, tx store.Tx, one, other string) (bool, error) {
	if one == other {
		return true, nil
	}
	people, err := tx.Patients(ctx, []string{one, other})
	if err != nil {
		return false, fmt.Errorf("reading patients: %w", err)
	}
	return len(people) == 2 && people[0].Phone != "" && people[0].Phone == people[1].Phone, nil
}

// came reports whether a visit of the newcomer, or this one of somebody they speak for, has taken place.
func (r *Reception) came(ctx context.Context, tx store.Tx, a store.Appointment, newcomer string) (bool, error) {
	visits, err := tx.AppointmentsOf(ctx, []string{newcomer, a.PatientID}, time.UnixMicro(0), a.End.AddDate(2, 0, 0))
	if err != nil {
		return false, fmt.Errorf("reading visits: %w", err)
	}
	return slices.ContainsFunc(visits, func(v store.Appointment) bool {
		return v.Status == store.StatusFulfilled && (v.PatientID == newcomer || v.ContactID == a.ContactID)
	}), nil
}
