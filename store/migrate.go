package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate implements Store. All steps that are missing are made in one transaction, by one process.
func (db *Database) Migrate(ctx context.Context) error {
	return db.migrate(ctx, -1)
}

// migrate goes up to the numbered step; -1 = the last.
func (db *Database) migrate(ctx context.Context, last int) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("listing migrations: %w", err)
	}
	if last < 0 {
		last = len(files)
	}
	return db.Tx(ctx, func(x Tx) error {
		t := x.(*tx)
		done, err := t.schemaVersion(ctx)
		if err != nil {
			return err
		}
		if done > len(files) {
			return fmt.Errorf("%w: its schema is %d, this one knows %d", ErrNewer, done, len(files))
		}
		for n := done; n < last; n++ {
			if err := t.step(ctx, files[n], n+1); err != nil {
				return err
			}
		}
		return nil
	})
}

// schemaVersion waits for its turn and tells how many steps were made.
func (t *tx) schemaVersion(ctx context.Context) (int, error) {
	if t.dialect.LockSchema != "" {
		if _, err := t.exec(ctx, "locking the schema", t.dialect.LockSchema); err != nil {
			return 0, err
		}
	}
	const table = `CREATE TABLE IF NOT EXISTS migrations (step INTEGER PRIMARY KEY, name TEXT NOT NULL)`
	if _, err := t.exec(ctx, "making the table of migrations", table); err != nil {
		return 0, err
	}
	n, err := t.number(ctx, "reading the schema's version", `SELECT COALESCE(MAX(step), 0) FROM migrations`)
	return int(n), err
}

// wordsStep made the table of words by which patients are found; what stands there SQL cannot spell.
const wordsStep = 10

func (t *tx) step(ctx context.Context, file string, n int) error {
	source, err := migrations.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	page, err := template.New(file).Funcs(t.dialect.Schema).Parse(string(source))
	if err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	var text strings.Builder
	if err := page.Execute(&text, nil); err != nil {
		return fmt.Errorf("filling %s: %w", file, err)
	}
	if _, err := t.exec(ctx, "applying "+file, text.String()); err != nil {
		return err
	}
	if n == wordsStep {
		if err := t.findAll(ctx); err != nil {
			return err
		}
	}
	_, err = t.exec(ctx, "noting "+file, `INSERT INTO migrations (step, name) VALUES ($1, $2)`, n, file)
	return err
}
