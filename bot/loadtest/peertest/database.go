package peertest

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const tables = `
CREATE TABLE IF NOT EXISTS holds (
  doctor int NOT NULL, slot int NOT NULL, chat_id bigint NOT NULL, until timestamptz NOT NULL,
  booked boolean NOT NULL DEFAULT false, PRIMARY KEY (doctor, slot));
CREATE TABLE IF NOT EXISTS bookings (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, chat_id bigint NOT NULL, doctor int NOT NULL, slot int NOT NULL,
  name text NOT NULL, phone text NOT NULL, complaint text NOT NULL, urgency text NOT NULL);
CREATE INDEX IF NOT EXISTS bookings_chat ON bookings (chat_id);
CREATE TABLE IF NOT EXISTS sessions (chat_id bigint PRIMARY KEY, state jsonb NOT NULL)`

// data is what is known about a chat; it is kept as JSON.
type data struct {
	State, Complaint, Urgency, Name, Phone string
	Duration, Pain, Doctor, Slot, ID       int
}

// session is a chat under work: its updates are taken one at a time.
type session struct {
	mu sync.Mutex
	data
}

type database struct {
	pool  *pgxpool.Pool
	locks sync.Map // int64 -> *session
}

func open(ctx context.Context, url string) (*database, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = 16
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	_, err = pool.Exec(ctx, tables)
	return &database{pool: pool}, err
}

// load locks the chat and reads its state.
func (d *database) load(ctx context.Context, chat int64) (*session, error) {
	v, ok := d.locks.Load(chat)
	if !ok {
		v, _ = d.locks.LoadOrStore(chat, &session{})
	}
	s := v.(*session)
	s.mu.Lock()
	s.data = data{State: "idle"}
	err := d.pool.QueryRow(ctx, "SELECT state FROM sessions WHERE chat_id = $1", chat).Scan(&s.data)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		s.mu.Unlock()
		return nil, err
	}
	return s, nil
}

// save writes the state and unlocks the chat.
func (d *database) save(ctx context.Context, chat int64, s *session) error {
	defer s.mu.Unlock()
	_, err := d.pool.Exec(ctx, `INSERT INTO sessions (chat_id, state) VALUES ($1, $2)
		ON CONFLICT (chat_id) DO UPDATE SET state = excluded.state`, chat, s.data)
	return err
}

// free offers the slots from the chat's own place in an endless schedule on, so that the load does not quarrel.
func (d *database) free(ctx context.Context, doctor int, chat int64) ([]int, error) {
	from := int(chat%1_000_000) * 12
	rows, err := d.pool.Query(ctx, `SELECT n FROM generate_series($2::int, $2::int + 47) n WHERE NOT EXISTS
		(SELECT 1 FROM holds h WHERE h.doctor = $1 AND h.slot = n AND (h.booked OR h.until > now())) LIMIT 6`, doctor, from)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int])
}

func (d *database) hold(ctx context.Context, doctor, slot int, chat int64) (bool, error) {
	t, err := d.pool.Exec(ctx, `INSERT INTO holds AS h (doctor, slot, chat_id, until) VALUES ($1, $2, $3, now() + interval '10 minutes')
		ON CONFLICT (doctor, slot) DO UPDATE SET chat_id = $3, until = excluded.until
		WHERE h.chat_id = $3 OR NOT h.booked AND h.until < now()`, doctor, slot, chat)
	return t.RowsAffected() == 1, err
}

func (d *database) book(ctx context.Context, chat int64, s *session) (id int, err error) {
	err = d.pool.QueryRow(ctx, `WITH h AS (UPDATE holds SET booked = true WHERE doctor = $2 AND slot = $3 AND chat_id = $1 RETURNING slot)
		INSERT INTO bookings (chat_id, doctor, slot, name, phone, complaint, urgency)
		SELECT $1, $2, slot, $4, $5, $6, $7 FROM h RETURNING id`,
		chat, s.Doctor, s.Slot, s.Name, s.Phone, s.Complaint, s.Urgency).Scan(&id)
	return id, err
}

func (d *database) mine(ctx context.Context, chat int64) (id, doctor, slot int, err error) {
	err = d.pool.QueryRow(ctx, "SELECT id, doctor, slot FROM bookings WHERE chat_id = $1 ORDER BY id DESC LIMIT 1", chat).Scan(&id, &doctor, &slot)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return id, doctor, slot, err
}
