package whatsapp

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// session is where the device's keys are.
type session struct {
	db      *sql.DB
	dialect string
	log     waLog.Logger
	mu      sync.Mutex
	made    bool // the library's tables
}

// open reads it afresh: the library remembers much of what it has read, and another process may have used the session
// since.
func (s *session) open(ctx context.Context) (*sqlstore.Container, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := sqlstore.NewWithDB(s.db, s.dialect, s.log)
	if !s.made {
		if err := c.Upgrade(ctx); err != nil {
			return nil, fmt.Errorf("making the session's tables: %w", err)
		}
		s.made = true
	}
	return c, nil
}

// device is the linked one; nil = none.
func (s *session) device(ctx context.Context) (*store.Device, error) {
	c, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.GetAllDevices(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the session: %w", err)
	}
	if len(all) == 0 {
		return nil, nil
	}
	device := all[len(all)-1]
	rememberIdentities(device)
	return device, nil
}

// forget deletes a device that is no longer linked.
func (s *session) forget(ctx context.Context, device types.JID) error {
	c, err := s.open(ctx)
	if err != nil {
		return err
	}
	if err := c.DeleteDevice(ctx, &store.Device{ID: &device}); err != nil {
		return fmt.Errorf("deleting the session: %w", err)
	}
	return nil
}
