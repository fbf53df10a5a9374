package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/runner"
	"careline/bot/web"
	"careline/bot/web/demo"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"
)

// Parts are what a Bot is put together from.
type Parts struct {
	Settings Settings
	Folder   *folder.Folder
	Store    store.Store
	Channels []channels.Channel
	Clock    clock.Clock
	IDs      func() string
	Log      *slog.Logger
	// TriageRules are on without a clinician's signature: in the demo.
	TriageRules bool
	// Demo is the clock that the demo's pages move; nil = no demo.
	Demo *clock.Moved
}

// Bot is a running careline.
type Bot struct {
	Parts
	Runner  *runner.Runner
	server  *http.Server
	demo    *demo.Demo             // nil = none
	pages   *page.Live             // the desk's open pages
	name    string                 // of this process among the others
	running atomic.Bool            // Run was called
	working atomic.Bool            // what comes in is taken and answered
	life    *lease                 // says that this process lives
	leases  map[channels.ID]*lease // on receiving, where only one process may
}

const (
	retryStore = 2 * time.Second
	stopWithin = 15 * time.Second
)

// New puts the parts together; Run starts them.
func New(p Parts) (*Bot, error) {
	seal, err := newSealer(p.Settings.Secret)
	if err != nil {
		return nil, err
	}
	b := &Bot{Parts: p, name: p.IDs(), leases: map[channels.ID]*lease{}}
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		depths{p.Store, p.Clock, p.Channels}, watch{b},
	)
	b.Runner = runner.New(runner.Parts{
		Store: p.Store, Scripts: p.Folder.Scripts, Clinic: p.Folder.Clinic, Channels: p.Channels, Clock: p.Clock, IDs: p.IDs,
		Sealer: seal, Metrics: runner.NewMetrics(registry), Log: p.Log, Name: b.name, Alive: b.alive, Public: p.address(), Redirect: p.Settings.Public,
		TriageRules: p.TriageRules || p.Folder.Scripts.Triage.Approved.By != "",
	})
	b.Store = b.Runner.Store // whatever changes a visit is to plan what follows from it
	b.life = b.newLease(store.ProcessLease + b.name)
	for _, c := range p.Channels {
		if single, ok := c.(channels.Single); ok && single.Single() {
			b.leases[c.ID()] = b.newLease("channel:" + string(c.ID()))
		}
	}
	home := chatPath(p.Channels)
	mux := web.Handler(web.Parts{
		Store: b.Store, Channels: p.Channels, Clinic: p.Folder.Clinic, Gatherer: registry, Clock: p.Clock, Words: p.Folder.Scripts.Catalogue().Word,
		Working: b.working.Load, Log: p.Log,
	})
	b.hear(mux, registry)
	b.pages = page.NewLive(b.Store, p.Log)
	mux.Handle("/desk/", b.office(seal))
	if p.Demo != nil {
		b.demo = demo.New(demo.Parts{
			Store: b.Store, Scripts: p.Folder.Scripts, Clinic: p.Folder.Clinic, Clock: p.Demo, Time: b.Runner, AtVisit: b.AtVisit,
			Chat: home, Log: p.Log,
		})
		mux.Handle("/demo/", b.demo)
		home = "/demo/"
	}
	mux.Handle("GET /{$}", http.RedirectHandler(home, http.StatusSeeOther))
	b.server = &http.Server{
		Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(p.Log.Handler(), slog.LevelWarn),
	}
	return b, nil
}

// chatPath is where the clinic's own chat is served.
func chatPath(all []channels.Channel) string {
	for _, c := range all {
		if pages, ok := c.(channels.Pages); ok && c.ID() == "web" {
			return pages.Path()
		}
	}
	return "/readyz"
}

// address under which patients reach our pages, as far as the settings tell: a talk in the terminal has none,
// its links name the clinic's site.
func (p Parts) address() string {
	switch {
	case p.Settings.Public != "":
		return p.Settings.Public
	case p.Settings.Listen != "":
		return "http://" + p.Settings.Listen
	}
	return strings.TrimRight(p.Folder.Clinic.Site, "/")
}

// Run serves until ctx ends: first the address, so that a wrong one is told at once; then the database, as
// long as it takes; then everybody. It stops in the opposite order and waits for what is under way.
func (b *Bot) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", b.Settings.Listen)
	if err != nil {
		return fmt.Errorf("serving on %s: %w; free the address or set CARELINE_LISTEN", b.Settings.Listen, err)
	}
	b.running.Store(true)
	g, stopped := errgroup.WithContext(ctx)
	g.Go(func() error { return b.serve(listener) })
	g.Go(func() error { return b.pages.Run(stopped) })
	g.Go(func() error {
		<-stopped.Done()
		return b.shutdown(ctx)
	})
	g.Go(func() error {
		if err := b.migrate(stopped); err != nil {
			return err
		}
		b.align(stopped)
		b.Log.Info("ready", "address", listener.Addr().String())
		return b.live(stopped, func() error { return b.work(stopped) })
	})
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (b *Bot) serve(l net.Listener) error {
	if err := b.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	return nil
}

func (b *Bot) shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := b.server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("stopping the server: %w", err), b.server.Close())
	}
	return nil
}

// migrate waits for the database: a clinic's server may start before it.
func (b *Bot) migrate(ctx context.Context) error {
	for {
		err := b.Store.Migrate(ctx)
		if err == nil || errors.Is(err, store.ErrNewer) {
			return err
		}
		b.Log.Error("the database is not ready, trying again", "error", err)
		if !pause(ctx, retryStore) {
			return ctx.Err()
		}
	}
}
