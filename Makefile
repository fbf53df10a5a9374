# make test is what everybody runs, the continuous integration too. The rest is for work in between.
GO ?= go

.PHONY: test deps lint unit bench fuzz chaos build docs pages

# SQLite is C that was made into Go: watching each of its loads and stores for races would take four fifths of the time.
# whatsmeow's socket races with itself while it closes. Hashing a password is slow on purpose, and slower so.
RACE = -race '-gcflags=modernc.org/...=-race=false' '-gcflags=go.mau.fi/whatsmeow/...=-race=false' '-gcflags=golang.org/x/crypto/...=-race=false'

test: deps lint
	$(GO) test $(RACE) -p 3 -parallel 4 -timeout 20m ./cmd/... ./...
	$(GO) test -timeout 20m ./bot/runner
	$(GO) test -timeout 20m ./bot/rehearsal ./bot/phonetest ./cmd/careline -run 'Shipped|PhoneOfEach|PhoneIsLinked|LinkingIsStopped|AnotherPhone|CodeIsDrawn'

deps:
	@.ci/deps

lint:
	@test -z "$$(gofmt -l .)" || { echo "gofmt -w these files:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# Quick: no race detector.
unit:
	$(GO) test ./...

# Figures of docs/performance.md. The walks of patients come last and alone: careline beside a bot written by hand.
bench:
	$(GO) test -run '^$$' -bench . -skip 'Walk|BenchmarkDesk' -benchmem ./...
	$(GO) test -run '^$$' -bench Desk -benchtime 3x -timeout 30m ./bot/web
	$(GO) test -run '^$$' -bench Walk -benchtime 1x -timeout 30m ./cmd/careline

# Every fuzz target for a little while: make fuzz FUZZTIME=1m
FUZZTIME ?= 20s
fuzz:
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
	  done; \
	done

# Real servers killed forty times while fifty patients book in the web chat, and twenty times while three hundred
# reminders go; two hundred patients in Telegram, VK and WhatsApp while servers are killed a hundred times and one
# call in a hundred fails, ten ways; two hundred storms of crashes and repetitions, and as many of timelines; a
# thousand spoilt scripts. About an hour and a half.
chaos:
	CARELINE_CHAOS=1 $(GO) test -count=1 -timeout 20m -v -run 'LoseNobody|ComesAndGoes|RemindOnce' ./cmd/careline
	CARELINE_CHAOS=1 $(GO) test -count=1 -timeout 120m -v -run 'ChaosOn' ./cmd/careline
	$(GO) test -count=1 -timeout 30m -run 'Faults|Storms' ./bot/bottest -rapid.checks=200
	CARELINE_CHAOS=1 $(GO) test -count=1 -timeout 30m -run Spoilt ./dialogs/check

build:
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/careline ./cmd/careline

# Manuals and schema that are made from the code.
docs:
	$(GO) test ./cmd/careline -run MadeFromTheCode -update
	$(GO) test ./bot/actions ./dialogs/schema -update

# Go of the desk's pages, from their .templ files.
pages:
	$(GO) tool templ fmt bot/web
	$(GO) tool templ generate
