# Everything a developer runs. `make demo` shows the product; `make test` says whether it is whole.

export CGO_ENABLED = 0

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
GOLANGCI := bin/golangci-lint

.PHONY: build assets demo test lint format race bench soak clean

## assets: the scripts of the site and the fonts of PDF, embedded into the program; without them (no npm, no network) it is built as it is
assets:
	@bash scripts/assets.sh || echo "built without all scripts and fonts: pages need none, PDF does" >&2

## build: bin/truceline, one static file
build: assets
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/truceline ./cmd/truceline

## demo: build, then serve the founding case on 127.0.0.1:8080
demo: build
	bin/truceline demo

## test: lint, vet, all tests; the last line counts them
test:
	@bash scripts/test.sh

## lint: golangci-lint (with staticcheck, vet and gofumpt) as pinned in tools/lint
lint: $(GOLANGCI)
	$(GOLANGCI) run ./...

## format: write what gofumpt wants
format: $(GOLANGCI)
	$(GOLANGCI) fmt ./...

$(GOLANGCI): tools/lint/go.mod tools/lint/go.sum
	go -C tools/lint build -o ../../$(GOLANGCI) github.com/golangci/golangci-lint/v2/cmd/golangci-lint

## race: the machinery under the race detector (needs a C compiler). What only starts processes to kill them, asks for one
## page after another in a browser, or does its work in one goroutine (reports, scenarios, drafts, drawing) shows no race: it
## runs once, with the other tests.
RACE_SKIP := ^TestKilledAtAnyMoment$$|InABrowser$$|^TestScripts$$/^(scenarios|report|verify-report|publish-report|site|judge|answers)$$|^TestASiteLaidOut
race:
	CGO_ENABLED=1 go test -race -count=1 -timeout 9m -skip '$(RACE_SKIP)' $$(go list ./internal/... | grep -vE '/(faulttest|importtest|draft|render|people|presspage|article|proposals|draw)$$')

## bench: all benchmarks with allocations, then the judge beside other engines of rules and the record beside another log, a table each
bench:
	go test -run '^$$' -bench . -benchmem ./...
	go -C bench run .
	go -C bench run ./log

## soak: fuzz targets and property tests for MINUTES (10) in all
MINUTES ?= 10
soak:
	@bash scripts/soak.sh $(MINUTES)

clean:
	rm -rf bin assets/node_modules internal/web/assets/*.js internal/render/fonts/*.gz
